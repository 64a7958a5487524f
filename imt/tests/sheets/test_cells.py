from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imt.exports import neutralized
from imt.sheets import text_of, unmarked


@pytest.mark.parametrize("text", ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx"])
def test_the_mark_before_a_formula_is_taken_off(text):
    assert unmarked(text) == text[1:]


@pytest.mark.parametrize("value", ["'quoted'", "O'Brien", "=1", "'", "", "' =1", 7, None])
def test_anything_else_keeps_its_apostrophe(value):
    assert unmarked(value) == value


@given(st.text(alphabet="'=+-@\t\rab"))
def test_what_an_export_marks_comes_back_as_it_was(text):
    assert unmarked(neutralized(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" IMT-0006 ", "IMT-0006"),
        ("\u00a0C\u00a0", "C"),
        (None, ""),
        (1234, "1234"),
        (1234.0, "1234"),
        (0.1 + 0.2, "0.3"),
        (7.125, "7.125"),
        (12345678901234567, "12345678901234567"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 11, 9), "2026-11-09"),
        (datetime(2026, 11, 9), "2026-11-09"),
        (datetime(2026, 11, 9, 7, 30), "2026-11-09 07:30:00"),
        (timedelta(hours=7, minutes=30), "7:30:00"),
        (timedelta(hours=40), "40:00:00"),
    ],
)
def test_a_cell_reads_as_a_spreadsheet_program_shows_it(value, text):
    assert text_of(value) == text
