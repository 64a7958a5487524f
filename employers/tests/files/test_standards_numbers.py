"""Numbers in any sheet of a standards workbook: what is one, and what is refused with its place."""

from datetime import date
from decimal import Decimal

import pytest


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
