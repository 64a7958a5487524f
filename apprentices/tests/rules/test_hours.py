"""Hours and days as people and programs write them (contract: Files of hours). Each line of a table is a decision."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.hours import (
    DayError,
    HoursError,
    exact_hours,
    exact_total,
    hours_text,
    parse_day,
    parse_hours,
    shown,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        ("8", 800),
        ("8.5", 850),
        ("8,5", 850),  # a comma is decimal
        ("8.25", 825),
        ("1,00", 100),
        ("0.01", 1),
        ("24", 2400),
        ("24.00", 2400),
        ("08", 800),  # digits are digits
        ("8:30", 850),
        ("08:30", 850),
        ("0:15", 25),
        ("24:00", 2400),
        ("7:20", 733),  # 7.333…
        ("7:10", 717),  # 7.1666…
        ("8:30:00", 850),
        ("8:00:17", 800),
        ("8:00:18", 801),  # half a hundredth goes up
        ("0:00:18", 1),
        ("2h30m", 250),
        ("2h5m", 208),  # 2.0833…
        ("2H30M", 250),
        ("8h", 800),
        ("90m", 150),
        ("1440m", 2400),
        ("2h30m18s", 251),
        (" 8 ", 800),
        (f"{NBSP}8\t", 800),
        (8, 800),
        (7.25, 725),
        (0.1 + 0.2, 30),  # a workbook's number has 15 digits
        (7.499999999999999, 750),
        (8.1, 810),
        (timedelta(hours=7, minutes=30), 750),
        (timedelta(hours=7, minutes=20), 733),
        (timedelta(seconds=18), 1),
        (timedelta(hours=24), 2400),
        (time(7, 30), 750),
        (time(7, 20, 18), 734),
    ],
)
def test_hours_are_read_as_hundredths(value, hundredths):
    assert parse_hours(value) == hundredths


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "eight",
        "NaN",
        "inf",
        "-1",
        "-0.5",
        "+8",  # no sign is one of the notations
        "8.",  # a digit on either side of the decimal sign
        ".5",
        "7.125",
        "8.500",  # three decimals, even where they are nought
        "1,000",
        "1,000.50",
        "1.000,50",
        "8.5.0",
        "8,5,0",
        "1e1",
        "1_0",
        "0x8",
        "٨",  # digits are ASCII's
        "８",
        "8:5",  # minutes have two digits
        "8:60",
        "8:30:60",
        "8:30:5",
        "8:30.5",
        ":30",
        "-8:30",
        "8.5h",
        "8 h",  # 2h30m is written without blanks
        "2h 30m",
        "2h60m",
        "h",
        "m",
        "30s",
        "2h30",
        "8h30",
        "8 8",
        "8–9",
        "'8",
        "8 hours",
        "=8",
        "9" * 5_000,
        " " * 5_000 + "8",
        True,
        False,
        -8,
        -0.5,
        7.125,
        22 / 3,
        1e-7,
        1e20,
        float("nan"),
        float("inf"),
        timedelta(hours=-1),
        datetime(2026, 11, 2),
        date(2026, 11, 2),
        None,
    ],
)
def test_no_other_notation_is_hours(value):
    with pytest.raises(HoursError) as caught:
        parse_hours(value)
    assert caught.value.expected.startswith("hours such as 8")


@pytest.mark.parametrize(
    "value", ["0", "0.00", "0,0", "0:00", "0m", "0:00:17", "24.01", "24:01", "1441m", "25", 0, 24.01, timedelta(days=2)]
)
def test_hours_of_a_day_are_above_0_and_at_most_24(value):
    with pytest.raises(HoursError) as caught:
        parse_hours(value)
    assert caught.value.expected == "more than 0 and at most 24 hours"


@given(st.integers(1, 2400), st.sampled_from(".,"))
def test_two_decimals_are_exact_however_they_are_written(hundredths, sign):
    text = hours_text(hundredths)
    assert parse_hours(text.replace(".", sign)) == parse_hours(hundredths / 100) == hundredths
    if hundredths % 100 == 0:
        assert parse_hours(hundredths // 100) == hundredths


@given(st.integers(18, 24 * 3600))
def test_minutes_and_seconds_are_rounded_half_up_in_every_notation(seconds):
    hours, rest = divmod(seconds, 3600)
    expected = int(Fraction(seconds, 36) + Fraction(1, 2))
    assert parse_hours(f"{hours}:{rest // 60:02d}:{rest % 60:02d}") == expected
    assert parse_hours(f"{hours}h{rest // 60}m{rest % 60}s") == expected
    assert parse_hours(timedelta(seconds=seconds)) == expected


@given(st.text(max_size=50) | st.text(alphabet="0123456789.,:hm -+", max_size=12))
def test_any_text_is_hours_of_a_day_or_an_error(text):
    try:
        assert 0 < parse_hours(text) <= 2400
    except HoursError as error:
        assert error.found and error.expected


@pytest.mark.parametrize(
    ("value", "milliseconds"), [("0", 0), ("40:00", 144_000_000), (timedelta(days=2), 172_800_000)]
)
def test_exact_hours_know_no_bounds(value, milliseconds):
    assert exact_hours(value) == milliseconds


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("39.5", Fraction("39.5")),
        ("36,667", Fraction("36.667")),
        (110 / 3, Fraction("36.6666666666667")),
        (40, 40),
        ("40:30", Fraction("40.5")),
        (timedelta(hours=40), 40),
        (" 8 ", 8),
    ],
)
def test_a_total_may_have_any_number_of_decimals(value, hours):
    assert exact_total(value) == hours * 3_600_000


@pytest.mark.parametrize("value", ["1,000.50", "-3", "n/a", -3, True, float("nan")])
def test_a_total_has_no_other_notation_than_hours(value):
    with pytest.raises(HoursError):
        exact_total(value)


@pytest.mark.parametrize(
    ("hundredths", "text"), [(750, "7.50"), (5, "0.05"), (0, "0.00"), (273_599, "2735.99"), (-105, "-1.05")]
)
def test_hours_are_written_with_two_places(hundredths, text):
    assert hours_text(hundredths) == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-09", date(2026, 11, 9)),
        ("2026-1-4", date(2026, 1, 4)),
        ("09.11.2026", date(2026, 11, 9)),
        ("9.1.2026", date(2026, 1, 9)),
        ("11/09/2026", date(2026, 11, 9)),
        ("1/4/2026", date(2026, 1, 4)),
        ("11-09-2026", date(2026, 11, 9)),
        (" 2026-11-09 ", date(2026, 11, 9)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-11-09 07:30", date(2026, 11, 9)),
        ("2026-11-09T07:30:15", date(2026, 11, 9)),
        ("2026-11-09T07:30:15.123456+01:00", date(2026, 11, 9)),
        ("2026-11-09T23:59:59Z", date(2026, 11, 9)),
        ("11/09/2026 7:30 AM", date(2026, 11, 9)),
        ("11/09/2026 11:30:00pm", date(2026, 11, 9)),
        ("09.11.2026, 7:30", date(2026, 11, 9)),
        (datetime(2026, 11, 9, 23, 59), date(2026, 11, 9)),
        (date(2026, 11, 9), date(2026, 11, 9)),
    ],
)
def test_days_are_read_month_first(value, day):
    assert parse_day(value, day_first=False) == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("09/11/2026", date(2026, 11, 9)),
        ("9-11-2026", date(2026, 11, 9)),
        ("28/2/2026", date(2026, 2, 28)),
        ("2026-11-09", date(2026, 11, 9)),  # what has no two readings is read as ever
        ("09.11.2026", date(2026, 11, 9)),
    ],
)
def test_slashes_and_hyphens_are_read_day_first_where_that_was_asked_for(value, day):
    assert parse_day(value, day_first=True) == day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "10/16/26",  # a year has four digits
        "26-10-16",
        "16.10.26",
        "2026-13-01",
        "2026-02-30",
        "2025-02-29",
        "13/01/2026",
        "0000-01-01",
        "00/01/2026",
        "2026-011-09",
        "11/009/2026",
        "11/09/20261",
        "2026/11/09",  # not one of the notations
        "11/09-2026",
        "11.09/2026",
        "20261109",
        "9 Nov 2026",
        "٢٠٢٦-١١-٠٩",
        "2026-11-09 morning",
        "2026-11-09 25:00",
        "2026-11-09 7:61",
        "2026-11-0907:30",
        "2026-11-09x",
        " " * 5_000 + "2026-11-09",
        46328,
        46328.5,
        True,
        None,
        timedelta(hours=7),
        time(7, 30),
    ],
)
def test_no_other_notation_is_a_day(value):
    with pytest.raises(DayError) as caught:
        parse_day(value, day_first=False)
    assert caught.value.expected.endswith("(month first)")


def test_the_error_says_which_way_days_are_read():
    with pytest.raises(DayError) as caught:
        parse_day("11/16/2026", day_first=True)
    assert (caught.value.found, caught.value.expected[-11:]) == ("11/16/2026", "(day first)")


@given(st.dates(), st.booleans())
def test_every_day_is_read_in_every_notation(day, day_first):
    first, second = (day.day, day.month) if day_first else (day.month, day.day)
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year:04d}",
        f"{first}/{second}/{day.year:04d}",
        f"{first:02d}-{second:02d}-{day.year:04d}",
    ):
        assert parse_day(text, day_first) == day


@given(st.text(max_size=50) | st.text(alphabet="0123456789/-.: T", max_size=20), st.booleans())
def test_any_text_is_a_day_or_an_error(text, day_first):
    try:
        assert isinstance(parse_day(text, day_first), date)
    except DayError as error:
        assert error.found and error.expected


@pytest.mark.parametrize(
    ("value", "text"),
    [("", "nothing"), ("  ", "nothing"), (" x ", "x"), (True, "TRUE"), (0.1 + 0.2, "0.3"), ("x" * 99, "x" * 59 + "…")],
)
def test_a_message_quotes_a_cell_in_short(value, text):
    assert shown(value) == text
