"""Logging hours: a week's cells, saved as a draft. A draft counts for nothing and may be changed at will."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts, lock_people
from apprentices.actions.undone import drop_claims
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.permissions import loggable_by
from apprentices.queries.hours import status_histories, today_at, week_of, worked_by_day
from apprentices.queries.standards import standards_by_day
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import EDITABLE, status_on
from employers.models import WorkProcess
from imt.audit.actions import record

DAY = Decimal(24)


class NotYours(PermissionError):
    """The actor may not log hours of this apprenticeship."""


class WeekRefused(ValueError):
    """The week as a whole cannot be saved now; the message says why."""


class CellsRefused(ValueError):
    """Some cells cannot be saved; nothing was. `errors` is {(work process id, day): text}."""

    def __init__(self, errors):
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. Zero hours: the cell is empty."""

    work_process_id: int
    worked_on: date
    hours: Decimal
    note: str = ""
    department: str = ""


@transaction.atomic
def save_week(*, apprenticeship, day, cells, by, edit_number=None, source=HourEntry.Source.LOGGED):
    """Make the live claims without a reference of the week that holds `day` equal to `cells`. Returns the Timesheet.

    An approved week goes on as its next version: what was decided stays; emptied again, it is approved as before.
    `edit_number` is the one the editor began with (None: no matter); where somebody else saved meanwhile the week is
    refused. Raises NotYours, WeekRefused, CellsRefused; then nothing was written."""
    today = today_at(apprenticeship.employer)
    if not loggable_by(by, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=today).exists():
        raise NotYours(apprenticeship.ref)
    lock_people([apprenticeship.apprentice_id])
    moment = lock_facts([apprenticeship.pk])
    week = _week(apprenticeship, day)
    _refuse_unless_editable(week, edit_number)
    wanted = {(cell.work_process_id, cell.worked_on): cell for cell in cells if cell.hours}
    if week.state == Timesheet.State.APPROVED:
        if not wanted:
            return week
        week.version += 1
        week.state = Timesheet.State.DRAFT
    live = {
        (entry.work_process_id, entry.worked_on): entry
        for entry in week.entries.filter(version=week.version, entry_ref="")
    }
    changed = {key: cell for key, cell in wanted.items() if key not in live or live[key].hours != cell.hours}
    errors = _errors(apprenticeship, week, wanted, changed, today)
    if errors:
        raise CellsRefused(errors)
    difference = _difference(live, wanted)
    _write(apprenticeship, week, live, wanted, source=source, by=by, moment=moment)
    record("hours.saved", by=by, subjects=[week], details=difference)
    return week


def _week(apprenticeship, day):
    start = week_of(apprenticeship.employer, day)
    week, _created = Timesheet.objects.get_or_create(apprenticeship=apprenticeship, week_starts_on=start)
    return week


def _refuse_unless_editable(week, edit_number):
    if week.state not in EDITABLE:
        raise WeekRefused(_("The week waits for a decision. Recall it first, then change it."))
    if edit_number is not None and edit_number != week.edit_number:
        raise WeekRefused(_("Somebody else changed this week meanwhile. Look at it again before you save."))


def _errors(apprenticeship, week, wanted, changed, today):
    """{(work process, day): text} of the cells that are new or have new hours."""
    processes = _processes_by_day(apprenticeship, {day for _process, day in changed})
    history = status_histories([apprenticeship.pk])[apprenticeship.pk]
    standing = _standing(apprenticeship, week, {day for _process, day in changed})
    taken = _taken(apprenticeship, week)
    for (_process, day), cell in wanted.items():
        taken[day] += cell.hours
    errors = {}
    for key, cell in changed.items():
        process, day = key
        if not week.week_starts_on <= day < week.week_starts_on + timedelta(days=7):
            errors[key] = _("%(day)s is not a day of this week.") % {"day": day}
        elif process not in processes[day]:
            errors[key] = _("This work process does not belong to the standards in force on that day.")
        elif not ZERO < cell.hours <= DAY:
            errors[key] = _("Hours of a day are above 0 and at most 24.")
        elif standing.get(key) == week.pk:
            errors[key] = _("These hours are approved already. A correction is an amendment.")
        elif key in standing:
            errors[key] = _(
                "Hours of this day and process stand in another week already: weeks started otherwise then."
            )
        elif day > today:
            errors[key] = _("%(day)s is still to come.") % {"day": day}
        elif day < apprenticeship.registered_on:
            errors[key] = _("The apprenticeship began on %(day)s.") % {"day": apprenticeship.registered_on}
        elif status_on(day, history) != "ACTIVE":
            errors[key] = _("The apprenticeship was not active on %(day)s.") % {"day": day}
        elif taken[day] > DAY:
            errors[key] = _("With this the day would have %(hours)s hours.") % {"hours": taken[day]}
    return errors


def _standing(apprenticeship, week, days):
    """{(work process id, day): timesheet id} of claims without a reference that this save leaves alone: approved ones,
    and those of another week, where the employer's weeks have started on another day meanwhile."""
    entries = HourEntry.objects.filter(apprenticeship=apprenticeship, worked_on__in=days, entry_ref="")
    others = entries.exclude(timesheet=week, version=week.version)
    rows = others.values_list("work_process", "worked_on", "timesheet")
    return {(process, day): timesheet for process, day, timesheet in rows}


def _processes_by_day(apprenticeship, days):
    versions = standards_by_day(apprenticeship, days)
    processes = defaultdict(set)
    for process, standards in WorkProcess.objects.filter(standards__in=set(versions.values())).values_list(
        "pk", "standards"
    ):
        processes[standards].add(process)
    return {day: processes[standards] for day, standards in versions.items()}


def _taken(apprenticeship, week):
    """The week's days as they are taken already, but for the live cells that this save replaces."""
    replaced = week.entries.filter(version=week.version, entry_ref="") if week.pk else HourEntry.objects.none()
    by_day = worked_by_day(
        [apprenticeship.apprentice_id],
        since=week.week_starts_on,
        until=week.week_starts_on + timedelta(days=6),
        but=replaced,
    )
    return defaultdict(lambda: ZERO, {day: hours for (_person, day), hours in by_day.items()})


def _write(apprenticeship, week, live, wanted, *, source, by, moment):
    new = [
        HourEntry(
            timesheet=week,
            apprenticeship=apprenticeship,
            employer_id=apprenticeship.employer_id,
            work_process_id=cell.work_process_id,
            worked_on=cell.worked_on,
            hours=cell.hours,
            note=cell.note,
            department=cell.department,
            source=source,
            version=week.version,
            logged_at=moment,
            logged_by=by,
        )
        for key, cell in wanted.items()
        if key not in live
    ]
    changed = []
    for key, entry in live.items():
        cell = wanted.get(key)
        if cell and (entry.hours, entry.note, entry.department) != (cell.hours, cell.note, cell.department):
            entry.hours, entry.note, entry.department = cell.hours, cell.note, cell.department
            entry.logged_at, entry.logged_by = moment, by
            changed.append(entry)
    drop_claims(HourEntry.objects.filter(pk__in=[entry.pk for key, entry in live.items() if key not in wanted]))
    HourEntry.objects.bulk_update(changed, ["hours", "note", "department", "logged_at", "logged_by"])
    HourEntry.objects.bulk_create(new)
    _close_again_if_emptied(week)
    week.edit_number = F("edit_number") + 1
    week.save(update_fields=["version", "state", "edit_number"])
    week.refresh_from_db(fields=["edit_number"])


def _close_again_if_emptied(week):
    """Nothing is left of an approved week's next version: the week is what it was, and nobody need look at it."""
    if week.state != Timesheet.State.DRAFT or week.submitted_at is None:
        return
    last = week.decisions.last()
    if last.verdict == TimesheetDecision.Verdict.APPROVED and not week.entries.filter(version=week.version).exists():
        week.state, week.version = Timesheet.State.APPROVED, last.version


def _difference(live, wanted):
    """What the save changed, for the history: "process@day": [before, after]."""
    keys = sorted(live.keys() | wanted.keys())
    pairs = {
        f"{process}@{day}": [_hours(live.get((process, day))), _hours(wanted.get((process, day)))]
        for process, day in keys
    }
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _hours(cell):
    return None if cell is None else f"{cell.hours:.2f}"
