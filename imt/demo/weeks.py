"""The plants' calendars, and weeks that are no plain ones: without work, laid from a total, with a photo of paper."""

from datetime import timedelta
from pathlib import Path

from apprentices.actions import hours
from apprentices.actions.evidence import add_evidence
from apprentices.actions.weeks import Cell, save_week
from apprentices.actions.zero_weeks import attest_zero
from apprentices.models import HourEntry
from apprentices.queries.hours import week_of
from apprentices.rules.spreading import DayRoom, split_by_shares, week_laid
from employers.actions.calendars import close_days, lay_shifts
from employers.models import Standards, WorkProcess
from employers.rules.holidays import federal_holidays
from imt.audit.actions import save_row
from imt.demo.people import CATALYST
from imt.fields import from_hundredths

WEEK = timedelta(days=7)
SHIFT = 8_00
PAPER_LOG = Path(__file__).parent / "data" / "paper_log.png"


def allow_week_totals(*, by):
    """The standards of one sponsor allow hours as one total per week: said before anybody is registered under them."""
    for standards in Standards.objects.filter(sponsor__name=CATALYST):
        standards.allows_week_totals = True
        save_row(standards, by=by)


def tell(*, refs, by, users, today):
    """All of it. `refs` {ref: Apprenticeship}, `users` {e-mail: User}."""
    sam, maria = users["sam@example.org"], users["maria@example.org"]
    _calendar(refs, by, today)
    _layoff(refs["ACME-06"], sam, maria, today)
    add_evidence(
        apprenticeship=refs["ACME-01"],
        day=today - WEEK,
        file_name="paper log.png",
        content=PAPER_LOG.read_bytes(),
        by=sam,
        on=today,
    )
    _week_total(refs["ALM-01"], users["al@example.org"], today)
    _split(refs["BRADY-01"], users["bess@example.org"], today)


def _calendar(refs, by, today):
    """Acme will close on federal holidays until the end of next year; Ocean Spray goes over to four long days."""
    holidays = [*federal_holidays(today.year), *federal_holidays(today.year + 1)]
    to_come = {day: title for day, title in holidays if day > today}
    close_days(employer=refs["ACME-01"].employer, days=to_come, by=by)
    four_tens = [from_hundredths(hundredths) for hundredths in (10_00, 10_00, 10_00, 10_00, 0, 0, 0)]
    lay_shifts(employer=refs["OS-01"].employer, from_on=today + 4 * WEEK, hours=four_tens, by=by)


def _layoff(fatima, sam, maria, today):
    """The week before her leave the line stood still."""
    (outcome,) = attest_zero(
        weeks=[(fatima, today - 6 * WEEK)], reason="LAYOFF", note="Line 2 stood still", by=sam, on=today
    )
    hours.submit(timesheets=[outcome.timesheet.pk], by=sam, on=today)
    hours.approve(timesheets=[outcome.timesheet.pk], by=maria, on=today)


def _week_total(omar, al, today):
    """This week so far as one total per process, laid over the days of the shift, and approved."""
    days = _workdays(omar, today)
    codes = ("C", "E")
    totals = [len(days) * 5_00, len(days) * 2_50]
    rows = week_laid(totals, [DayRoom(SHIFT) for _day in days])
    week = _saved(omar, al, today, days, dict(zip(codes, rows, strict=True)), HourEntry.Source.WEEK_TOTAL)
    hours.submit(timesheets=[week.pk], by=al, on=today)
    hours.approve(timesheets=[week.pk], by=al, on=today)


def _split(nia, bess, today):
    """Whole days split by shares; the week waits."""
    days = _workdays(nia, today)
    rows = split_by_shares([SHIFT for _day in days], [2, 1])
    week = _saved(nia, bess, today, days, dict(zip(("C", "D"), rows, strict=True)), HourEntry.Source.SPLIT)
    hours.submit(timesheets=[week.pk], by=bess, on=today)


def _workdays(one, today):
    """The days of this week from Monday to Friday, up to today; the first of it where today is before them."""
    starts_on = week_of(one.employer, today)
    days = [starts_on + timedelta(days=number) for number in range((today - starts_on).days + 1)]
    return [day for day in days if day.weekday() < 5] or days[:1]


def _saved(one, by, today, days, parts_by_code, source):
    processes = dict(
        WorkProcess.objects.filter(standards=one.standards, code__in=parts_by_code).values_list("code", "pk")
    )
    cells = [
        Cell(processes[code], day, from_hundredths(part), source=source)
        for code, parts in parts_by_code.items()
        for day, part in zip(days, parts, strict=True)
        if part
    ]
    return save_week(apprenticeship=one, day=today, cells=cells, by=by)
