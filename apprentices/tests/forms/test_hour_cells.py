from decimal import Decimal

import pytest

from apprentices.forms.hour_cells import hours_of


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8", "8.00"),
        ("8.5", "8.50"),
        ("8,5", "8.50"),
        ("8:30", "8.50"),
        ("2h30m", "2.50"),
        ("90m", "1.50"),
        (" 7:20 ", "7.33"),
        ("24", "24.00"),
        ("0", "0.00"),
        ("0:00", "0.00"),
    ],
)
def test_every_notation_is_read(text, hours):
    assert hours_of(text) == (Decimal(hours), "")


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_cell_is_none(text):
    assert hours_of(text) == (None, "")


@pytest.mark.parametrize("text", ["eight", "8.505", "-1", "24.01", "25", "8:75", "1,000.50", "٨", "8 h 5", "9" * 5_000])
def test_what_is_no_hours_of_a_day_says_so_in_few_words(text):
    hours, error = hours_of(text)
    assert hours is None
    assert 0 < len(error) < 160
