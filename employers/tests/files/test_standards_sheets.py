"""The sheets of a standards workbook and their columns; what no sheet can be read from."""

import io

import pytest

from employers.files.published_sheets import SHEETS
from employers.files.standards import read_standards
from imt.sheets import TableRefused


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_a_missing_sheet_is_refused(draft, sheet):
    del draft.workbook[sheet]
    with pytest.raises(TableRefused, match=f"no sheet {sheet}"):
        draft.read()


@pytest.mark.parametrize(("sheet", "column"), [(sheet, column) for sheet in SHEETS for column in SHEETS[sheet]])
def test_a_missing_column_is_refused(draft, sheet, column):
    draft[sheet, 1, column] = "Something else"
    assert draft.fault()[:3] == (sheet, 1, column)


def test_a_column_that_stands_there_twice_is_refused(draft):
    draft.workbook["Details"].cell(1, 30).value = " sponsor  NAME"
    (fault,) = draft.faults()
    assert (fault.column, fault.expected) == ("Sponsor Name", "this column once")


def test_headers_are_compared_without_case_and_other_columns_are_ignored(draft, example):
    draft["WorkProcesses", 1, "Minimum Hours"] = "MINIMUM hours "
    draft.workbook["WorkProcesses"].cell(1, 20).value = "Remarks"
    draft.workbook["WorkProcesses"].cell(5, 20).value = "our own"
    assert draft.read() == example


def test_columns_may_stand_in_another_order(draft, example):
    sheet = draft.workbook["RelatedInstruction"]
    rows = [list(row)[::-1] for row in sheet.iter_rows(values_only=True)]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)
    assert draft.read() == example


def test_empty_rows_are_skipped(draft, example):
    draft.workbook["WorkProcesses"].insert_rows(4, 2)
    assert draft.read() == example


def test_all_faults_are_reported_at_once_in_the_order_of_the_sheets(draft):
    draft["Credentials", 2, "Credential Sort Order"] = "first"
    draft["WorkProcesses", 9, "Minimum Hours"] = "x"
    draft["Details", 2, "Type"] = "?"
    draft["WorkProcesses", 2, "Skill Sort Order"] = "x"
    places = [(fault.sheet, fault.row) for fault in draft.faults()]
    assert places == sorted(places, key=lambda place: (list(SHEETS).index(place[0]), place[1]))
    assert {sheet for sheet, _row in places} == {"Details", "WorkProcesses", "Credentials"}


def test_a_file_that_is_no_workbook_is_refused():
    with pytest.raises(TableRefused, match="is no workbook"):
        read_standards(io.BytesIO(b"Sponsor Name,Type\nWRTP,Hybrid\n"), "standards.csv")
    with pytest.raises(TableRefused):
        read_standards(io.BytesIO(b"PK\x03\x04 broken"), "broken.xlsx")
