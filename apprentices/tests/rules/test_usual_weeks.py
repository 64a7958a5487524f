from decimal import Decimal

import pytest

from apprentices.rules.usual_weeks import Unusual, UsualWeek, unusual_processes, usual_week

FORTY = {"A": Decimal(24), "B": Decimal(16)}


@pytest.mark.parametrize("weeks", [[], [FORTY], [FORTY, FORTY], [FORTY, FORTY, {}], [FORTY, FORTY, {"A": Decimal(0)}]])
def test_before_three_weeks_with_hours_nothing_is_usual(weeks):
    assert usual_week(weeks) is None


def test_the_usual_week_is_the_median_of_those_with_hours():
    weeks = [FORTY, {"A": Decimal(40)}, {}, {"A": Decimal(8), "B": Decimal(4)}]
    assert usual_week(weeks) == UsualWeek(3, Decimal(40), {"A": Decimal(24), "B": Decimal(4)})


def test_of_an_even_number_it_is_the_middle_of_the_two_in_the_middle():
    weeks = [{"A": Decimal(hours)} for hours in ("10", "20", "30", "40.01")]
    assert usual_week(weeks).total == Decimal("25.00")


def test_a_process_four_hours_off_is_named_and_the_largest_difference_comes_first():
    usual = UsualWeek(8, Decimal(40), {"A": Decimal(24), "B": Decimal(16), "C": Decimal("3.99")})
    week = {"A": Decimal(20), "B": Decimal("12.01"), "D": Decimal(8)}
    assert unusual_processes(week, usual) == [
        Unusual("D", Decimal(8), Decimal(0)),
        Unusual("A", Decimal(20), Decimal(24)),
    ]
