import io
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from employers.files.faults import StandardsRefused
from employers.files.published_sheets import SHEETS
from employers.files.standards import process_code, read_standards
from employers.rules.standards import content_digest
from imt.sheets import TableRefused

EXAMPLE = Path(__file__).parent.parent / "data" / "imt_standards.xlsx"


class Draft:
    """The example workbook, changed cell by cell: draft[sheet, row, column name] = value."""

    def __init__(self):
        self.workbook = openpyxl.load_workbook(EXAMPLE)

    def __setitem__(self, place, value):
        sheet, row, column = place
        self.workbook[sheet].cell(row, SHEETS[sheet].index(column) + 1).value = value

    def read(self):
        stream = io.BytesIO()
        self.workbook.save(stream)
        return read_standards(stream, "changed.xlsx")

    def faults(self):
        with pytest.raises(StandardsRefused) as refused:
            self.read()
        return refused.value.faults

    def fault(self):
        """(sheet, row, column, found) of the only fault."""
        (fault,) = self.faults()
        return fault.sheet, fault.row, fault.column, fault.found


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture(scope="module")
def example():
    return read_standards(EXAMPLE, "imt_standards.xlsx")


def test_the_example_is_the_program_of_the_papers(example):
    assert replace(example, processes=(), courses=(), wage_steps=(), credentials=()) == type(example)(
        sponsor_name="WRTP/BIG STEP",
        occupation="Industrial Manufacturing Technician",
        existing_title="",
        onet_code="17-3029.09",
        rapids_code="2031HY",
        approach="HYBRID",
        term_months=18,
        ojl_minimum=273_600,
        ojl_maximum=273_600,
        ri_minimum=26_400,
        ri_maximum=26_400,
        ratio="1:1",
        probation="750 hours",
        registration_state="WI",
        agency_kind="SAA",
        registered_on=date(2014, 11, 1),
        updated_on=date(2026, 1, 5),
        processes=(),
    )


def test_a_process_spans_the_rows_of_its_skills(example):
    assert [process.code for process in example.processes] == list("ABCDEFGH")
    operating = example.processes[2]
    assert operating.title == "C. Operating and monitoring production equipment"
    assert (operating.position, operating.minimum, operating.maximum) == (3, 64_000, 104_000)
    assert [competency.number for competency in operating.competencies] == [1, 2, 3, 4]
    assert operating.competencies[3].title == "Keeps production records"
    assert sum(len(process.competencies) for process in example.processes) == 26


def test_courses_steps_and_credentials_are_read_in_order(example):
    assert [course.code for course in example.courses] == ["MSSC-S", "MSSC-Q", "MSSC-P", "MSSC-M", "MATH", "COMM"]
    assert example.courses[4].hours == 3_600
    assert [(step.ojl_hours, step.percentage) for step in example.wage_steps] == [
        (0, Decimal(80)),
        (68_400, Decimal(85)),
        (136_800, Decimal(90)),
        (205_200, Decimal(95)),
    ]
    assert [each.code for each in example.credentials] == ["CPT-S", "CPT-Q", "CPT-P", "CPT-M", "OSHA10", "FACPR"]
    assert [each.issuer for each in example.credentials][-1] == ""


def test_a_saved_copy_has_the_same_content(example, draft):
    assert content_digest(draft.read()) == content_digest(example)


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


@pytest.mark.parametrize(
    ("written", "approach"),
    [
        ("Time-based", "TIME_BASED"),
        ("TIMEBASED", "TIME_BASED"),
        ("time based", "TIME_BASED"),
        ("competency-Based", "COMPETENCY_BASED"),
        ("competency\u2011based", "COMPETENCY_BASED"),
        (" hybrid ", "HYBRID"),
    ],
)
def test_the_type_is_read_without_case_and_hyphen(draft, written, approach):
    draft["Details", 2, "Type"] = written
    assert draft.read().approach == approach


@pytest.mark.parametrize("written", ["Time", "Apprenticeship", None, 1])
def test_any_other_type_is_refused(draft, written):
    draft["Details", 2, "Type"] = written
    assert draft.fault()[:3] == ("Details", 2, "Type")


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


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Details", 2, "Minimum OJT Hours"),
        ("Details", 2, "Maximum OJT Hours"),
        ("Details", 2, "Minimum RSI Hours"),
        ("Details", 2, "Term (in months)"),
        ("WorkProcesses", 2, "Work Process Sort Order"),
        ("WorkProcesses", 2, "Skill Sort Order"),
        ("RelatedInstruction", 3, "Course Hours"),
        ("RelatedInstruction", 3, "Course Sort Order"),
        ("WageSchedule", 4, "Step OJT Hours"),
        ("WageSchedule", 4, "Step RSI Hours"),
        ("WageSchedule", 4, "Step OJT Percentage"),
        ("WageSchedule", 4, "Step Duration"),
        ("Credentials", 2, "Credential Sort Order"),
    ],
)
def test_a_number_that_is_none_is_refused_with_its_place(draft, sheet, row, column):
    draft[sheet, row, column] = "many"
    assert draft.fault() == (sheet, row, column, "many")


@pytest.mark.parametrize("written", ["2,736", "-1", "1 000", "١٢", "nan", "1e3", True, date(2026, 1, 5)])
@pytest.mark.parametrize("column", ["Minimum OJT Hours", "Term (in months)"])
def test_nothing_is_taken_for_a_number_that_is_none(draft, column, written):
    draft["Details", 2, column] = written
    assert draft.fault()[:3] == ("Details", 2, column)


@pytest.mark.parametrize("months", [0, -18, 17.5, 601])
def test_a_term_is_a_whole_number_of_months(draft, months):
    draft["Details", 2, "Term (in months)"] = months
    assert draft.fault() == ("Details", 2, "Term (in months)", str(months))


@pytest.mark.parametrize("written", [-8, 96.125, 1_000_000.5, "96.125"])
def test_hours_are_not_negative_and_have_at_most_two_decimals(draft, written):
    draft["RelatedInstruction", 2, "Course Hours"] = written
    (fault,) = draft.faults()
    assert (fault.row, fault.column) == (2, "Course Hours")
    assert str(fault) == (
        f"RelatedInstruction, row 2, Course Hours: found “{written}”, "
        "expected a number of hours from 0 to 1,000,000 with at most two decimals"
    )


@pytest.mark.parametrize(
    ("written", "hundredths"),
    [(48, 4_800), (48.5, 4_850), (0.1 + 0.2, 30), ("48", 4_800), (" 48.25 ", 4_825), (None, None), (0, 0)],
)
def test_hours_are_read_to_the_hundredth(draft, written, hundredths):
    draft["RelatedInstruction", 2, "Course Hours"] = written
    assert draft.read().courses[0].hours == hundredths


@pytest.mark.parametrize(
    ("written", "percentage"),
    [(80, "80.00"), (87.5, "87.50"), (0.8, "80.00"), (1, "100.00"), ("80%", "80.00"), ("80 %", "80.00"), (None, None)],
)
def test_a_percentage_is_read_as_typed_or_as_the_percent_format_keeps_it(draft, written, percentage):
    draft["WageSchedule", 3, "Step OJT Percentage"] = written
    found = draft.read().wage_steps[1].percentage
    assert found == (None if percentage is None else Decimal(percentage))


@pytest.mark.parametrize(
    ("sheet", "row", "minimum", "maximum"),
    [
        ("Details", 2, "Minimum OJT Hours", "Maximum OJT Hours"),
        ("Details", 2, "Minimum RSI Hours", "Maximum RSI Hours"),
    ],
)
def test_a_total_whose_minimum_is_above_its_maximum_is_refused(draft, sheet, row, minimum, maximum):
    draft[sheet, row, minimum] = 3_000
    draft[sheet, row, maximum] = 2_999.99
    (fault,) = draft.faults()
    assert (fault.row, fault.column, fault.found) == (row, maximum, "2999.99")
    assert fault.expected == "no less than the minimum, 3000.00"


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


@pytest.mark.parametrize("column", ["Minimum OJT Hours", "Minimum RSI Hours"])
def test_only_competency_based_standards_may_leave_a_total_open(draft, column):
    draft["Details", 2, column] = None
    assert draft.fault() == ("Details", 2, column, "")
    draft["Details", 2, "Type"] = "Competency-based"
    draft.read()


@pytest.mark.parametrize("column", ["Sponsor Name", "Occupation Title"])
def test_sponsor_and_occupation_must_be_named(draft, column):
    draft["Details", 2, column] = "  "
    assert draft.fault() == ("Details", 2, column, "")


def test_details_without_a_row_are_refused(draft):
    draft.workbook["Details"].delete_rows(2)
    assert draft.fault()[:2] == ("Details", 2)


def test_a_workbook_holds_one_program(draft):
    draft["Details", 3, "Sponsor Name"] = "Catalyst Connection"
    assert draft.fault() == ("Details", 3, "Sponsor Name", "Catalyst Connection")


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


def test_a_skill_needs_a_title_beside_its_number_and_a_number_beside_its_title(draft):
    draft["WorkProcesses", 2, "Skill Title"] = None
    draft["WorkProcesses", 6, "Skill Sort Order"] = None
    assert [(fault.row, fault.column) for fault in draft.faults()] == [(2, "Skill Title"), (6, "Skill Sort Order")]


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


def test_empty_rows_are_skipped(draft, example):
    draft.workbook["WorkProcesses"].insert_rows(4, 2)
    assert draft.read() == example


def test_a_ratio_that_became_a_time_of_day_is_read_as_typed(draft):
    draft["Details", 2, "Ratio of Apprentice to Journeyworker"] = time(1, 2)
    assert draft.read().ratio == "1:2"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-05", date(2026, 1, 5)),
        ("1/5/2026", date(2026, 1, 5)),
        (None, None),
        (date(2026, 1, 5), date(2026, 1, 5)),
    ],
)
def test_days_are_dates_or_text(draft, written, day):
    draft["Details", 2, "Latest Registration Update"] = written
    assert draft.read().updated_on == day


@pytest.mark.parametrize("written", ["last year", "2026-02-30", "13/13/2026", "20260105"])
def test_what_is_no_day_is_refused(draft, written):
    draft["Details", 2, "Registration Date"] = written
    assert draft.fault() == ("Details", 2, "Registration Date", str(written))


@pytest.mark.parametrize(("written", "kind"), [("oa", "OA"), ("SAA", "SAA"), (None, "")])
def test_the_kind_of_agency_is_oa_or_saa(draft, written, kind):
    draft["Details", 2, "OA or SAA"] = written
    assert draft.read().agency_kind == kind


def test_another_kind_of_agency_is_refused(draft):
    draft["Details", 2, "OA or SAA"] = "FBI"
    assert draft.fault() == ("Details", 2, "OA or SAA", "FBI")


def test_text_longer_than_its_column_is_refused(draft):
    draft["Details", 2, "Sponsor Name"] = "W" * 201
    (fault,) = draft.faults()
    assert (fault.column, fault.expected) == ("Sponsor Name", "at most 200 characters")


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
