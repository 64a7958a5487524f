"""Logging hours: the cells of weeks, saved as drafts. A draft counts for nothing and may be changed at will."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts, lock_people
from apprentices.actions.undone import drop_claims
from apprentices.actions.week_checks import known_around, refused_cells
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision, TypedWeek
from apprentices.permissions import loggable_by
from apprentices.queries.hours import week_settings
from apprentices.rules.timesheets import EDITABLE, first_weekday_on, week_start
from employers.queries.calendars import settings_on, today_at
from imt.audit.actions import record_keys
from imt.fields import to_hundredths
from imt.tables import insert_rows

LATE_REASON, EDIT_NUMBER = "late_reason", "edit_number"


class NotYours(PermissionError):
    """The actor may not log hours of this apprenticeship."""


class WeekRefused(ValueError):
    """The week as a whole cannot be saved now; the message says why, `at` the field where it can be mended."""

    def __init__(self, reason, at=""):
        super().__init__(reason)
        self.at = at


class CellsRefused(ValueError):
    """Some cells cannot be saved; nothing was. `errors` is {(work process id, day): text}."""

    def __init__(self, errors):
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. Zero hours: the cell is empty. Without a `source` a claim that stands keeps its own, and a
    new one is LOGGED."""

    work_process_id: int
    worked_on: date
    hours: Decimal
    note: str = ""
    department: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WeekToSave:
    """The week of an apprenticeship that holds `day`, as it shall be. `edit_number` is the one the editor began with
    (None: no matter); `late_reason` why it comes so late (None: what stands stays)."""

    apprenticeship: Apprenticeship
    day: date
    cells: list[Cell]
    edit_number: int | None = None
    late_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one week. Refused: `reason` says why, `at` the field where it can be mended (LATE_REASON,
    EDIT_NUMBER or ""), `errors` {(work process id, day): text} which cells."""

    apprenticeship: Apprenticeship
    timesheet: Timesheet | None = None
    reason: str = ""
    at: str = ""
    errors: dict = field(default_factory=dict)
    is_permitted: bool = True

    @property
    def is_done(self):
        return not (self.reason or self.errors)


@dataclass(slots=True)
class _Due:
    """A week that will be written: what is live in it now, and what shall be."""

    asked: WeekToSave
    week: Timesheet
    live: dict
    wanted: dict


def save_week(*, apprenticeship, day, cells, by, edit_number=None, late_reason=None):
    """As `save_weeks`, for one. Returns the Timesheet; raises NotYours, WeekRefused, CellsRefused, then nothing was
    written."""
    asked = WeekToSave(apprenticeship, day, cells, edit_number, late_reason)
    (outcome,) = save_weeks(weeks=[asked], by=by)
    if not outcome.is_permitted:
        raise NotYours(apprenticeship.ref)
    if outcome.errors:
        raise CellsRefused(outcome.errors)
    if outcome.reason:
        raise WeekRefused(outcome.reason, outcome.at)
    return outcome.timesheet


@transaction.atomic
def save_weeks(*, weeks, by):
    """Make the live claims without a reference of each WeekToSave equal to its cells. One Saved per week, in order; a
    refused week stands beside the saved ones and never blocks them. What `by` had typed into a saved week is forgotten.

    An approved week goes on as its next version: what was decided stays; emptied again, it is approved as before."""
    if not weeks:
        return []
    todays = _todays(weeks)
    permitted, settings = _permitted(weeks, todays, by)
    lock_people(asked.apprenticeship.apprentice_id for asked in weeks)
    moment = lock_facts(asked.apprenticeship.pk for asked in weeks)
    starts = _starts(weeks)
    known = known_around(list(zip((asked.apprenticeship for asked in weeks), starts, strict=True)))
    outcomes, due = [], []
    for asked, starts_on in zip(weeks, starts, strict=True):
        one = asked.apprenticeship
        if one.pk not in permitted:
            outcomes.append(Saved(one, reason=_("These hours are not yours to log."), is_permitted=False))
            continue
        outcome, prepared = _looked_at(known, asked, starts_on, todays[one.pk], settings[one.employer_id])
        outcomes.append(outcome)
        if prepared:
            due.append(prepared)
    if due:
        _write(due, by=by, moment=moment)
    return outcomes


def _todays(weeks):
    """{apprenticeship id: today at its employer}."""
    now = timezone.now()
    return {asked.apprenticeship.pk: today_at(asked.apprenticeship.employer, now) for asked in weeks}


def _permitted(weeks, todays, by):
    """(ids of the apprenticeships that `by` may log, {employer id: EmployerSettings}): asked once per day that is today
    somewhere, which are two at most."""
    by_day = defaultdict(list)
    for asked in weeks:
        by_day[todays[asked.apprenticeship.pk]].append(asked.apprenticeship)
    permitted, settings = set(), {}
    for today, some in by_day.items():
        asked = Apprenticeship.objects.filter(pk__among={one.pk for one in some})
        permitted |= set(loggable_by(by, asked, on=today).values_list("pk", flat=True))
        settings |= settings_on({one.employer_id for one in some}, on=today)
    return permitted, settings


def _starts(weeks):
    """The first day of each week."""
    settings = week_settings({asked.apprenticeship.employer_id for asked in weeks})
    return [
        week_start(asked.day, first_weekday_on(asked.day, settings[asked.apprenticeship.employer_id]))
        for asked in weeks
    ]


def _looked_at(known, asked, starts_on, today, settings):
    """(Saved, _Due or None): whether the week can be saved as asked."""
    one = asked.apprenticeship
    week = known.week_of(one, starts_on)
    if week.state not in EDITABLE:
        return Saved(one, week, _("The week waits for a decision. Recall it first, then change it.")), None
    if asked.edit_number is not None and asked.edit_number != week.edit_number:
        reason = _("Somebody else changed this week meanwhile. Look at it again before you save.")
        return Saved(one, week, reason, EDIT_NUMBER), None
    wanted = {(cell.work_process_id, cell.worked_on): cell for cell in asked.cells if cell.hours}
    if week.state == Timesheet.State.APPROVED:
        if not wanted:
            return Saved(one, week), None
        week.version, week.state, week.late_reason = week.version + 1, Timesheet.State.DRAFT, ""
    live, standing = {}, {}
    for entry in known.entries[one.pk]:
        key = entry.work_process_id, entry.worked_on
        if week.pk and entry.timesheet_id == week.pk and entry.version == week.version:
            live[key] = entry
        else:
            standing[key] = entry.timesheet_id
    changed = {key: cell for key, cell in wanted.items() if key not in live or live[key].hours != cell.hours}
    known.take(one, live.values(), wanted.values())
    errors = refused_cells(known, one, week, changed, standing, today)
    if asked.late_reason is not None:
        week.late_reason = asked.late_reason.strip()
    late = _late_reason_needed(week, changed, today, settings) if not errors else ""
    if errors or late:
        known.give_back(one, live.values(), wanted.values())
        return Saved(one, week, late, LATE_REASON if late else "", errors), None
    return Saved(one, week), _Due(asked, week, live, wanted)


def _late_reason_needed(week, changed, today, settings):
    days = settings.late_after_days
    if days is None or week.late_reason or not any((today - day).days > days for _process, day in changed):
        return ""
    return _("Hours of more than %(days)s days ago are new or changed here. Say why they come so late.") % {
        "days": days
    }


def _write(due, *, by, moment):
    Timesheet.objects.bulk_create([one.week for one in due if one.week.pk is None])
    gone = [entry.pk for one in due for key, entry in one.live.items() if key not in one.wanted]
    if gone:
        drop_claims(HourEntry.objects.filter(pk__in=gone))
    differences = {one.week.pk: _difference(one) for one in due}
    changed = [entry for one in due for entry in _changed(one, by, moment)]
    HourEntry.objects.bulk_update(changed, ["hours", "note", "department", "source", "logged_at", "logged_by"])
    _insert(due, by, moment)
    _close_again_where_emptied(due)
    for one in due:
        one.week.edit_number += 1
        if one.wanted:
            one.week.zero_reason = one.week.zero_note = ""
    kept = ["version", "state", "edit_number", "late_reason", "zero_reason", "zero_note"]
    Timesheet.objects.bulk_update([one.week for one in due], kept)
    TypedWeek.objects.filter(
        user=by,
        apprenticeship__among={one.week.apprenticeship_id for one in due},
        week_starts_on__in={one.week.week_starts_on for one in due},
    ).delete()
    record_keys("hours.saved", by=by, model=Timesheet, details=differences)


def _changed(due, by, moment):
    """The live entries that say something else now."""
    for key, entry in due.live.items():
        cell = due.wanted.get(key)
        if cell is None:
            continue
        said = (cell.hours, cell.note, cell.department, cell.source or entry.source)
        if (entry.hours, entry.note, entry.department, entry.source) != said:
            entry.hours, entry.note, entry.department, entry.source = said
            entry.logged_at, entry.logged_by = moment, by
            yield entry


def _insert(due, by, moment):
    insert_rows(
        HourEntry._meta.db_table,
        (
            *("timesheet_id", "apprenticeship_id", "employer_id", "work_process_id", "worked_on", "hours", "note"),
            *("department", "entry_ref", "source", "version", "logged_at", "logged_by_id"),
        ),
        [
            (
                *(one.week.pk, one.week.apprenticeship_id, one.asked.apprenticeship.employer_id),
                *(cell.work_process_id, cell.worked_on, to_hundredths(cell.hours), cell.note, cell.department, ""),
                *(str(cell.source or HourEntry.Source.LOGGED), one.week.version, moment, by.pk),
            )
            for one in due
            for key, cell in one.wanted.items()
            if key not in one.live
        ],
    )


def _close_again_where_emptied(due):
    """Nothing is left of an approved week's next version: the week is what it was, and nobody need look at it."""
    emptied = {
        one.week.pk: one.week
        for one in due
        if not one.wanted and one.week.state == Timesheet.State.DRAFT and one.week.submitted_at is not None
    }
    if not emptied:
        return
    last = {
        decision.timesheet_id: decision
        for decision in TimesheetDecision.objects.filter(timesheet__in=emptied).order_by("version")
    }
    filled = set(HourEntry.objects.filter(timesheet__in=emptied).values_list("timesheet", "version").distinct())
    for key, week in emptied.items():
        is_approved = key in last and last[key].verdict == TimesheetDecision.Verdict.APPROVED
        if is_approved and (key, week.version) not in filled:
            week.state, week.version = Timesheet.State.APPROVED, last[key].version


def _difference(due):
    """What the save changes, for the history: "process@day": [before, after]."""
    keys = sorted(due.live.keys() | due.wanted.keys())
    pairs = {f"{key[0]}@{key[1]}": [_hours(due.live.get(key)), _hours(due.wanted.get(key))] for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _hours(cell):
    return None if cell is None else f"{cell.hours:.2f}"
