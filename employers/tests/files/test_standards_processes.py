"""Work processes and their skills, a row each."""

import pytest

from employers.files.published_sheets import SHEETS
from employers.files.standards import process_code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("A. Safety", "A"),
        ("A1.2. Safety", "A1"),
        (" B . Set-up", "B"),
        ("Safety", "Safety"),
        (".NET upkeep", ".NET upkeep"),
        ("", ""),
    ],
)
def test_a_process_code_is_what_stands_before_the_first_period(title, code):
    assert process_code(title) == code


def test_without_a_process_the_workbook_is_refused(draft):
    draft.workbook["WorkProcesses"].delete_rows(2, 100)
    (fault,) = draft.faults()
    assert (fault.sheet, fault.expected) == ("WorkProcesses", "at least one work process")


def test_a_process_without_skills_has_empty_skill_cells(draft):
    for row in (3, 4):
        draft["WorkProcesses", row, "Work Process Title"] = None
        for column in SHEETS["WorkProcesses"]:
            draft["WorkProcesses", row, column] = None
    draft["WorkProcesses", 2, "Skill Sort Order"] = None
    draft["WorkProcesses", 2, "Skill Title"] = None
    assert draft.read().processes[0].competencies == ()


@pytest.mark.parametrize("title", ["A. Another one", "a. Safety and plant orientation"])
def test_the_code_of_another_process_is_refused(draft, title):
    for row in (5, 6, 7):
        draft["WorkProcesses", row, "Work Process Title"] = title
    faults = draft.faults()
    assert [(fault.row, fault.column, fault.found) for fault in faults[:1]] == [(5, "Work Process Title", title)]
    assert faults[0].expected == "another code: row 2 has A"


@pytest.mark.parametrize(
    ("column", "written"),
    [("Work Process Sort Order", 9), ("Minimum Hours", 97), ("Maximum Hours", None)],
)
def test_rows_of_one_process_that_contradict_each_other_are_refused(draft, column, written):
    draft["WorkProcesses", 3, column] = written
    sheet, row, where, _found = draft.fault()
    assert (sheet, row, where) == ("WorkProcesses", 3, column)


def test_a_process_whose_minimum_is_above_its_maximum_is_refused(draft):
    for row in (2, 3, 4):
        draft["WorkProcesses", row, "Maximum Hours"] = 95
    assert draft.fault() == ("WorkProcesses", 2, "Maximum Hours", "95")


def test_an_empty_maximum_is_none(draft):
    for row in (2, 3, 4):
        draft["WorkProcesses", row, "Maximum Hours"] = None
    draft["Details", 2, "Maximum OJT Hours"] = None
    content = draft.read()
    assert (content.processes[0].maximum, content.ojl_maximum) == (None, None)


def test_an_empty_minimum_of_a_process_asks_for_no_hours(draft):
    for row in (2, 3, 4):
        draft["WorkProcesses", row, "Minimum Hours"] = None
    assert draft.read().processes[0].minimum == 0


def test_a_skill_needs_a_title_beside_its_number_and_a_number_beside_its_title(draft):
    draft["WorkProcesses", 2, "Skill Title"] = None
    draft["WorkProcesses", 6, "Skill Sort Order"] = None
    assert [(fault.row, fault.column) for fault in draft.faults()] == [(2, "Skill Title"), (6, "Skill Sort Order")]
