import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imt.exports import FORMULA_STARTS, neutralized, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+49 414", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_begins_like_a_formula_gets_a_mark(text):
    assert neutralized(text) == "'" + text


@pytest.mark.parametrize("value", ["", "Ana", "a=b", "O'Brien", "'quoted'", 5, -5, None, " =1"])
def test_anything_else_stays_as_it_is(value):
    assert neutralized(value) == value


@given(st.text(alphabet="'=+-@\t\rab"))
def test_taking_one_mark_off_gives_the_text_back(text):
    sent = neutralized(text)
    assert not sent.startswith(FORMULA_STARTS)
    is_marked = sent.startswith("'") and sent.lstrip("'").startswith(FORMULA_STARTS)
    assert (sent[1:] if is_marked else sent) == text


def test_a_csv_is_quoted_where_needed_and_none_is_empty():
    stream = io.StringIO()
    write_csv(stream, ["name", "count"], [["=cmd", 3], ['Tool, "Die"', None]])
    assert stream.getvalue() == 'name,count\n\'=cmd,3\n"Tool, ""Die""",\n'
