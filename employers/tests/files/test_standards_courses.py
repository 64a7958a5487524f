"""Required courses, wage steps and credentials, a row each, and the codes that they are known by."""

import pytest


@pytest.mark.parametrize(
    ("sheet", "column", "known"),
    [
        ("WorkProcesses", "Skill Sort Order", 1),
        ("RelatedInstruction", "Course Code", "mssc-s"),
        ("WageSchedule", "Step Sort Order", 1),
        ("Credentials", "Credential Code", "CPT-s"),
    ],
)
def test_a_code_twice_is_refused(draft, sheet, column, known):
    draft[sheet, 3, column] = known
    (fault,) = draft.faults()
    assert (fault.sheet, fault.row, fault.column, fault.found) == (sheet, 3, column, str(known))
    assert fault.expected == "each only once; row 2 has it already"


def test_a_course_or_credential_without_a_code_is_known_by_its_title(draft):
    draft["RelatedInstruction", 2, "Course Code"] = None
    draft["Credentials", 6, "Credential Code"] = None
    content = draft.read()
    assert content.courses[0].code == "MSSC Safety"
    assert content.credentials[4].code == "OSHA 10"


def test_a_title_too_long_for_a_code_asks_for_a_code(draft):
    draft["RelatedInstruction", 2, "Course Code"] = None
    draft["RelatedInstruction", 2, "Course Name"] = "Safety " * 20
    assert draft.fault()[:3] == ("RelatedInstruction", 2, "Course Code")


def test_a_code_that_is_a_number_is_read_as_it_is_shown(draft):
    draft["RelatedInstruction", 2, "Course Code"] = 10_432.0
    assert draft.read().courses[0].code == "10432"


def test_the_sort_order_decides_and_not_the_row(draft):
    draft["RelatedInstruction", 2, "Course Sort Order"] = 99
    content = draft.read()
    assert [course.code for course in content.courses][-1] == "MSSC-S"


def test_a_wage_step_without_a_title_is_known_by_its_number(draft):
    draft["WageSchedule", 3, "Step Level Title"] = None
    assert draft.read().wage_steps[1].title == "Step 2"


def test_a_step_may_need_months_and_instruction(draft):
    draft["WageSchedule", 3, "Step Duration"] = 6
    draft["WageSchedule", 3, "Step RSI Hours"] = 72
    step = draft.read().wage_steps[1]
    assert (step.months, step.ri_hours) == (6, 7_200)


def test_without_wage_steps_courses_and_credentials_there_are_none(draft):
    for sheet in ("RelatedInstruction", "WageSchedule", "Credentials"):
        draft.workbook[sheet].delete_rows(2, 50)
    content = draft.read()
    assert (content.courses, content.wage_steps, content.credentials) == ((), (), ())
