"""The weeks that wait for somebody's decision, with everything one needs to decide."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F

from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.permissions import decidable_by
from apprentices.queries.deciders import WithWhom, with_whom
from apprentices.queries.evidence import evidence_of
from apprentices.queries.usual_weeks import usual_weeks
from apprentices.queries.weeks import hours_by_day
from apprentices.rules.deciding import UNDO_WITHIN
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.usual_weeks import UsualWeek, unusual_processes
from employers.models import WorkProcess

LONG_DAY = Decimal(12)

# whose weeks: those whose turn is mine, those of them that passed to me, all that I may decide on
MINE, PASSED, ALL = "mine", "passed", "all"


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

    @property
    def sources(self):
        """How hours came here that were not typed in cell by cell, in words."""
        entries = [entry for cell in self.cells for entry in cell if entry.source != HourEntry.Source.LOGGED]
        return list(dict.fromkeys(entry.get_source_display() for entry in entries))


@dataclass(frozen=True, slots=True)
class WeekForDecision:
    """`already`: hours of the same week that count or wait elsewhere; `returned`: the decision before this version;
    `usual`: None where nothing is usual yet; `whom`: whose turn it is; `files`: Evidence without its bytes."""

    timesheet: Timesheet
    days: tuple[date, ...]
    rows: list[DecisionRow]
    totals: list[Decimal]
    already: Decimal
    returned: TimesheetDecision | None
    loggers: tuple[str, ...]
    usual: UsualWeek | None
    whom: WithWhom
    files: list

    @property
    def total(self):
        return sum(self.totals, ZERO)

    @property
    def more_than_usual(self):
        """Hours above the usual total; negative below it."""
        return self.total - self.usual.total

    @property
    def less_than_usual(self):
        return -self.more_than_usual

    @property
    def day_totals(self):
        """[(day, hours)]."""
        return list(zip(self.days, self.totals, strict=True))

    @property
    def unusual(self):
        """Unusual work processes that come up in this week."""
        processes = {row.process.pk: row.process for row in self.rows}
        hours = {row.process.pk: row.total for row in self.rows}
        return [
            (processes[one.process], one) for one in unusual_processes(hours, self.usual) if one.process in processes
        ]

    @property
    def long_days(self):
        """Days of more than twelve hours: worth a second look."""
        return [day for day, hours in zip(self.days, self.totals, strict=True) if hours > LONG_DAY]


@dataclass(frozen=True, slots=True)
class Queue:
    """Ids of submitted weeks that somebody may decide on, oldest week first, then by name: {MINE, PASSED, ALL: ids};
    `whom` {id: WithWhom}."""

    weeks: dict
    whom: dict

    @property
    def counts(self):
        return {which: len(keys) for which, keys in self.weeks.items()}


def awaiting_decision(user, *, on):
    """The submitted Timesheets that the user may decide on, oldest week first, then by name."""
    mine = decidable_by(user, Apprenticeship.objects.all(), on=on)
    return (
        Timesheet.objects.awaiting_decision()
        .filter(apprenticeship__in=mine)
        .select_related("apprenticeship__apprentice", "apprenticeship__employer", "submitted_by")
        .order_by("week_starts_on", "apprenticeship__apprentice__last_name", "apprenticeship__ref")
    )


def queue_of(user, *, on):
    """The user's Queue. Six queries, however long it is."""
    columns = ("apprenticeship__employer", "late_reason", "submitted_at", "submitted_by", "version", "week_starts_on")
    waiting = list(awaiting_decision(user, on=on).select_related(None).select_related("apprenticeship").only(*columns))
    whom = with_whom(waiting, today=on)
    mine = [week.pk for week in waiting if user.pk in whom[week.pk].turn.people]
    return Queue(
        {
            MINE: mine,
            PASSED: [key for key in mine if whom[key].turn.was_passed],
            ALL: [week.pk for week in waiting],
        },
        whom,
    )


def decided_of_late(user, *, on, now):
    """Approvals (TimesheetDecisions) of the last ten minutes that the user may still undo, newest first."""
    mine = decidable_by(user, Apprenticeship.objects.all(), on=on)
    return (
        TimesheetDecision.objects.filter(
            verdict=TimesheetDecision.Verdict.APPROVED,
            undone_at__isnull=True,
            decided_at__gte=now - UNDO_WITHIN,
            version=F("timesheet__version"),
            timesheet__state=Timesheet.State.APPROVED,
            timesheet__apprenticeship__in=mine,
        )
        .select_related("timesheet__apprenticeship__apprentice", "decided_by")
        .order_by("-decided_at", "-timesheet__week_starts_on", "timesheet__apprenticeship__apprentice__last_name", "pk")
    )


def weeks_up_for_decision(timesheets, whom):
    """WeeksForDecision of a list of Timesheets (as `awaiting_decision` gives them), in its order, in a constant number
    of queries. `whom` as a Queue has it."""
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
    usual = usual_weeks(timesheets)
    files = evidence_of(keys)
    return [
        _week(
            one,
            entries[one.pk],
            returned=returned.get(one.pk),
            taken=taken[one.apprenticeship_id],
            usual=usual[one.pk],
            whom=whom[one.pk],
            files=files[one.pk],
        )
        for one in timesheets
    ]


def _taken(timesheets):
    if not timesheets:
        return {}
    starts = [timesheet.week_starts_on for timesheet in timesheets]
    keys = {timesheet.apprenticeship_id for timesheet in timesheets}
    return hours_by_day(keys, since=min(starts), until=max(starts) + timedelta(days=6))


def _week(timesheet, entries, *, returned, taken, usual, whom, files):
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
        usual=usual,
        whom=whom,
        files=files,
    )
