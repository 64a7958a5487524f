"""One week of one apprenticeship as a grid of work processes by days, and how the last weeks of many stand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from apprentices.models import HourEntry, LedgerLine, StandardsMove, Timesheet
from apprentices.queries.hours import status_histories, week_of, week_settings
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import EDITABLE, first_weekday_on, status_on, week_start
from employers.models import WorkProcess

WEEK = timedelta(days=7)

# why no hours can stand on a day
TO_COME, BEFORE_START, NOT_ACTIVE = "TO_COME", "BEFORE_START", "NOT_ACTIVE"
# a past week that nobody has filled in, of an apprenticeship that was active, or that was not
MISSING, NOT_DUE = "MISSING", "NOT_DUE"


@dataclass(frozen=True, slots=True)
class GridDay:
    """`closed`: "" where hours can be logged, else the reason why not."""

    day: date
    closed: str


@dataclass(slots=True)
class DecidedEntry:
    """An entry that was approved. `counts`: what of it stands in the ledger today; `counts_as`: under which process."""

    entry: HourEntry
    counts: Decimal = ZERO
    counts_as: WorkProcess | None = None

    @property
    def is_amended(self):
        return self.counts != self.entry.hours or (self.counts_as or self.entry.work_process) != self.entry.work_process


@dataclass(slots=True)
class GridCell:
    """`claim`: the live entry that the grid itself edits; `others`: live ones with a reference, from a file."""

    process: WorkProcess
    day: date
    is_open: bool
    claim: HourEntry | None
    others: list[HourEntry]
    decided: list[DecidedEntry]

    @property
    def has_input(self):
        """An existing claim can always be changed; a new one only where hours can be logged and none are decided."""
        is_decided = any(not decided.entry.entry_ref for decided in self.decided)
        return self.claim is not None or (self.is_open and not is_decided)

    @property
    def hours(self):
        """What stands here: live claims and what counts of decided entries."""
        claims = [*([self.claim] if self.claim else []), *self.others]
        return sum((entry.hours for entry in claims), sum((one.counts for one in self.decided), ZERO))


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """`rows` are (work process, seven cells). `timesheet` is unsaved where nobody has logged anything yet."""

    timesheet: Timesheet
    days: tuple[GridDay, ...]
    rows: tuple[tuple[WorkProcess, tuple[GridCell, ...]], ...]
    decisions: tuple

    @property
    def is_editable(self):
        return self.timesheet.state in EDITABLE

    @property
    def is_waiting(self):
        return self.timesheet.state == Timesheet.State.SUBMITTED

    @property
    def last_decision(self):
        return self.decisions[-1] if self.decisions else None

    @property
    def totals(self):
        """The hours of each day."""
        return [sum((cells[number].hours for _process, cells in self.rows), ZERO) for number in range(7)]

    @property
    def total(self):
        return sum(self.totals, ZERO)


@dataclass(frozen=True, slots=True)
class WeekState:
    """`state` is a Timesheet's, MISSING, NOT_DUE, or "" for a week of today that nobody has begun."""

    starts_on: date
    state: str
    hours: Decimal

    @property
    def label(self):
        return Timesheet.State(self.state).label if self.state in Timesheet.State.values else ""


def week_grid(apprenticeship, day, *, today):
    """The WeekGrid of the employer's week that holds `day`. A constant number of queries."""
    starts_on = week_of(apprenticeship.employer, day)
    days = tuple(starts_on + timedelta(days=number) for number in range(7))
    timesheet = (
        Timesheet.objects.filter(apprenticeship=apprenticeship, week_starts_on=starts_on)
        .select_related("submitted_by")
        .first()
    ) or Timesheet(apprenticeship=apprenticeship, week_starts_on=starts_on)
    timesheet.apprenticeship = apprenticeship
    live, decided = _entries(timesheet)
    versions = _versions(apprenticeship, days)
    shown = {entry.work_process_id for entries in live.values() for entry in entries}
    shown |= {one.entry.work_process_id for entries in decided.values() for one in entries}
    grid_days = _days(apprenticeship, days, today)
    return WeekGrid(
        timesheet=timesheet,
        days=grid_days,
        rows=tuple(
            (process, tuple(_cell(process, one, versions, live, decided) for one in grid_days))
            for process in _processes(set(versions.values()), shown)
        ),
        decisions=tuple(timesheet.decisions.select_related("decided_by")) if timesheet.pk else (),
    )


def _cell(process, grid_day, versions, live, decided):
    key = process.pk, grid_day.day
    return GridCell(
        process=process,
        day=grid_day.day,
        is_open=not grid_day.closed and versions[grid_day.day] == process.standards_id,
        claim=next((entry for entry in live[key] if not entry.entry_ref), None),
        others=[entry for entry in live[key] if entry.entry_ref],
        decided=decided[key],
    )


def _entries(timesheet):
    """({(process, day): live entries}, {(process, day): DecidedEntries})."""
    live, decided = defaultdict(list), defaultdict(list)
    if timesheet.pk is None:
        return live, decided
    by_entry = {}
    for entry in timesheet.entries.select_related("work_process", "logged_by").order_by("pk"):
        key = entry.work_process_id, entry.worked_on
        if entry.version == timesheet.version and timesheet.state != Timesheet.State.APPROVED:
            live[key].append(entry)
        else:
            by_entry[entry.pk] = DecidedEntry(entry)
            decided[key].append(by_entry[entry.pk])
    lines = LedgerLine.objects.standing().filter(entry__in=by_entry).select_related("work_process")
    for line in lines:
        by_entry[line.entry_id].counts, by_entry[line.entry_id].counts_as = line.hours, line.work_process
    return live, decided


def _versions(apprenticeship, days):
    """{day: standards id in force}."""
    moves = list(
        StandardsMove.objects.known()
        .filter(apprenticeship=apprenticeship, happened_on__lte=days[-1])
        .order_by("happened_on", "recorded_at", "pk")
        .values_list("happened_on", "standards")
    )
    return {day: next((key for on, key in reversed(moves) if on <= day), apprenticeship.standards_id) for day in days}


def _processes(versions, shown):
    of_versions = WorkProcess.objects.filter(standards__in=versions)
    return (of_versions | WorkProcess.objects.filter(pk__in=shown)).order_by("standards", "position", "pk")


def _days(apprenticeship, days, today):
    history = status_histories([apprenticeship.pk])[apprenticeship.pk]

    def closed(day):
        if day > today:
            return TO_COME
        if day < apprenticeship.registered_on:
            return BEFORE_START
        return "" if status_on(day, history) == "ACTIVE" else NOT_ACTIVE

    return tuple(GridDay(day, closed(day)) for day in days)


def hours_by_day(apprenticeships, *, since, until):
    """{apprenticeship id: {day: hours}}: what counts of approved entries, and live claims."""
    found = defaultdict(lambda: defaultdict(lambda: ZERO))
    posted = LedgerLine.objects.filter(
        apprenticeship__in=apprenticeships, entry__isnull=False, happened_on__range=(since, until)
    )
    claims = HourEntry.objects.live_claims().filter(apprenticeship__in=apprenticeships, worked_on__range=(since, until))
    for rows, day in ((posted, "happened_on"), (claims, "worked_on")):
        for key, on, total in rows.order_by().values_list("apprenticeship", day).annotate(total=Sum("hours")):
            found[key][on] += total
    return found


def last_weeks(apprenticeships, *, today, count):
    """{apprenticeship id: WeekStates of the week of `today` and of those before it, oldest first}, for a list of
    Apprenticeships, each in the weeks of its employer."""
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    employers = {apprenticeship.employer_id for apprenticeship in apprenticeships}
    settings = week_settings(employers)
    starts = {employer: _starts(today, settings.get(employer, ()), count) for employer in employers}
    since = min((dates[0] for dates in starts.values()), default=today)
    states = {
        (key, starts_on): state
        for key, starts_on, state in Timesheet.objects.filter(apprenticeship__in=keys, week_starts_on__gte=since)
        .order_by()
        .values_list("apprenticeship", "week_starts_on", "state")
    }
    hours = hours_by_day(keys, since=since, until=today + WEEK)
    histories = status_histories(keys)
    return {
        one.pk: [
            _week_state(one, on, states, hours[one.pk], histories[one.pk], today) for on in starts[one.employer_id]
        ]
        for one in apprenticeships
    }


def _starts(today, settings, count):
    starts = [week_start(today, first_weekday_on(today, settings))]
    while len(starts) < count:
        day = starts[0] - timedelta(days=1)
        starts.insert(0, week_start(day, first_weekday_on(day, settings)))
    return starts


def _week_state(apprenticeship, starts_on, states, hours, history, today):
    days = [starts_on + timedelta(days=number) for number in range(7)]
    state = states.get((apprenticeship.pk, starts_on), "")
    total = sum((hours[day] for day in days if day in hours), ZERO)
    if not state and days[-1] < today:
        state = MISSING if any(_is_workable(day, apprenticeship, history) for day in days) else NOT_DUE
    return WeekState(starts_on, state, total)


def _is_workable(day, apprenticeship, history):
    return day >= apprenticeship.registered_on and status_on(day, history) == "ACTIVE"


@dataclass(frozen=True, slots=True)
class CrewWeek:
    """Those whose week starts on the same day. `rows` are (Apprenticeship, WeekState, hours of the seven days)."""

    days: tuple[date, ...]
    rows: list[tuple]


def crew_weeks(apprenticeships, *, day, today):
    """CrewWeeks of the week that holds `day` in each employer's reckoning; one where all begin on the same weekday."""
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    settings = week_settings({apprenticeship.employer_id for apprenticeship in apprenticeships})
    states = {
        (key, starts_on): state
        for key, starts_on, state in Timesheet.objects.filter(
            apprenticeship__in=keys, week_starts_on__range=(day - WEEK, day)
        )
        .order_by()
        .values_list("apprenticeship", "week_starts_on", "state")
    }
    hours = hours_by_day(keys, since=day - WEEK, until=day + WEEK)
    histories = status_histories(keys)
    groups = defaultdict(list)
    for one in apprenticeships:
        starts_on = week_start(day, first_weekday_on(day, settings.get(one.employer_id, ())))
        days = tuple(starts_on + timedelta(days=number) for number in range(7))
        state = _week_state(one, starts_on, states, hours[one.pk], histories[one.pk], today)
        groups[days].append((one, state, [hours[one.pk].get(on, ZERO) for on in days]))
    return [CrewWeek(days, groups[days]) for days in sorted(groups)]
