from datetime import date

import pytest

from employers.rules.holidays import federal_holidays


def test_the_eleven_holidays_of_2026_by_day():
    assert [f"{day:%m-%d} {title}" for day, title in federal_holidays(2026)] == [
        "01-01 New Year’s Day",
        "01-19 Birthday of Martin Luther King, Jr.",
        "02-16 Washington’s Birthday",
        "05-25 Memorial Day",
        "06-19 Juneteenth",
        "07-03 Independence Day",  # the 4th is a Saturday
        "09-07 Labor Day",
        "10-12 Columbus Day",
        "11-11 Veterans Day",
        "11-26 Thanksgiving Day",
        "12-25 Christmas Day",
    ]


@pytest.mark.parametrize(
    ("year", "title", "observed"),
    [
        (2027, "Independence Day", date(2027, 7, 5)),  # a Sunday
        (2022, "New Year’s Day", date(2021, 12, 31)),  # a Saturday
        (2023, "New Year’s Day", date(2023, 1, 2)),  # a Sunday
        (2021, "Christmas Day", date(2021, 12, 24)),  # a Saturday
        (2024, "Thanksgiving Day", date(2024, 11, 28)),
        (2021, "Memorial Day", date(2021, 5, 31)),
        (2025, "Labor Day", date(2025, 9, 1)),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_beside_it(year, title, observed):
    assert {title: day for day, title in federal_holidays(year)}[title] == observed


@pytest.mark.parametrize("year", range(2000, 2100))
def test_each_year_has_eleven_different_days_none_of_them_on_a_weekend(year):
    days = [day for day, _title in federal_holidays(year)]
    assert len(set(days)) == 11
    assert all(day.weekday() < 5 for day in days)
