"""What somebody's usual week is, so that one that differs is seen at once. Nothing is refused for it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

WEEKS = 8  # looked back
ENOUGH = 3  # of them, with hours, before anything is called usual
WORTH_SAYING = Decimal("4.00")  # hours of a process
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class UsualWeek:
    """The median over `weeks` weeks that had hours: of the whole week, and of each work process that came up."""

    weeks: int
    total: Decimal
    by_process: dict


@dataclass(frozen=True, slots=True)
class Unusual:
    """A work process with far more or less than usual."""

    process: object
    hours: Decimal
    usual: Decimal


def usual_week(weeks):
    """The UsualWeek of [{process: hours}], a dictionary per week; None where fewer than three had hours."""
    worked = [week for week in weeks if sum(week.values(), ZERO) > 0]
    if len(worked) < ENOUGH:
        return None
    processes = {process for week in worked for process in week}
    return UsualWeek(
        weeks=len(worked),
        total=_median(sum(week.values(), ZERO) for week in worked),
        by_process={process: _median(week.get(process, ZERO) for week in worked) for process in processes},
    )


def unusual_processes(week, usual):
    """Unusual ones of {process: hours} against a UsualWeek, the largest difference first."""
    usual_hours = defaultdict(lambda: ZERO, usual.by_process)
    found = [
        Unusual(process, week.get(process, ZERO), usual_hours[process])
        for process in week.keys() | usual.by_process.keys()
        if abs(week.get(process, ZERO) - usual_hours[process]) >= WORTH_SAYING
    ]
    return sorted(found, key=lambda one: (-abs(one.hours - one.usual), one.process))


def _median(hours):
    return Decimal(median(hours)).quantize(ZERO)
