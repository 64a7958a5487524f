"""The first half of the checks of a line, in the contract's order (contract: Files of hours)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.hour_lines import (
    NO_APPRENTICE,
    WEEKDAYS,
    Claim,
    HourRecord,
    LineOutcome,
    Person,
    WeekRecord,
    check_line,
    process_names,
)
from apprentices.rules.hours import hours_text

OPERATING, QUALITY, TOTAL_PRODUCTIVE = 3, 4, 5
PROCESSES = process_names(
    [
        (OPERATING, "C", "C. Operating and monitoring"),
        (QUALITY, "D", "Quality practices"),
        (TOTAL_PRODUCTIVE, "TPM", "TPM. Total productive maintenance"),
    ]
)
ANA = Person(apprenticeship_id=10, person_id=1, employer_id=7, processes=PROCESSES)
PEOPLE = {"IMT-0006": ANA}
NBSP = "\u00a0"


def line(**changes):
    values = {"apprentice_ref": "IMT-0006", "worked_on": "2026-11-09", "work_process": "C", "hours": "8"}
    return HourRecord(2, **values | changes)


def week(*days, **changes):
    values = {"apprentice_ref": "IMT-0006", "week_ending": "2026-11-15", "work_process": "C"}
    return WeekRecord(2, **values | changes, days=(*days, *("",) * (7 - len(days))))


def checked(record, day_first=False):
    return check_line(record, people=PEOPLE, day_first=day_first)


def verdict(record):
    """The label of the expected files: skipped, error:FIELD, or claims."""
    outcome = checked(record)
    if isinstance(outcome, list):
        return "claims"
    return f"{outcome.outcome}:{outcome.field}" if outcome.field else outcome.outcome


def test_a_good_line_is_one_claim():
    record = line(note=" set-up ", entry_ref=" ref-1 ", hours="7:20")
    assert checked(record) == [Claim(2, 10, 1, OPERATING, date(2026, 11, 9), 733, "set-up", "ref-1", "hours")]


# empty, total, pay_code


@pytest.mark.parametrize("blank", ["", "  ", NBSP])
def test_a_line_without_anything_is_skipped(blank):
    record = line(apprentice_ref=blank, worked_on=blank, work_process=blank, hours=blank, all_cells=[blank] * 9)
    assert checked(record) == LineOutcome(2, "skipped", found="an empty line")


def test_a_line_that_holds_something_in_a_column_of_no_field_is_not_empty():
    record = line(apprentice_ref="", worked_on="", work_process="", hours="", all_cells=["", "printed by Sam"])
    assert verdict(record) == "error:apprentice_ref"


@pytest.mark.parametrize(
    "cell",
    ["Total", "TOTAL", " subtotal ", "Grand Total", "grand  total", "Total:", "Total week 45", "Subtotal.", "Total. x"],
)
@pytest.mark.parametrize("field", ["apprentice_ref", "work_process"])
def test_totals_are_skipped(cell, field):
    assert checked(line(**{field: cell, "pay_code": "XYZ", "hours": "x"})).found == "a line of totals"


@pytest.mark.parametrize(
    "cell", ["Totals", "Total-1", "Sub total", "Subtotals", "Totalling", "The total", "grandtotal"]
)
def test_other_words_are_no_totals(cell):
    assert verdict(line(apprentice_ref=cell)) == "error:apprentice_ref"
    assert verdict(line(work_process=cell)) == "error:work_process"


@pytest.mark.parametrize("cell", ["Total productive maintenance", "TPM", "tpm. total productive maintenance"])
def test_a_process_that_is_called_total_is_worked_on(cell):
    assert checked(line(work_process=cell))[0].work_process_id == TOTAL_PRODUCTIVE


def test_a_process_called_total_sums_up_where_the_person_has_none_of_that_name():
    people = {"IMT-0006": Person(10, 1, 7, process_names([(1, "A", "Safety")]))}
    record = line(work_process="Total productive maintenance")
    assert check_line(record, people=people, day_first=False).outcome == "skipped"


def test_a_title_called_total_that_two_processes_share_sums_up_nothing():
    names = process_names([(1, "A", "A. Total care"), (2, "B", "B. Total care")])
    record = line(work_process="Total care")
    assert check_line(record, people={"IMT-0006": Person(10, 1, 7, names)}, day_first=False).field == "work_process"


@pytest.mark.parametrize("code", ["VAC", "SICK", "HOL", "PTO", "vac", " Sick "])
def test_absence_is_skipped_whoever_it_is(code):
    record = line(pay_code=code, apprentice_ref="IMT-9999", hours="x")
    assert checked(record).outcome == "skipped"
    assert code.strip() in checked(record).found


@pytest.mark.parametrize("code", ["", " ", "REG", "OT", "DT", "reg"])
def test_work_is_claimed(code):
    assert verdict(line(pay_code=code)) == "claims"


@pytest.mark.parametrize("code", ["XYZ", "0", "REG OT", "VACATION", "R"])
def test_any_other_pay_code_is_an_error_before_everything_else(code):
    record = line(pay_code=code, apprentice_ref="IMT-9999", worked_on="x", work_process="x", hours="x")
    assert verdict(record) == "error:pay_code"
    assert checked(record).found == code


# apprentice_ref, days, work_process, hours: in this order


def test_the_first_failure_is_the_one_that_is_reported():
    wrong = {"apprentice_ref": "IMT-9999", "worked_on": "2026-13-01", "work_process": "Z", "hours": "eight"}
    right = {"apprentice_ref": "IMT-0006", "worked_on": "2026-11-09", "work_process": "C", "hours": "8"}
    for field in wrong:
        assert verdict(line(**wrong)) == f"error:{field}"
        wrong[field] = right[field]
    assert verdict(line(**wrong)) == "claims"


def test_the_first_failure_of_a_week_is_the_one_that_is_reported():
    wrong = {"apprentice_ref": "", "week_ending": "", "work_process": ""}
    right = {"apprentice_ref": "IMT-0006", "week_ending": "2026-11-15", "work_process": "C"}
    for field in wrong:
        assert verdict(week("x", **wrong)) == f"error:{field}"
        wrong[field] = right[field]
    assert verdict(week("x")) == "error:hours"


def test_a_ref_is_compared_as_it_is_written_without_outer_blanks():
    assert verdict(line(apprentice_ref=f" IMT-0006{NBSP}")) == "claims"
    assert verdict(line(apprentice_ref="imt-0006")) == "error:apprentice_ref"
    assert checked(line(apprentice_ref="")).found == "nothing"


def test_an_error_says_what_was_found_and_what_is_expected():
    assert checked(line(hours="eight")) == LineOutcome(
        2,
        "error",
        "hours",
        "eight",
        "hours such as 8, 8.5, 8,5, 8:30, 2h30m or 90m, with two decimals at most",
        "hours",
    )


def test_zero_is_an_error_in_a_list():
    assert verdict(line(hours="0")) == "error:hours"


def test_days_and_hours_of_a_workbook_are_read():
    record = line(worked_on=datetime(2026, 11, 2, 6, 0), hours=timedelta(hours=7, minutes=30))
    assert (checked(record)[0].worked_on, checked(record)[0].hours) == (date(2026, 11, 2), 750)


def test_days_are_read_day_first_where_that_was_asked_for():
    assert checked(line(worked_on="09/11/2026"), day_first=True)[0].worked_on == date(2026, 11, 9)


# names of processes


@pytest.mark.parametrize(
    "cell",
    [
        "C",
        "c",
        " C ",
        "C. Operating and monitoring",
        "c. operating AND monitoring",
        "Operating and monitoring",
        f"operating{NBSP}and  monitoring ",
        "C.Operating and monitoring",
    ],
)
def test_a_process_is_named_by_code_or_title_with_or_without_the_code(cell):
    assert checked(line(work_process=cell))[0].work_process_id == OPERATING


@pytest.mark.parametrize("cell", ["D", "Quality practices", "D. Quality practices"])
def test_the_code_may_stand_before_a_title_that_is_kept_without_it(cell):
    assert checked(line(work_process=cell))[0].work_process_id == QUALITY


@pytest.mark.parametrize("cell", ["", "Z", "C.", "D. Operating and monitoring", "Operating", "x" * 10_000])
def test_anything_else_names_no_process(cell):
    assert verdict(line(work_process=cell)) == "error:work_process"


def test_a_code_beats_a_title_and_a_shared_title_names_nothing():
    names = process_names([(1, "A", "A. B"), (2, "B", "B. Set-up"), (3, "C", "C. Set-up")])
    assert (names["b"], names["set-up"], names["a. b"], names["c. set-up"]) == (2, None, 1, 3)


def test_a_title_without_a_period_is_its_own_code():
    assert set(process_names([(1, "Welding", "Welding")]).items()) >= {("welding", 1), ("Welding", 1)}


def test_an_empty_cell_names_no_process_even_where_a_title_is_empty():
    assert "" not in process_names([(1, "A", "")])


# matrix


def test_each_weekday_is_a_claim_within_the_seven_days_that_end_with_the_week():
    claims = checked(week("1", "2", "3", "4", "5", "6", "7", note=" n "))
    assert [(claim.worked_on.day, claim.hours, claim.cell) for claim in claims] == [
        (9 + index, 100 * (index + 1), name) for index, name in enumerate(WEEKDAYS)
    ]
    assert {(claim.note, claim.entry_ref, claim.line) for claim in claims} == {("n", "", 2)}


@given(st.dates(date(1, 1, 7)), st.integers(0, 6))
def test_a_day_has_the_weekday_of_its_column_whatever_day_the_week_ends_on(week_ending, weekday):
    days = ["" if index != weekday else "8" for index in range(7)]
    (claim,) = checked(week(*days, week_ending=week_ending.isoformat()))
    assert claim.worked_on.weekday() == weekday
    assert timedelta() <= week_ending - claim.worked_on <= timedelta(days=6)


def test_a_week_that_ends_before_there_were_seven_days_is_an_error():
    assert verdict(week("8", week_ending="0001-01-03")) == "error:week_ending"


@pytest.mark.parametrize("cell", ["", " ", "0", "0.00", "0:00", "0m", 0, 0.0, timedelta()])
def test_empty_and_zero_cells_are_skipped(cell):
    assert [claim.cell for claim in checked(week(cell, "8"))] == ["Tue"]
    assert checked(week(cell)) == LineOutcome(2, "skipped", found="no hours")


@pytest.mark.parametrize("cell", ["x", "-1", "24.01", "7.125", "-", "0:00:10"])
def test_one_wrong_cell_makes_the_line_an_error_and_names_its_day(cell):
    outcome = checked(week("8", "8", cell, "8"))
    assert (outcome.outcome, outcome.field, outcome.found, outcome.cell) == ("error", "hours", cell, "Wed")


@pytest.mark.parametrize(
    ("days", "total"),
    [
        (("4", "4", "4", "4", "4", "0", "0"), "20"),
        (("8", "8"), ""),  # an empty one is not checked
        (("8", "8"), " "),
        (("7:20",) * 5, "36.67"),  # rounded after summing
        (("7:20",) * 5, "36.65"),  # summed after rounding
        (("7:20",) * 5, "36:40"),
        (("7:20",) * 5, 36 + 2 / 3),
        (("7:20",) * 5, timedelta(hours=36, minutes=40)),
        (("8", "8"), "16.01"),  # half a hundredth for each of two cells
        (("8", "8"), "15.99"),
        (("0.1", "0.2"), 0.1 + 0.2),
        (("20",) * 7, "140"),
        ((), "0"),
    ],
)
def test_a_right_total_says_nothing(days, total):
    outcome = checked(week(*days, total=total))
    assert isinstance(outcome, list) or outcome.outcome == "skipped"


@pytest.mark.parametrize(
    ("days", "total"),
    [
        (("8", "8"), "17"),
        (("8", "8"), "16.02"),
        (("8", "8"), "16.011"),
        (("8", "8", "0", "0", "", "", ""), "16.02"),  # only cells with hours may have been rounded
        (("8",), "0"),
        ((), "8"),
        (("8",), "eight"),
        (("8",), "-8"),
        (("8",), "1,000.50"),
    ],
)
def test_a_wrong_total_is_an_error_of_the_hours(days, total):
    outcome = checked(week(*days, total=total))
    assert (outcome.outcome, outcome.field, outcome.cell) == ("error", "hours", "total")


def test_a_wrong_total_is_shown_beside_the_sum():
    outcome = checked(week("8", "7:20", total="15"))
    assert outcome.found == "a total of 15 over cells that sum to 15.33"
    assert outcome.expected == "the sum of the line's cells"


@given(st.lists(st.integers(1, 24 * 3600), min_size=1, max_size=7), st.booleans())
def test_the_total_of_rounded_or_exact_cells_is_always_right(seconds, is_rounded_first):
    seconds = [max(second, 18) for second in seconds]
    cells = [timedelta(seconds=second) for second in seconds]
    hundredths = sum(claim.hours for claim in checked(week(*cells)))
    total = hours_text(hundredths) if is_rounded_first else timedelta(seconds=sum(seconds))
    assert isinstance(checked(week(*cells, total=total)), list)


def test_lines_of_totals_and_absence_of_a_matrix_are_skipped():
    assert verdict(week("8", "8", apprentice_ref="", week_ending="", work_process="TOTAL")) == "skipped"
    assert verdict(week("8", pay_code="PTO")) == "skipped"
    assert verdict(week("8", pay_code="XYZ", week_ending="")) == "error:pay_code"


def test_overtime_in_columns_of_its_own_counts_hour_for_hour():
    (claim,) = checked(line(hours="8", more_hours=(("overtime", "1:30"), ("doubletime", ""))))
    assert claim.hours == 950


def test_hours_and_overtime_are_rounded_once_together():
    (claim,) = checked(line(hours="3:40", more_hours=(("overtime", "3:40"),)))
    assert claim.hours == 733


def test_a_day_of_overtime_alone_has_no_other_hours():
    (claim,) = checked(line(hours="", more_hours=(("overtime", "4"),)))
    assert claim.hours == 400


@pytest.mark.parametrize(
    ("hours", "overtime", "cell"), [("8", "two", "overtime"), ("eight", "2", "hours"), ("", "", "hours")]
)
def test_what_is_wrong_with_overtime_names_its_column(hours, overtime, cell):
    assert checked(line(hours=hours, more_hours=(("overtime", overtime),))).cell == cell


def test_more_than_a_day_with_overtime_is_refused():
    assert checked(line(hours="20", more_hours=(("overtime", "4.01"),))).found == "24.01 in all"


def test_who_is_no_apprentice_is_passed_over_whatever_the_line_says():
    found = check_line(line(apprentice_ref="1", hours="x"), people={"1": NO_APPRENTICE}, day_first=False)
    assert (found.outcome, found.found) == ("skipped", "somebody who is no apprentice")
