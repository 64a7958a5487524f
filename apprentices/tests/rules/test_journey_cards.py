from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.journey_cards import (
    ZERO,
    Facts,
    InstructionLine,
    ProcessRule,
    Requirement,
    StandardsFacts,
    as_text,
    assess,
    counted_by_process,
    instruction_hours,
)

POSTED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
COMPETENCIES = frozenset({("A", 1), ("A", 2), ("B", 1)})


def hours(text):
    return Decimal(text).quantize(Decimal("0.01"))


def standards(**changes):
    """30 hours of OJL (A 10 to 20, B at least 10), 8 of RI (SAFETY and MATH), one credential, three competencies."""
    said = {
        "name": "Test Sponsor, Industrial Manufacturing Technician",
        "version": 1,
        "ojl_minimum": hours(30),
        "ri_minimum": hours(8),
        "processes": (ProcessRule("A", hours(10), hours(20)), ProcessRule("B", hours(10), None)),
        "courses": ("SAFETY", "MATH"),
        "credentials": ("OSHA10",),
        "competencies": COMPETENCIES,
        "asks_for_committee": False,
    }
    return StandardsFacts(**said | changes)


def passed(course, amount=4, *, on=date(2026, 5, 1), posted_at=POSTED, position=1):
    return InstructionLine(course, hours(amount), False, on, posted_at, position)


def credited(course, amount=4, *, on=date(2026, 5, 1), position=1):
    return InstructionLine(course, hours(amount), True, on, POSTED, position)


def facts(**changes):
    """Everything that the standards above ask for, to the hundredth."""
    said = {
        "status": "ACTIVE",
        "ojl_by_process": {"A": hours(20), "B": hours(10)},
        "ojl_not_tied": ZERO,
        "instruction": (passed("SAFETY"), passed("MATH")),
        "credentials": frozenset({"OSHA10"}),
        "signed_off": COMPETENCIES,
        "is_recommended": False,
    }
    return Facts(**said | changes)


def row(code, facts_changes=None, standards_changes=None):
    """(required, actual, met, shortfall) of one requirement, as the contract writes them."""
    assessment = assess(standards(**standards_changes or {}), facts(**facts_changes or {}))
    found = assessment.of(code).as_dict()
    return found["required"], found["actual"], found["met"], found["shortfall"]


def test_who_has_everything_to_the_hundredth_is_eligible():
    assessment = assess(standards(), facts())
    assert assessment.eligible
    assert assessment.missing == ()


def test_requirements_stand_in_the_order_of_the_table_and_of_the_standards():
    assessment = assess(standards(asks_for_committee=True), facts())
    assert [requirement.code for requirement in assessment.requirements] == [
        "OJL_TOTAL",
        "OJL_PROCESS:A",
        "OJL_PROCESS:B",
        "RI_TOTAL",
        "RI_COURSE:SAFETY",
        "RI_COURSE:MATH",
        "CREDENTIAL:OSHA10",
        "COMPETENCIES",
        "COMMITTEE",
        "STATUS",
    ]


@pytest.mark.parametrize(
    ("code", "changes", "expected"),
    [
        ("OJL_TOTAL", {}, ("30.00", "30.00", True, "0.00")),
        ("OJL_TOTAL", {"ojl_by_process": {"A": hours(20), "B": hours("9.99")}}, ("30.00", "29.99", False, "0.01")),
        ("OJL_TOTAL", {"ojl_by_process": {}}, ("30.00", "0.00", False, "30.00")),
        # a surplus above a maximum never counts, and carries over nowhere
        ("OJL_TOTAL", {"ojl_by_process": {"A": hours(500), "B": hours(9)}}, ("30.00", "29.00", False, "1.00")),
        ("OJL_PROCESS:A", {"ojl_by_process": {"A": hours(500)}}, ("10.00", "20.00", True, "0.00")),
        ("OJL_PROCESS:B", {"ojl_by_process": {"A": hours(500)}}, ("10.00", "0.00", False, "10.00")),
        # an empty maximum is none
        ("OJL_TOTAL", {"ojl_by_process": {"B": hours(500)}}, ("30.00", "500.00", True, "0.00")),
        ("OJL_PROCESS:B", {"ojl_by_process": {"B": hours(500)}}, ("10.00", "500.00", True, "0.00")),
        # credit tied to no process counts in the total alone
        ("OJL_TOTAL", {"ojl_by_process": {}, "ojl_not_tied": hours(30)}, ("30.00", "30.00", True, "0.00")),
        ("OJL_PROCESS:A", {"ojl_by_process": {}, "ojl_not_tied": hours(30)}, ("10.00", "0.00", False, "10.00")),
        # hours of a process that the standards in force do not know count nowhere
        ("OJL_TOTAL", {"ojl_by_process": {"A": hours(20), "OLD": hours(50)}}, ("30.00", "20.00", False, "10.00")),
        ("RI_TOTAL", {}, ("8.00", "8.00", True, "0.00")),
        ("RI_TOTAL", {"instruction": (passed("SAFETY", "7.99"),)}, ("8.00", "7.99", False, "0.01")),
        ("RI_COURSE:SAFETY", {}, ("1", "1", True, "0")),
        ("RI_COURSE:SAFETY", {"instruction": ()}, ("1", "0", False, "1")),
        ("RI_COURSE:SAFETY", {"instruction": (credited("SAFETY", 1),)}, ("1", "1", True, "0")),
        # a course outside the standards counts toward the total alone
        ("RI_TOTAL", {"instruction": (passed("WELDING", 8),)}, ("8.00", "8.00", True, "0.00")),
        ("RI_COURSE:MATH", {"instruction": (passed("WELDING", 8),)}, ("1", "0", False, "1")),
        # so does credit tied to no course
        ("RI_TOTAL", {"instruction": (credited("", 8),)}, ("8.00", "8.00", True, "0.00")),
        ("RI_COURSE:MATH", {"instruction": (credited("", 8),)}, ("1", "0", False, "1")),
        ("CREDENTIAL:OSHA10", {}, ("1", "1", True, "0")),
        ("CREDENTIAL:OSHA10", {"credentials": frozenset({"OSHA30"})}, ("1", "0", False, "1")),
        ("COMPETENCIES", {}, ("3", "3", True, "0")),
        ("COMPETENCIES", {"signed_off": frozenset({("A", 1)})}, ("3", "1", False, "2")),
        # a sign-off that these standards do not ask for counts nothing
        ("COMPETENCIES", {"signed_off": frozenset({("A", 1), ("Z", 9)})}, ("3", "1", False, "2")),
        ("STATUS", {}, ("ACTIVE", "ACTIVE", True, "0")),
        ("STATUS", {"status": "SUSPENDED"}, ("ACTIVE", "SUSPENDED", False, "1")),
        ("STATUS", {"status": "REGISTERED"}, ("ACTIVE", "REGISTERED", False, "1")),
        ("STATUS", {"status": "COMPLETED"}, ("ACTIVE", "COMPLETED", False, "1")),
    ],
)
def test_each_requirement_says_required_actual_met_and_shortfall(code, changes, expected):
    assert row(code, changes) == expected


@pytest.mark.parametrize(
    ("is_recommended", "expected"), [(True, ("1", "1", True, "0")), (False, ("1", "0", False, "1"))]
)
def test_the_committee_is_asked_where_the_standards_say_so(is_recommended, expected):
    assert row("COMMITTEE", {"is_recommended": is_recommended}, {"asks_for_committee": True}) == expected


@pytest.mark.parametrize(
    ("code", "changes"), [("COMMITTEE", {}), ("COMPETENCIES", {"competencies": None}), ("RI_COURSE:ART", {})]
)
def test_what_the_standards_do_not_ask_for_is_absent(code, changes):
    with pytest.raises(KeyError, match=code):
        assess(standards(**changes), facts()).of(code)


def test_2735_99_hours_are_refused_with_a_hundredth_short():
    program = standards(ojl_minimum=hours(2736), processes=(ProcessRule("A", hours(96), None),), competencies=None)
    short = assess(program, facts(ojl_by_process={"A": hours("2735.99")}))
    assert [requirement.refusal() for requirement in short.missing] == ["OJL_TOTAL 2735.99 of 2736.00, 0.01 h short"]
    assert assess(program, facts(ojl_by_process={"A": hours(2736)})).eligible


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        (Requirement("COMPETENCIES", 26, 3, False), "COMPETENCIES 3 of 26, 23 short"),
        (Requirement("RI_COURSE:MATH", 1, 0, False), "RI_COURSE:MATH 0 of 1, 1 short"),
        (Requirement("STATUS", "ACTIVE", "SUSPENDED", False), "STATUS SUSPENDED, must be ACTIVE"),
    ],
)
def test_a_refusal_reads_as_one_line(requirement, line):
    assert requirement.refusal() == line


def test_of_several_passing_records_the_latest_day_counts():
    lines = (passed("MATH", 9, on=date(2026, 6, 1)), passed("MATH", 4, on=date(2026, 5, 1), position=2))
    assert instruction_hours(lines) == ({"MATH": hours(9)}, ZERO)


def test_on_the_same_day_the_record_learned_last_counts():
    lines = (passed("MATH", 9, posted_at=POSTED + timedelta(seconds=1)), passed("MATH", 4, position=2))
    assert instruction_hours(lines) == ({"MATH": hours(9)}, ZERO)


def test_learned_at_the_same_moment_the_later_row_counts():
    lines = (passed("MATH", 9, position=2), passed("MATH", 4, position=1))
    assert instruction_hours(lines) == ({"MATH": hours(9)}, ZERO)


def test_a_passing_record_goes_before_the_courses_credit():
    lines = (credited("MATH", 20, on=date(2026, 9, 1)), passed("MATH", 4))
    assert instruction_hours(lines) == ({"MATH": hours(4)}, ZERO)


def test_several_credits_of_one_course_are_summed():
    lines = (credited("MATH", 1), credited("MATH", 2), credited("SAFETY", 5))
    assert instruction_hours(lines) == ({"MATH": hours(3), "SAFETY": hours(5)}, ZERO)


def test_credits_tied_to_no_course_are_summed_apart():
    assert instruction_hours((credited("", 1), credited("", 2))) == ({}, hours(3))


amounts = st.integers(0, 400_00).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
codes = st.sampled_from("ABCDE")
rules = st.builds(
    lambda code, minimum, room: ProcessRule(code, minimum, None if room is None else minimum + room),
    codes,
    amounts,
    st.none() | amounts,
)
programs = st.builds(
    lambda processes, minimum: standards(processes=tuple(processes), ojl_minimum=minimum),
    st.lists(rules, min_size=1, max_size=5, unique_by=lambda rule: rule.code),
    amounts,
)
ledgers = st.dictionaries(codes, amounts)
lines = st.lists(
    st.builds(
        InstructionLine,
        st.sampled_from(["SAFETY", "MATH", "WELDING", ""]),
        amounts,
        st.booleans(),
        st.dates(date(2026, 1, 1), date(2026, 1, 5)),
        st.just(POSTED),
        st.integers(1, 50),
    ),
    max_size=8,
    unique_by=lambda line: line.position,
)


@given(programs, ledgers, amounts)
def test_the_total_is_the_sum_of_the_processes_and_of_credit_not_tied(program, by_process, not_tied):
    assessment = assess(program, facts(ojl_by_process=by_process, ojl_not_tied=not_tied))
    processes = [assessment.of(f"OJL_PROCESS:{rule.code}").actual for rule in program.processes]
    assert assessment.of("OJL_TOTAL").actual == sum(processes) + not_tied


@given(programs, ledgers)
def test_no_process_counts_above_its_maximum_or_above_its_hours(program, by_process):
    counted = counted_by_process(program, facts(ojl_by_process=by_process))
    for rule in program.processes:
        assert counted[rule.code] <= by_process.get(rule.code, ZERO)
        assert rule.maximum is None or counted[rule.code] <= rule.maximum


@given(programs, ledgers, codes, amounts)
def test_more_hours_never_take_anything_away(program, by_process, code, more):
    before = assess(program, facts(ojl_by_process=by_process))
    after = assess(program, facts(ojl_by_process={**by_process, code: by_process.get(code, ZERO) + more}))
    for old, new in zip(before.requirements, after.requirements, strict=True):
        assert new.met >= old.met
        if isinstance(old.actual, Decimal):
            assert old.actual <= new.actual <= old.actual + more


@given(lines)
def test_the_instruction_total_is_the_sum_of_its_courses(instruction):
    courses, not_tied = instruction_hours(instruction)
    total = assess(standards(), facts(instruction=tuple(instruction))).of("RI_TOTAL").actual
    assert total == sum(courses.values(), not_tied) <= sum((line.hours for line in instruction), ZERO)


@given(lines, st.randoms())
def test_the_order_in_which_records_are_read_does_not_matter(instruction, rng):
    shuffled = list(instruction)
    rng.shuffle(shuffled)
    assert instruction_hours(shuffled) == instruction_hours(instruction)


@given(lines)
def test_a_course_is_met_exactly_when_it_was_passed_or_credited(instruction):
    assessment = assess(standards(), facts(instruction=tuple(instruction)))
    for course in ("SAFETY", "MATH"):
        assert assessment.of(f"RI_COURSE:{course}").met == any(line.course == course for line in instruction)


@given(programs, ledgers, amounts)
def test_a_shortfall_is_what_is_missing_and_never_negative(program, by_process, not_tied):
    assessment = assess(program, facts(ojl_by_process=by_process, ojl_not_tied=not_tied))
    assert assessment.eligible == (not assessment.missing)
    for requirement in assessment.requirements:
        assert requirement.shortfall >= 0
        assert requirement.met == (requirement.shortfall == 0)


@given(amounts)
def test_hours_are_written_with_two_places_and_no_separators(amount):
    text = as_text(amount)
    whole, _point, places = text.partition(".")
    assert whole.isdigit() and len(places) == 2 and Decimal(text) == amount
