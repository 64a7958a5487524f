"""Totals laid over days and work processes, exact to the hundredth: the parts always sum up to what was given.

No regulation: arithmetic for those who know the day or the week and not the quarter hour. What is laid so is marked as
such (sources SPLIT and WEEK_TOTAL) and decided on like any other claim. All hours are whole hundredths."""

from dataclasses import dataclass

MOST_OF_A_DAY = 2400


class DoesNotFit(ValueError):
    """`room`: so many hundredths could be laid at most."""

    def __init__(self, room):
        super().__init__(f"{room} hundredths at most")
        self.room = room


@dataclass(frozen=True, slots=True)
class DayRoom:
    """A day that can take hours: those of the shift on it, and those that stand on it already."""

    shift: int
    standing: int = 0

    @property
    def left_of_shift(self):
        return max(0, self.shift - self.standing)

    @property
    def left(self):
        return max(0, MOST_OF_A_DAY - self.standing)


def parts_of(total, weights):
    """`total` in parts as the weights (whole numbers, at least one above 0) say; the parts sum up to it exactly.

    Each part is the exact share rounded down, and what is left over goes, one by one, to the largest remainders, the
    first of equal ones first. No part is above its weight where the total is not above their sum."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def laid_over_days(total, days):
    """`total` in one part per DayRoom: first what is left of the shifts, day by day in proportion; what goes beyond,
    in proportion to the shifts, no day above 24 hours. Days without a shift take nothing. DoesNotFit otherwise."""
    room = [day.left if day.shift else 0 for day in days]
    if total > sum(room):
        raise DoesNotFit(sum(room))
    within = [min(day.left_of_shift, left) for day, left in zip(days, room, strict=True)]
    laid = parts_of(min(total, sum(within)), within) if sum(within) else [0] * len(days)
    rest = total - sum(laid)
    while rest:
        open_days = [place for place, day in enumerate(days) if laid[place] < room[place]]
        more = parts_of(rest, [days[place].shift for place in open_days])
        for place, part in zip(open_days, more, strict=True):
            taken = min(part, room[place] - laid[place])
            laid[place] += taken
            rest -= taken
    return laid


def split(totals_of_days, totals_of_processes):
    """A row per process of one part per day: each row sums up to its process, each column to its day, exactly. Both
    lists sum up to the same."""
    left = list(totals_of_days)
    rows = []
    for total in totals_of_processes:
        row = parts_of(total, left) if sum(left) else [0] * len(left)
        left = [before - part for before, part in zip(left, row, strict=True)]
        rows.append(row)
    return rows


def split_by_shares(totals_of_days, shares):
    """The days' totals split over processes by shares (whole numbers, at least one above 0): a row per process."""
    return split(totals_of_days, parts_of(sum(totals_of_days), shares))


def week_laid(totals_of_processes, days):
    """One total per process laid over the DayRooms: a row per process of one part per day. DoesNotFit where the days
    do not hold so much."""
    return split(laid_over_days(sum(totals_of_processes), days), totals_of_processes)
