"""The weeks that wait for somebody's decision, with everything one needs to decide."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F

from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.permissions import decidable_by
from apprentices.queries.weeks import hours_by_day
from apprentices.rules.journey_cards import ZERO
from employers.models import WorkProcess

LONG_DAY = Decimal(12)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A work process and its seven cells (lists of entries)."""

    process: WorkProcess
    cells: list[list[HourEntry]]

    @property
    def total(self):
        return sum((entry.hours for cell in self.cells for entry in cell), ZERO)

    @property
    def notes(self):
        return list(dict.fromkeys(entry.note for cell in self.cells for entry in cell if entry.note))


@dataclass(frozen=True, slots=True)
class WeekForDecision:
    """`already`: hours of the same week that count or wait elsewhere; `returned`: the decision before this version."""

    timesheet: Timesheet
    days: tuple[date, ...]
    rows: list[DecisionRow]
    totals: list[Decimal]
    already: Decimal
    returned: TimesheetDecision | None
    loggers: tuple[str, ...]

    @property
    def total(self):
        return sum(self.totals, ZERO)

    @property
    def long_days(self):
        """Days of more than twelve hours: worth a second look."""
        return [day for day, hours in zip(self.days, self.totals, strict=True) if hours > LONG_DAY]


def awaiting_decision(user, *, on):
    """The submitted Timesheets that the user may decide on, oldest week first, then by name."""
    mine = decidable_by(user, Apprenticeship.objects.all(), on=on)
    return (
        Timesheet.objects.awaiting_decision()
        .filter(apprenticeship__in=mine)
        .select_related("apprenticeship__apprentice", "apprenticeship__employer", "submitted_by")
        .order_by("week_starts_on", "apprenticeship__apprentice__last_name", "apprenticeship__ref")
    )


def weeks_up_for_decision(timesheets):
    """WeeksForDecision of a list of Timesheets, in its order, in a constant number of queries."""
    keys = [timesheet.pk for timesheet in timesheets]
    entries = defaultdict(list)
    claimed = HourEntry.objects.filter(timesheet__in=keys, version=F("timesheet__version"))
    for entry in claimed.select_related("work_process", "logged_by").order_by(
        "work_process__position", "worked_on", "pk"
    ):
        entries[entry.timesheet_id].append(entry)
    returned = {}
    decisions = TimesheetDecision.objects.filter(timesheet__in=keys, verdict=TimesheetDecision.Verdict.RETURNED)
    for decision in decisions.select_related("decided_by").order_by("version"):
        returned[decision.timesheet_id] = decision
    taken = _taken(timesheets)
    return [_week(one, entries[one.pk], returned.get(one.pk), taken[one.apprenticeship_id]) for one in timesheets]


def _taken(timesheets):
    if not timesheets:
        return {}
    starts = [timesheet.week_starts_on for timesheet in timesheets]
    keys = {timesheet.apprenticeship_id for timesheet in timesheets}
    return hours_by_day(keys, since=min(starts), until=max(starts) + timedelta(days=6))


def _week(timesheet, entries, returned, taken):
    days = tuple(timesheet.week_starts_on + timedelta(days=number) for number in range(7))
    rows = {}
    for entry in entries:
        row = rows.setdefault(entry.work_process_id, DecisionRow(entry.work_process, [[] for _day in days]))
        row.cells[(entry.worked_on - timesheet.week_starts_on).days].append(entry)
    totals = [sum((entry.hours for row in rows.values() for entry in row.cells[day]), ZERO) for day in range(7)]
    return WeekForDecision(
        timesheet=timesheet,
        days=days,
        rows=list(rows.values()),
        totals=totals,
        already=sum((taken[day] for day in days if day in taken), ZERO) - sum(totals, ZERO),
        returned=returned,
        loggers=tuple(dict.fromkeys(str(entry.logged_by) for entry in entries)),
    )
