from decimal import Decimal

import pytest

from employers.files.cells import Cells
from imt.sheets import NamedRow


def cells(text):
    return Cells(NamedRow(7, {"cell": text}))


@pytest.mark.parametrize(("text", "hours"), [("48", "48.00"), ("48.5", "48.50"), ("48,25", "48.25"), ("0.01", "0.01")])
def test_hours_have_two_places_at_most(text, hours):
    assert cells(text).hours("cell") == Decimal(hours)


@pytest.mark.parametrize("text", ["", "0", "0.00", "-1", "8.500", "1,000.50", "8h", "1e3", "٨", "12345678"])
def test_what_is_no_number_of_hours_is_an_error(text):
    line = cells(text)
    assert line.hours("cell") is None
    assert [(error.line, error.field) for error in line.errors] == [(7, "cell")]


def test_an_empty_cell_may_be_allowed():
    line = cells("")
    assert line.hours("cell", is_needed=False) is None
    assert line.choice("cell", ["A"], is_needed=False) == ""
    assert not line.errors


@pytest.mark.parametrize("text", ["SELF_PACED", "self-paced", "Self paced"])
def test_a_choice_is_known_in_any_spelling(text):
    assert cells(text).choice("cell", ["ONLINE", "SELF_PACED"]) == "SELF_PACED"


@pytest.mark.parametrize("text", ["", "hybrid"])
def test_no_choice_is_an_error(text):
    line = cells(text)
    line.choice("cell", ["ONLINE", "SELF_PACED"])
    assert [error.expected for error in line.errors] == ["one of ONLINE, SELF_PACED"]


@pytest.mark.parametrize("text", ["", "xxxx", "a\x00b"])
def test_text_is_needed_short_and_printable(text):
    line = cells(text)
    line.text("cell", 3, is_needed=True)
    assert len(line.errors) == 1


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("3", 3), ("32767", 32767)])
def test_a_whole_number_is_read(text, number):
    assert cells(text).whole("cell", 32_767) == number


@pytest.mark.parametrize("text", ["", "1.5", "-1", "32768", "²"])
def test_what_is_no_whole_number_is_an_error(text):
    line = cells(text)
    assert line.whole("cell", 32_767) is None
    assert line.errors
