"""Signs of habit rather than work. Each is a remark with its numbers: it changes no hours, no figure and no card, and
can be answered. No regulation: what people who read time sheets look at twice."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

IDENTICAL_WEEKS, CLOSED_DAY, ABOVE_SHIFT, BURST = "IDENTICAL_WEEKS", "CLOSED_DAY", "ABOVE_SHIFT", "BURST"

ENOUGH_WEEKS = 3  # in a row, cell by cell the same
ENOUGH_APPROVALS = 10  # by one person within a minute
MINUTE = timedelta(minutes=1)
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Hint:
    """`code` is a word above; what else is filled in depends on it."""

    code: str
    weeks: int = 0  # IDENTICAL_WEEKS: in a row, this one included; BURST: approved
    day: date | None = None  # CLOSED_DAY, ABOVE_SHIFT
    hours: Decimal = ZERO
    shift: Decimal = ZERO  # ABOVE_SHIFT
    title: str = ""  # CLOSED_DAY: why it is closed


def hints_of_week(cells, before, *, closed, shift_on):
    """Hints of a week. `cells` are {(work process, day): hours}; `before` the cells of the weeks before it, the latest
    first and none left out; `closed` {day: title}; `shift_on` gives the shift's hours of a day."""
    found = []
    same = 1 + _same_in_a_row(cells, before)
    if cells and same >= ENOUGH_WEEKS:
        found.append(Hint(IDENTICAL_WEEKS, weeks=same))
    by_day = {}
    for (_process, day), hours in cells.items():
        by_day[day] = by_day.get(day, ZERO) + hours
    for day in sorted(by_day):
        if day in closed:
            found.append(Hint(CLOSED_DAY, day=day, hours=by_day[day], title=closed[day]))
        elif by_day[day] > shift_on(day):
            found.append(Hint(ABOVE_SHIFT, day=day, hours=by_day[day], shift=shift_on(day)))
    return found


def _same_in_a_row(cells, before):
    """How many of the weeks directly before have the same hours in the same processes on the same weekdays."""
    count = 0
    for earlier in before:
        if _by_weekday(earlier) != _by_weekday(cells):
            break
        count += 1
    return count


def _by_weekday(cells):
    return {(process, day.weekday()): hours for (process, day), hours in cells.items()}


def largest_burst(moments):
    """How many of one person's approvals (moments) fall into one minute at most; 0 where that is nothing to remark."""
    moments = sorted(moments)
    most, start = 0, 0
    for end, moment in enumerate(moments):
        while moment - moments[start] > MINUTE:
            start += 1
        most = max(most, end - start + 1)
    return most if most >= ENOUGH_APPROVALS else 0
