from decimal import Decimal

import pytest
from django import forms

from apprentices.forms.weeks import HoursCellField


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
    assert HoursCellField().clean(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_cell_is_none(text):
    assert HoursCellField().clean(text) is None


@pytest.mark.parametrize("text", ["eight", "8.505", "-1", "24.01", "25", "8:75", "1,000.50", "٨", "8 h 5", "9" * 5_000])
def test_what_is_no_hours_of_a_day_says_so_in_few_words(text):
    with pytest.raises(forms.ValidationError) as refusal:
        HoursCellField().clean(text)
    assert len(refusal.value.messages[0]) < 160
