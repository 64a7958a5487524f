from datetime import date, timedelta

import pytest

from employers.rules.settings import next_weekday, settings_refusal

TODAY = date(2026, 3, 4)  # a Wednesday
SUNDAY, MONDAY = 6, 0


def refusal(**said):
    defaults = {
        "from_on": TODAY,
        "today": TODAY,
        "week_starts_on": MONDAY,
        "week_started_on": MONDAY,
        "pay_period": "WEEK",
        "pay_period_starts_on": None,
    }
    return settings_refusal(**defaults | said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ""),
        ({"from_on": TODAY - timedelta(days=1)}, "PAST"),
        ({"from_on": TODAY + timedelta(days=400)}, ""),
        ({"pay_period": "TWO_WEEKS"}, "PERIOD_WITHOUT_START"),
        ({"pay_period": "TWO_WEEKS", "pay_period_starts_on": TODAY}, ""),
        ({"pay_period": "MONTH"}, ""),
        ({"week_starts_on": 2}, "NOT_TO_COME"),
        ({"week_starts_on": SUNDAY, "from_on": date(2026, 3, 8)}, ""),
        ({"week_starts_on": SUNDAY, "from_on": date(2026, 3, 9)}, "NOT_A_WEEKS_FIRST_DAY"),
        ({"week_started_on": SUNDAY, "from_on": date(2026, 3, 9)}, ""),
    ],
)
def test_settings_hold_from_today_on_and_another_first_weekday_from_such_a_day_to_come(said, expected):
    assert refusal(**said) == expected


@pytest.mark.parametrize(("weekday", "day"), [(2, date(2026, 3, 11)), (3, date(2026, 3, 5)), (1, date(2026, 3, 10))])
def test_the_next_weekday_is_never_the_day_itself(weekday, day):
    assert next_weekday(TODAY, weekday) == day
