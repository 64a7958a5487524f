from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from employers.rules.standards import (
    DAYS,
    HOURS,
    MONTHS,
    WEEKS,
    YEARS,
    AgencyRules,
    CompetencyContent,
    ProcessContent,
    StandardsContent,
    WageStepContent,
    content_digest,
    hours_text,
    probation_length,
    standards_findings,
)

FEDERAL = AgencyRules(200_000, 14_400, "RECOMMENDED", 25, 365)
WISCONSIN = replace(FEDERAL, ri_weight="REQUIRED")


def process(code, minimum, maximum, **changes):
    return ProcessContent(code, f"{code}. Process", "", "", 1, minimum, maximum, **changes)


def step(position, ojl_hours=None, months=None):
    return WageStepContent(position, f"Step {position}", ojl_hours, None, months, Decimal("80.00"))


def content(**changes):
    standards = StandardsContent(
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
        updated_on=None,
        processes=(process("A", 100_000, 150_000), process("B", 120_000, 150_000)),
    )
    return replace(standards, **changes)


def found(standards, rules=FEDERAL):
    return [(finding.code, finding.weight) for finding in standards_findings(standards, rules)]


def test_the_program_of_the_papers_breaks_no_rule():
    assert found(content(), FEDERAL) == found(content(), WISCONSIN) == []


@pytest.mark.parametrize(
    ("term_months", "rules", "expected"),
    [
        (18, WISCONSIN, []),
        (22, WISCONSIN, []),  # 264 hours over 22 months are 144 a year
        (23, WISCONSIN, [("RI_HOURS_A_YEAR", "REFUSAL")]),
        (24, WISCONSIN, [("RI_HOURS_A_YEAR", "REFUSAL")]),
        (24, FEDERAL, [("RI_HOURS_A_YEAR", "WARNING")]),
    ],
)
def test_264_hours_pass_over_18_months_and_fail_over_24(term_months, rules, expected):
    assert found(content(term_months=term_months), rules) == expected


def test_a_finding_says_what_was_found_and_what_is_asked_for():
    (finding,) = standards_findings(content(term_months=24), WISCONSIN)
    assert finding.message == "264.00 RI hours over 24 months are 132.00 a year; the agency asks for 144.00."


@pytest.mark.parametrize(("ojl_minimum", "expected"), [(200_000, []), (199_999, ["OJL_FLOOR"])])
def test_the_floor_of_2000_hours_does_not_count_instruction(ojl_minimum, expected):
    standards = content(ojl_minimum=ojl_minimum, probation="", processes=(process("A", 0, None),))
    assert [code for code, _weight in found(standards)] == expected


@pytest.mark.parametrize(
    ("processes", "expected"),
    [
        ([("A", 273_600, 273_600)], []),
        ([("A", 200_000, None), ("B", 73_601, None)], ["MINIMUMS_ABOVE_TOTAL"]),
        ([("A", 0, 200_000), ("B", 0, 73_599)], ["MAXIMUMS_BELOW_TOTAL"]),
        ([("A", 0, 200_000), ("B", 0, 73_600)], []),
        ([("A", 0, 100), ("B", 0, None)], []),
        ([("A", 0, 0)], ["MAXIMUMS_BELOW_TOTAL"]),
    ],
)
def test_the_processes_must_leave_room_for_the_total(processes, expected):
    standards = content(processes=tuple(process(*each) for each in processes))
    assert [code for code, _weight in found(standards)] == expected


def test_without_an_agency_the_sums_are_checked_alone():
    standards = content(ojl_minimum=1_000, term_months=24, processes=(process("A", 1_001, None),))
    assert found(standards, None) == [("MINIMUMS_ABOVE_TOTAL", "REFUSAL")]


@pytest.mark.parametrize(
    ("probation", "term_months", "expected"),
    [
        ("750 hours", 18, []),  # a quarter of 3,000
        ("751 hours", 18, ["PROBATION_TOO_LONG"]),
        ("4 months", 18, []),
        ("5 months", 18, ["PROBATION_TOO_LONG"]),
        ("136 days", 18, []),  # a quarter of 547.5 days
        ("137 days", 18, ["PROBATION_TOO_LONG"]),
        ("19 weeks", 18, []),
        ("20 weeks", 18, ["PROBATION_TOO_LONG"]),
        ("1 year", 48, []),
        ("12 months", 60, []),
        ("13 months", 60, ["PROBATION_TOO_LONG"]),
        ("12 months", 47, ["PROBATION_TOO_LONG"]),
        ("as the committee says", 18, ["PROBATION_UNREADABLE"]),
        ("", 18, []),
    ],
)
def test_the_probation_is_at_most_a_quarter_of_the_program_or_a_year(probation, term_months, expected):
    standards = content(probation=probation, term_months=term_months, ri_minimum=100_000)
    if "hours" in probation:
        standards = replace(standards, ri_minimum=26_400)
    assert [code for code, _weight in found(standards)] == expected


def test_a_percent_sign_in_a_message_stays_one():
    (finding,) = standards_findings(content(probation="5 months"), FEDERAL)
    assert finding.message.startswith("A probation of 5 months; at most 25 % of the program or 365 days")


def test_without_a_term_the_checks_that_need_it_say_so():
    assert found(content(term_months=None)) == [("TERM_MISSING", "WARNING")]
    assert found(content(term_months=None, probation="13 months")) == [
        ("TERM_MISSING", "WARNING"),
        ("PROBATION_TOO_LONG", "REFUSAL"),
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step(1, 0), step(2, 68_400), step(3, 136_800)], []),
        ([step(1), step(2, months=6), step(3, months=12)], []),
        ([step(1, 0, 6), step(2, 0, 6)], ["WAGE_STEPS_DO_NOT_RISE"]),
        ([step(1, 0), step(2, 100_000), step(3, 50_000, 12)], []),
    ],
)
def test_each_wage_step_asks_for_more_than_the_one_before(steps, expected):
    assert [code for code, _weight in found(content(wage_steps=tuple(steps)))] == expected


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("750 hours", (750, HOURS)),
        ("1,000 Hours", (1_000, HOURS)),
        ("500 hrs.", (500, HOURS)),
        ("First 90 days", (90, DAYS)),
        ("90-day", (90, DAYS)),
        ("12 weeks", (12, WEEKS)),
        ("6 months", (6, MONTHS)),
        ("1 year", (1, YEARS)),
        ("6 months or 1,000 hours", None),
        ("750", None),
        ("three months", None),
        ("", None),
    ],
)
def test_a_probation_is_read_where_it_names_one_length(text, length):
    assert probation_length(text) == length


def test_hours_are_written_with_two_places():
    assert [hours_text(hundredths) for hundredths in (0, 5, 273_600)] == ["0.00", "0.05", "2736.00"]


def test_the_same_content_has_the_same_digest():
    assert content_digest(content()) == content_digest(content())
    assert len(content_digest(content())) == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"registration_state": "PA"},
        {"agency_kind": "OA"},
        {"registered_on": date(2026, 1, 1)},
        {"updated_on": date(2026, 1, 1)},
    ],
)
def test_where_it_is_registered_does_not_change_the_content(changes):
    assert content_digest(content(**changes)) == content_digest(content())


@pytest.mark.parametrize(
    "changes",
    [
        {"ojl_minimum": 273_601},
        {"ojl_maximum": None},
        {"probation": "600 hours"},
        {"processes": (process("B", 120_000, 150_000), process("A", 100_000, 150_000))},
        {"processes": (process("A", 100_000, None), process("B", 120_000, 150_000))},
        {"processes": (process("A", 100_000, 150_000, competencies=(CompetencyContent(1, "Reads"),)),)},
        {"wage_steps": (step(1),)},
    ],
)
def test_anything_else_does(changes):
    assert content_digest(content(**changes)) != content_digest(content())
