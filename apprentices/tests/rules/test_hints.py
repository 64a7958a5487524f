from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from apprentices.rules.hints import ABOVE_SHIFT, CLOSED_DAY, IDENTICAL_WEEKS, Hint, hints_of_week, largest_burst

MONDAY = date(2026, 3, 2)
EIGHT = Decimal("8.00")


def week(weeks_ago=0, **days):
    """Cells of process A; days by their offset: d0=8."""
    start = MONDAY - timedelta(weeks=weeks_ago)
    return {("A", start + timedelta(days=int(name[1:]))): Decimal(hours) for name, hours in days.items()}


def hints(cells, before=(), closed=None, shift=EIGHT):
    return hints_of_week(cells, before, closed=closed or {}, shift_on=lambda day: shift)


@pytest.mark.parametrize(
    ("before", "in_a_row"),
    [
        ([], 0),
        ([week(1, d0=8, d1=7)], 0),
        ([week(1, d0=8, d1=7), week(2, d0=8, d1=7)], 3),
        ([week(1, d0=8, d1=7), week(2, d0=8, d1=7), week(3, d0=8, d1=7), week(4, d0=8)], 4),
        ([week(1, d0=8, d1=7), week(2, d0=8, d2=7), week(3, d0=8, d1=7)], 0),
        ([week(1), week(2, d0=8, d1=7), week(3, d0=8, d1=7)], 0),
    ],
)
def test_three_weeks_in_a_row_that_are_the_same_cell_by_cell_are_remarked(before, in_a_row):
    expected = [Hint(IDENTICAL_WEEKS, weeks=in_a_row)] if in_a_row else []
    assert hints(week(d0=8, d1=7), before) == expected


def test_weeks_without_hours_are_nobodys_habit():
    assert hints({}, [{}, {}, {}]) == []


def test_hours_on_a_closed_day_are_remarked_once_and_not_as_above_the_shift():
    found = hints(week(d0=9), closed={MONDAY: "Founders’ Day"})
    assert found == [Hint(CLOSED_DAY, day=MONDAY, hours=Decimal(9), title="Founders’ Day")]


@pytest.mark.parametrize(("hours", "shift", "remarked"), [("8", "8", 0), ("8.01", "8", 1), ("1", "0", 1)])
def test_hours_above_the_shift_are_remarked(hours, shift, remarked):
    found = hints(week(d0=hours), shift=Decimal(shift))
    assert found == [Hint(ABOVE_SHIFT, day=MONDAY, hours=Decimal(hours), shift=Decimal(shift))] * remarked


def test_the_hours_of_a_day_are_summed_over_its_processes():
    cells = {("A", MONDAY): Decimal(5), ("B", MONDAY): Decimal(4)}
    assert [hint.hours for hint in hints(cells)] == [Decimal(9)]


@pytest.mark.parametrize(
    ("seconds", "most"),
    [([], 0), ([0] * 9, 0), ([0] * 10, 10), ([6 * n for n in range(11)], 11), ([7 * n for n in range(12)], 0)],
)
def test_ten_approvals_within_a_minute_are_a_burst(seconds, most):
    start = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert largest_burst([start + timedelta(seconds=number) for number in seconds]) == most
