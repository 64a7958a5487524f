"""What a week has room for: its grid beside the plant's shifts and calendar, for laying totals over its days."""

from dataclasses import dataclass
from datetime import date

from apprentices.queries.hours import worked_by_day
from apprentices.queries.week_grids import WeekGrid
from apprentices.rules.spreading import DayRoom
from employers.models import Standards
from employers.queries.calendars import closed_days, shift_patterns
from employers.rules.shifts import shift_hours_on
from imt.fields import from_hundredths, to_hundredths

PLANT_CLOSED = "PLANT_CLOSED"


@dataclass(frozen=True, slots=True)
class RoomDay:
    """`closed`: why nothing can be laid here, a GridDay's reason or PLANT_CLOSED with its `title`. `shift` and `taken`
    are hundredths: of the shift, and of all that the person has on the day, wherever."""

    day: date
    closed: str
    title: str
    shift: int
    taken: int

    @property
    def shift_hours(self):
        return from_hundredths(self.shift)

    @property
    def taken_hours(self):
        return from_hundredths(self.taken)


@dataclass(frozen=True, slots=True)
class WeekRoom:
    """`allows_totals`: whether the standards allow hours given as one total per week."""

    grid: WeekGrid
    days: tuple[RoomDay, ...]
    allows_totals: bool

    @property
    def processes(self):
        """The work processes of the standards in force in the week."""
        in_force = set(self.grid.versions.values())
        return [process for process in self.grid.processes if process.standards_id in in_force]

    def claims(self):
        """{(process id, day): GridEntry} of the claims that a save replaces or keeps."""
        live = self.grid.live.items()
        return {key: entry for key, entries in live for entry in entries if not entry.entry_ref}

    def takes(self, process, day):
        """Whether hours of this process can be laid on this day."""
        place = [one.day for one in self.days].index(day)
        return not self.days[place].closed and self.grid.cells_of(process)[place].has_input

    def room_beside(self, replaced):
        """[DayRoom] of the days, with what stands but for the `replaced` claims (keys of `claims`)."""
        claims = self.claims()
        free = {one.day: 0 for one in self.days}
        for key in replaced:
            free[key[1]] += to_hundredths(claims[key].hours)
        return [DayRoom(shift=one.shift, standing=one.taken - free[one.day]) for one in self.days]


def week_room(grid):
    """The WeekRoom of a WeekGrid. Five queries."""
    one, days = grid.apprenticeship, [grid_day.day for grid_day in grid.days]
    shifts = shift_patterns([one.employer_id])[one.employer_id]
    closed = closed_days([one.employer_id], since=days[0], until=days[-1])[one.employer_id]
    taken = worked_by_day([one.apprentice_id], since=days[0], until=days[-1])
    versions = Standards.objects.filter(pk__in=set(grid.versions.values())).order_by()
    return WeekRoom(
        grid=grid,
        days=tuple(
            RoomDay(
                day=grid_day.day,
                closed=grid_day.closed or (PLANT_CLOSED if grid_day.day in closed else ""),
                title=closed.get(grid_day.day, ""),
                shift=to_hundredths(shift_hours_on(grid_day.day, shifts)),
                taken=to_hundredths(taken[one.apprentice_id, grid_day.day]),
            )
            for grid_day in grid.days
        ),
        allows_totals=all(versions.values_list("allows_week_totals", flat=True)),
    )
