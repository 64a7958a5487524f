from datetime import date
from decimal import Decimal

import pytest

from employers.rules.shifts import shift_hours_on

MONDAY, SATURDAY = date(2026, 11, 16), date(2026, 11, 21)
FOUR_TENS = tuple(map(Decimal, (10, 10, 10, 10, 0, 0, 0)))


@pytest.mark.parametrize(
    ("day", "patterns", "hours"),
    [
        (MONDAY, [], 8),
        (SATURDAY, [], 0),
        (MONDAY, [(date(2026, 11, 16), FOUR_TENS)], 10),
        (MONDAY, [(date(2026, 11, 17), FOUR_TENS)], 8),
        (date(2026, 11, 20), [(date(2026, 1, 1), FOUR_TENS)], 0),
        (SATURDAY, [(date(2026, 1, 1), FOUR_TENS), (date(2026, 11, 1), tuple(map(Decimal, (8, 8, 8, 8, 8, 6, 0))))], 6),
    ],
)
def test_a_shift_has_the_hours_of_the_pattern_in_force(day, patterns, hours):
    assert shift_hours_on(day, patterns) == hours
