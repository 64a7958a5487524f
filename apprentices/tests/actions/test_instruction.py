from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.instruction import record_results
from apprentices.models import InstructionRecord, LedgerLine
from apprentices.rules.rows import InstructionRow
from employers.actions.courses import offer_courses
from employers.models import TrainingProvider
from employers.rules.rows import OfferedCourseRow, RowError

TODAY, JUNE = date(2026, 11, 20), date(2026, 6, 1)


def row(line=2, **changes):
    said = {
        "line": line,
        "apprentice_ref": "T-0001",
        "course": "MATH",
        "provider": "",
        "term": "2026-1",
        "hours": Decimal("4.00"),
        "completed_on": JUNE,
        "result": "PASSED",
        "grade": "A",
    }
    return InstructionRow(**said | changes)


def under_way(line=2, **changes):
    return row(line, **{"completed_on": None, "result": "IN_PROGRESS", "grade": ""} | changes)


def record(by, *rows):
    return [outcome.outcome for outcome in record_results(rows=rows, on=TODAY, by=by).outcomes]


def refused(by, *rows):
    with pytest.raises(RowError) as error:
        record_results(rows=rows, on=TODAY, by=by)
    return [(outcome.line, outcome.field) for outcome in error.value.errors]


def lines():
    return [(line.course_code, line.hours) for line in LedgerLine.objects.order_by("position")]


def standing():
    return [(each.result, each.hours) for each in InstructionRecord.objects.known().order_by("pk")]


@pytest.fixture
def college(ana_at_acme, priya):
    """Offers BOTH, which meets the two required courses, and HOBBY, which meets none."""
    offers = [("BOTH", "SAFETY", "5"), ("BOTH", "MATH", "3"), ("HOBBY", "", None)]
    rows = [
        OfferedCourseRow(line, "City College", course, course.title(), "ONLINE", meets, hours and Decimal(hours))
        for line, (course, meets, hours) in enumerate(offers, 2)
    ]
    offer_courses(rows=rows, by=priya)


def test_a_passed_course_posts_its_hours_on_its_day(ana_at_acme, priya):
    assert record(priya, row()) == ["accepted"]
    line = LedgerLine.objects.get()
    assert (line.source, line.kind, line.course_code, line.hours) == ("INSTRUCTION", "RI", "MATH", Decimal("4.00"))
    assert line.happened_on == JUNE


@pytest.mark.parametrize("result", ["FAILED", "WITHDRAWN"])
def test_other_results_are_kept_and_count_nowhere(ana_at_acme, priya, result):
    record(priya, row(result=result))
    assert (standing(), lines()) == ([(result, Decimal("4.00"))], [])


def test_every_attempt_is_kept(ana_at_acme, priya):
    record(priya, row(result="FAILED"), row(completed_on=date(2026, 7, 1)))
    assert [result for result, _hours in standing()] == ["FAILED", "PASSED"]


def test_the_same_row_is_skipped(ana_at_acme, priya):
    record(priya, row())
    assert record(priya, row()) == ["skipped"]
    assert len(lines()) == 1


@pytest.mark.parametrize("changes", [{"hours": Decimal("5.00")}, {"grade": "B"}])
def test_other_content_under_the_same_key_is_an_error(ana_at_acme, priya, changes):
    record(priya, row())
    assert refused(priya, row(3, **changes)) == [(3, next(iter(changes)))]


@pytest.mark.parametrize(
    "changes",
    [{"term": "2026-2"}, {"completed_on": date(2026, 6, 2)}, {"result": "FAILED"}, {"provider": "City College"}],
)
def test_another_key_is_another_attempt(ana_at_acme, priya, changes):
    record(priya, row())
    assert record(priya, row(**changes)) == ["accepted"]


def test_a_result_closes_the_open_row(ana_at_acme, priya):
    record(priya, under_way())
    assert standing() == [("IN_PROGRESS", Decimal("4.00"))]
    record(priya, row())
    assert standing() == [("PASSED", Decimal("4.00"))]
    assert InstructionRecord.objects.count() == 2


def test_an_open_row_of_a_course_that_is_closed_is_skipped(ana_at_acme, priya):
    rows = (under_way(), row(3))
    assert record(priya, *rows) == ["accepted", "accepted"]
    assert record(priya, *rows) == ["skipped", "skipped"]
    assert standing() == [("PASSED", Decimal("4.00"))]


def test_an_open_row_with_other_hours_replaces_the_open_one(ana_at_acme, priya):
    record(priya, under_way())
    assert record(priya, under_way(hours=Decimal("6.00"))) == ["changed"]
    assert standing() == [("IN_PROGRESS", Decimal("6.00"))]


def test_the_same_open_row_is_skipped(ana_at_acme, priya):
    record(priya, under_way())
    assert record(priya, under_way()) == ["skipped"]


def test_an_open_row_of_another_provider_stays_open(ana_at_acme, priya):
    record(priya, under_way(provider="City College"), row(3))
    assert [result for result, _hours in standing()] == ["IN_PROGRESS", "PASSED"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"completed_on": None},
        {"completed_on": date(2026, 11, 21)},
        {"result": "IN_PROGRESS"},
    ],
)
def test_the_day_goes_with_the_result(ana_at_acme, priya, wrong):
    assert refused(priya, row(4, **wrong)) == [(4, "completed_on")]


def test_an_unknown_reference_is_an_error(ana_at_acme, priya):
    assert refused(priya, row(apprentice_ref="T-9")) == [(2, "apprentice_ref")]


def test_an_offered_course_posts_a_line_for_each_requirement(college, priya):
    record(priya, row(course="both", provider="city college", hours=Decimal("10.00")))
    assert lines() == [("SAFETY", Decimal("5.00")), ("MATH", Decimal("3.00"))]
    assert InstructionRecord.objects.get().course_code == "BOTH"


def test_one_that_meets_nothing_counts_outside_the_standards(college, priya):
    taken = record_results(rows=[row(course="HOBBY", provider="City College")], on=TODAY, by=priya)
    assert lines() == [("HOBBY", Decimal("4.00"))]
    assert taken.warnings == []


def test_without_its_provider_an_offered_course_is_unknown(college, priya):
    taken = record_results(rows=[row(course="BOTH")], on=TODAY, by=priya)
    assert lines() == [("BOTH", Decimal("4.00"))]
    assert taken.warnings == ["line 2: “BOTH” is no course of the standards; it counts outside them"]


def test_with_a_provider_that_does_not_offer_it_the_required_course_is_meant(college, priya):
    record(priya, row(provider="City College"))
    assert lines() == [("MATH", Decimal("4.00"))]
    assert InstructionRecord.objects.get().offered_course is None


def test_a_new_provider_is_added(ana_at_acme, priya):
    record(priya, row(provider="Night School"))
    assert TrainingProvider.objects.get().name == "Night School"


def test_many_rows_take_as_few_queries_as_one(college, priya, django_assert_max_num_queries):
    rows = [row(line, term=str(line), provider="City College", course="BOTH") for line in range(2, 60)]
    with django_assert_max_num_queries(28):
        record_results(rows=rows, on=TODAY, by=priya)
