"""Weeks of hours in one line, for tests: saved, submitted, approved through the actions."""

from datetime import date
from decimal import Decimal

from apprentices.actions import hours
from apprentices.actions.weeks import Cell, save_week
from apprentices.models import HourEntry, LedgerLine, Timesheet
from employers.models import WorkProcess

MONDAY = date(2026, 3, 2)  # of a week in the cast's time: everybody is registered, nothing is to come
DECIDED_ON = date(2026, 3, 9)


def cell(process, day, worked, note="", department=""):
    """A cell of the grid by the code of its process; the hours as text."""
    return process, day, Decimal(worked), note, department


def saved(apprenticeship, cells, *, by, source="", **options):
    """The week of the first cell, saved as a draft."""
    processes = dict(WorkProcess.objects.filter(standards=apprenticeship.standards).values_list("code", "pk"))
    options = {"day": cells[0][1] if cells else MONDAY} | options
    return save_week(
        apprenticeship=apprenticeship,
        cells=[Cell(processes[code], *rest, source) for code, *rest in cells],
        by=by,
        **options,
    )


def submitted(apprenticeship, cells, *, by, **options):
    """The week of the first cell, waiting for a decision."""
    week = saved(apprenticeship, cells, by=by, **options)
    return done(hours.submit(timesheets=[week.pk], by=by, on=DECIDED_ON))


def approved(apprenticeship, cells, *, by, **options):
    """The week of the first cell, approved by the same person."""
    week = submitted(apprenticeship, cells, by=by, **options)
    return done(hours.approve(timesheets=[week.pk], by=by, on=DECIDED_ON))


def returned(apprenticeship, cells, *, by, reason="Tuesday is missing", **options):
    """The week of the first cell, sent back by the same person."""
    week = submitted(apprenticeship, cells, by=by, **options)
    return done(hours.return_(timesheets=[week.pk], reason=reason, by=by, on=DECIDED_ON))


def done(outcomes):
    """The week of the one outcome, which must not be a refusal."""
    (outcome,) = outcomes
    assert outcome.is_done, outcome.reason
    return outcome.timesheet


def claimed(week):
    """[(process, day, hours, version)] of all entries of a week."""
    rows = HourEntry.objects.filter(timesheet=week).order_by("worked_on", "work_process__code", "pk")
    return [
        (code, day, str(worked), version)
        for code, day, worked, version in rows.values_list("work_process__code", "worked_on", "hours", "version")
    ]


def ledger(apprenticeship):
    """[(position, process, hours, source)] in the order of positions."""
    rows = LedgerLine.objects.filter(apprenticeship=apprenticeship).order_by("position")
    return [
        (position, code, str(worked), source)
        for position, code, worked, source in rows.values_list("position", "work_process__code", "hours", "source")
    ]


def state_of(week):
    """(state, version) as the database has them."""
    return Timesheet.objects.values_list("state", "version").get(pk=week.pk)
