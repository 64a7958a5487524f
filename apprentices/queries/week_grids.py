"""Weeks as grids of work processes by days: one apprenticeship's, or a crew's in the same number of statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from apprentices.models import TAKEN_BACK, HourEntry, LedgerLine, StandardsMove, Timesheet
from apprentices.queries.hours import status_histories, unsaved_week, week_settings
from apprentices.queries.weeks import MISSING, NOT_DUE
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import EDITABLE, first_weekday_on, status_on, week_start
from employers.models import WorkProcess
from imt.accounts.models import User

FILLED_FROM = timedelta(weeks=4)  # processes of these weeks before are rows already
WEEK = timedelta(days=7)

# why no hours can stand on a day
TO_COME, BEFORE_START, NOT_ACTIVE = "TO_COME", "BEFORE_START", "NOT_ACTIVE"


@dataclass(frozen=True, slots=True)
class GridDay:
    """`closed`: "" where hours can be logged, else the reason why not."""

    day: date
    closed: str


@dataclass(slots=True)
class GridEntry:
    """An hour entry. Of a decided one `counts` says what of it stands in the ledger today, and `counts_as` the id of
    the work process under which it does; `logged_by` is the id of a user."""

    pk: int
    process: int
    hours: Decimal
    note: str
    department: str
    source: str
    entry_ref: str
    logged_by: int
    counts: Decimal = ZERO
    counts_as: int | None = None

    @property
    def is_amended(self):
        return self.counts != self.hours or self.counts_as not in (None, self.process)


@dataclass(slots=True)
class GridCell:
    """`claim`: the live entry that the grid itself edits; `others`: live ones with a reference, from a file."""

    process: WorkProcess
    day: date
    is_open: bool
    claim: GridEntry | None
    others: list[GridEntry]
    decided: list[GridEntry]

    @property
    def has_input(self):
        """An existing claim can always be changed; a new one only where hours can be logged and none are decided."""
        is_decided = any(not entry.entry_ref for entry in self.decided)
        return self.claim is not None or (self.is_open and not is_decided)

    @property
    def fixed_hours(self):
        """What stands here beside the claim: what counts of decided entries, and live ones from files."""
        return sum((entry.hours for entry in self.others), sum((entry.counts for entry in self.decided), ZERO))

    @property
    def hours(self):
        return self.fixed_hours + (self.claim.hours if self.claim else ZERO)


@dataclass(slots=True)
class WeekGrid:
    """One apprenticeship's week. `timesheet` is unsaved where nobody has logged anything yet; `processes`: all that
    can be logged or stand here, by position; `shown`: those with hours in this week or in the four before it."""

    apprenticeship: object
    today: date
    timesheet: Timesheet
    days: tuple[GridDay, ...]
    versions: dict
    processes: tuple[WorkProcess, ...]
    shown: tuple[WorkProcess, ...]
    live: dict
    decided: dict
    decisions: tuple = field(default=())

    @property
    def starts_on(self):
        return self.days[0].day

    @property
    def state(self):
        """As a WeekState's."""
        if self.timesheet.pk:
            return self.timesheet.state
        if self.days[-1].day >= self.today:
            return ""
        return NOT_DUE if all(one.closed for one in self.days) else MISSING

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
    def rows(self):
        """[(work process, its seven cells)]: of those shown, or of all where there are none yet."""
        return [(process, self.cells_of(process)) for process in self.shown or self.processes]

    def cells_of(self, process):
        return [self._cell(process, one) for one in self.days]

    def _cell(self, process, grid_day):
        key = process.pk, grid_day.day
        live = self.live.get(key, ())
        return GridCell(
            process=process,
            day=grid_day.day,
            is_open=not grid_day.closed and self.versions[grid_day.day] == process.standards_id,
            claim=next((entry for entry in live if not entry.entry_ref), None),
            others=[entry for entry in live if entry.entry_ref],
            decided=self.decided.get(key, []),
        )

    @property
    def hours_by_day(self):
        """{day: hours} of what stands in the week."""
        by_day = dict.fromkeys((one.day for one in self.days), ZERO)
        for (_process, day), entries in self.live.items():
            by_day[day] += sum(entry.hours for entry in entries)
        for (_process, day), entries in self.decided.items():
            by_day[day] += sum(entry.counts for entry in entries)
        return by_day

    @property
    def total(self):
        return sum(self.hours_by_day.values(), ZERO)


def week_grid(apprenticeship, day, *, today):
    """The WeekGrid of the employer's week that holds `day`, with its decisions. A constant number of queries."""
    (grid,) = week_grids([apprenticeship], day=day, todays={apprenticeship.pk: today})
    week = grid.timesheet
    grid.decisions = tuple(week.decisions.select_related("decided_by")) if week.pk else ()
    return grid


def week_grids(apprenticeships, *, day, todays):
    """WeekGrids in the order of the Apprenticeships, each of its employer's week that holds `day`; `todays`:
    {apprenticeship id: today there}. A constant number of queries, however many they are."""
    keys = [one.pk for one in apprenticeships]
    settings = week_settings({one.employer_id for one in apprenticeships})
    starts = {one.pk: week_start(day, first_weekday_on(day, settings[one.employer_id])) for one in apprenticeships}
    weeks = _timesheets(apprenticeships, starts)
    live, decided = _entries(weeks)
    moves = _moves(keys)
    used = _used(keys, starts)
    histories = status_histories(keys)
    versions = {
        one.pk: _versions(one, moves[one.pk], [starts[one.pk] + timedelta(days=number) for number in range(7)])
        for one in apprenticeships
    }
    shown = {
        key: used[key] | {process for entries in (live[key], decided[key]) for process, _day in entries} for key in keys
    }
    processes = _processes(versions.values(), shown.values())
    return [
        WeekGrid(
            apprenticeship=one,
            today=todays[one.pk],
            timesheet=weeks[one.pk],
            days=_days(one, starts[one.pk], histories[one.pk], todays[one.pk]),
            versions=versions[one.pk],
            **_rows(processes, versions[one.pk], shown[one.pk], live[one.pk], decided[one.pk]),
        )
        for one in apprenticeships
    ]


def _timesheets(apprenticeships, starts):
    """{apprenticeship id: Timesheet}, unsaved where there is none yet."""
    keys = [one.pk for one in apprenticeships]
    found = {}
    weeks = Timesheet.objects.filter(apprenticeship__among=keys, week_starts_on__in=set(starts.values()))
    for week in weeks.order_by() if keys else ():
        if starts[week.apprenticeship_id] == week.week_starts_on:
            found[week.apprenticeship_id] = week
    for one in apprenticeships:
        found.setdefault(one.pk, unsaved_week(one, starts[one.pk])).apprenticeship = one
    return found


def _entries(weeks):
    """Two of {apprenticeship id: {(process id, day): GridEntries}}: live ones, and decided ones."""
    live, decided = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(list))
    by_key = {week.pk: week for week in weeks.values() if week.pk}
    if not by_key:
        return live, decided
    decided_entries = {}
    rows = HourEntry.objects.filter(**_of_days(by_key.values(), "worked_on")).order_by()
    columns = rows.values_list(
        *("pk", "work_process", "hours", "note", "department", "source", "entry_ref", "logged_by"),
        *("timesheet", "version", "worked_on"),
    )
    for *parts, timesheet, version, day in sorted(columns):
        entry, week = GridEntry(*parts), by_key.get(timesheet)
        if week is None or entry.entry_ref.startswith(TAKEN_BACK):
            continue
        is_live = version == week.version and week.state != Timesheet.State.APPROVED
        (live if is_live else decided)[week.apprenticeship_id][entry.process, day].append(entry)
        if not is_live:
            decided_entries[entry.pk] = entry
    if decided_entries:
        _count(decided_entries, by_key.values())
    return live, decided


def _count(entries, weeks):
    """Say of decided entries, {id: GridEntry}, what counts of them. Lines are read by person and day, along one index;
    a reversal, on the day of its line, takes it away here: sought in the database it costs more than all lines."""
    lines = LedgerLine.objects.filter(**_of_days(weeks, "happened_on"), entry__isnull=False).order_by()
    sums = defaultdict(lambda: ZERO)
    for key, process, hours in lines.values_list("entry", "work_process", "hours"):
        sums[key, process] += hours
    for (key, process), hours in sums.items():
        if hours and key in entries:
            entries[key].counts, entries[key].counts_as = hours, process


def _of_days(weeks, day):
    """What keeps the rows of these people and days, by the index of (apprenticeship, day): fewer pages to look at than
    by the weeks' ids."""
    first, last = min(week.week_starts_on for week in weeks), max(week.week_starts_on for week in weeks)
    return {
        "apprenticeship__among": [week.apprenticeship_id for week in weeks],
        f"{day}__range": (first, last + timedelta(days=6)),
    }


def loggers_of(grids):
    """{user id: name} of those who logged what is live in these grids."""
    keys = {entry.logged_by for grid in grids for entries in grid.live.values() for entry in entries}
    return dict(User.objects.filter(pk__among=keys).values_list("pk", "name")) if keys else {}


def _moves(keys):
    """{apprenticeship id: [(day, standards id)]} by day."""
    moves = defaultdict(list)
    rows = StandardsMove.objects.known().filter(apprenticeship__among=keys)
    for key, *move in rows.order_by("happened_on", "recorded_at", "pk").values_list(
        "apprenticeship", "happened_on", "standards"
    ):
        moves[key].append(move)
    return moves


def _versions(apprenticeship, moves, days):
    """{day: standards id in force}."""
    return {day: next((key for on, key in reversed(moves) if on <= day), apprenticeship.standards_id) for day in days}


def _used(keys, starts):
    """{apprenticeship id: ids of the work processes that had hours in the four weeks before}."""
    used = defaultdict(set)
    if keys:
        until = max(starts.values()) - timedelta(days=1)
        since = min(starts.values()) - FILLED_FROM
        rows = HourEntry.objects.filter(apprenticeship__among=keys, worked_on__range=(since, until)).order_by()
        for key, process in rows.values_list("apprenticeship", "work_process").distinct():
            used[key].add(process)
    return used


def _processes(versions, shown):
    """WorkProcesses of these versions, and those that are shown, by position."""
    in_force = {key for by_day in versions for key in by_day.values()}
    found = WorkProcess.objects.filter(standards__in=in_force)
    others = set().union(*shown)
    return list((found | WorkProcess.objects.filter(pk__in=others)).order_by("standards_id", "position", "pk"))


def _rows(processes, versions, shown, live, decided):
    """The arguments of a WeekGrid about its rows. A process that was used, but is none of the standards any more, is
    shown only where hours stand in it."""
    in_force = set(versions.values())
    filled = {process for entries in (live, decided) for process, _day in entries}
    own = tuple(one for one in processes if one.standards_id in in_force or one.pk in filled)
    return {
        "processes": own,
        "shown": tuple(one for one in own if one.pk in shown),
        "live": live,
        "decided": decided,
    }


def _days(apprenticeship, starts_on, history, today):
    def closed(day):
        if day > today:
            return TO_COME
        if day < apprenticeship.registered_on:
            return BEFORE_START
        return "" if status_on(day, history) == "ACTIVE" else NOT_ACTIVE

    days = (starts_on + timedelta(days=number) for number in range(7))
    return tuple(GridDay(day, closed(day)) for day in days)
