import io
from datetime import datetime

import pytest

from imt.sheets import NamedRow, TableRefused, read_named
from imt.tests.sheets.workbook_files import saved


def rows(text, required=("ref", "hours"), optional=("note",)):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_named(io.BytesIO(data), "opening.csv", required=required, optional=optional))


def test_each_line_is_a_row_of_trimmed_text_by_column():
    assert rows("ref,hours,note\n IMT-1 ,8.00, two words \n") == [
        NamedRow(2, {"ref": "IMT-1", "hours": "8.00", "note": "two words"})
    ]


def test_names_are_compared_without_case_and_outer_blanks_in_any_order():
    assert rows("Hours ;REF;other\n8;IMT-1;x\n") == [NamedRow(2, {"ref": "IMT-1", "hours": "8", "note": ""})]


def test_empty_lines_are_skipped_and_short_ones_filled_up():
    assert rows("ref,hours,note\n\n , ,\nIMT-1\n") == [NamedRow(4, {"ref": "IMT-1", "hours": "", "note": ""})]


def test_a_line_keeps_its_place_below_a_cell_of_several_lines():
    assert [row.line for row in rows('ref,hours\n"a\nb",1\nc,2\n')] == [2, 4]


def test_days_and_numbers_of_a_workbook_are_text():
    data = saved([["ref", "hours", "note"], [12, 7.5, datetime(2026, 11, 9)]])
    assert rows(data) == [NamedRow(2, {"ref": "12", "hours": "7.5", "note": "2026-11-09"})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ref,note\n", "opening.csv, line 1: no column hours; found are: ref, note"),
        ("ref;note\n", "opening.csv, line 1: no column hours; found are: ref, note"),
        ("a,b\n", "opening.csv, line 1: no columns ref, hours; found are: a, b"),
        ("title\nref,hours\n", "opening.csv, line 1: no columns ref, hours; found are: title"),
        ("ref,hours,Ref\n", "opening.csv, line 1: column ref stands there twice"),
        ("\n", "opening.csv, line 1: no columns ref, hours; found are: "),
    ],
)
def test_missing_and_double_columns_are_named_at_once(text, message):
    with pytest.raises(TableRefused) as caught:
        read_named(io.BytesIO(text.encode()), "opening.csv", required=("ref", "hours"), optional=("note",))
    assert str(caught.value).startswith(message)
