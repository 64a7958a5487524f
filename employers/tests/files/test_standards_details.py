"""The one row of Details: whose program it is, of which type, since when."""

from datetime import date, time

import pytest


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


@pytest.mark.parametrize("months", [0, -18, 17.5, 601])
def test_a_term_is_a_whole_number_of_months(draft, months):
    draft["Details", 2, "Term (in months)"] = months
    assert draft.fault() == ("Details", 2, "Term (in months)", str(months))


@pytest.mark.parametrize("column", ["Sponsor Name", "Occupation Title"])
def test_sponsor_and_occupation_must_be_named(draft, column):
    draft["Details", 2, column] = "  "
    assert draft.fault() == ("Details", 2, column, "")


def test_text_longer_than_its_column_is_refused(draft):
    draft["Details", 2, "Sponsor Name"] = "W" * 201
    (fault,) = draft.faults()
    assert (fault.column, fault.expected) == ("Sponsor Name", "at most 200 characters")


def test_details_without_a_row_are_refused(draft):
    draft.workbook["Details"].delete_rows(2)
    assert draft.fault()[:2] == ("Details", 2)


def test_a_workbook_holds_one_program(draft):
    draft["Details", 3, "Sponsor Name"] = "Catalyst Connection"
    assert draft.fault() == ("Details", 3, "Sponsor Name", "Catalyst Connection")


@pytest.mark.parametrize("column", ["Minimum OJT Hours", "Minimum RSI Hours"])
def test_only_competency_based_standards_may_leave_a_total_open(draft, column):
    draft["Details", 2, column] = None
    assert draft.fault() == ("Details", 2, column, "")
    draft["Details", 2, "Type"] = "Competency-based"
    draft.read()


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
