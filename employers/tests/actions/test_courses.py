from decimal import Decimal

import pytest

from employers.actions.courses import offer_courses, providers_of
from employers.models import CrosswalkRow, OfferedCourse, TrainingProvider
from employers.rules.rows import OfferedCourseRow, RowError


def row(line=2, **changes):
    said = {
        "line": line,
        "provider": "City College",
        "course": "IM1",
        "title": "Industrial Manufacturing 1",
        "delivery": "CLASSROOM",
        "meets": "SAFETY",
        "meets_hours": Decimal("4.00"),
    }
    return OfferedCourseRow(**said | changes)


def outcomes(taken):
    return [outcome.outcome for outcome in taken.outcomes]


def refused(rows, by):
    with pytest.raises(RowError) as error:
        offer_courses(rows=rows, by=by)
    return [(outcome.line, outcome.field) for outcome in error.value.errors]


def test_one_course_may_meet_several_requirements(standards, priya):
    taken = offer_courses(rows=[row(2), row(3, meets="MATH")], by=priya)
    assert outcomes(taken) == ["accepted", "accepted"]
    assert [(each.meets, each.hours) for each in OfferedCourse.objects.get().crosswalk.all()] == [
        ("SAFETY", Decimal("4.00")),
        ("MATH", Decimal("4.00")),
    ]


def test_the_same_rows_again_are_skipped(standards, priya):
    offer_courses(rows=[row()], by=priya)
    assert outcomes(offer_courses(rows=[row()], by=priya)) == ["skipped"]


def test_a_provider_is_the_same_in_other_case(standards, priya):
    offer_courses(rows=[row(), row(3, provider="CITY  COLLEGE", meets="MATH")], by=priya)
    assert TrainingProvider.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Another"}, "title"),
        ({"delivery": "ONLINE"}, "delivery"),
        ({"meets_hours": Decimal("5.00")}, "meets_hours"),
    ],
)
def test_other_content_under_the_same_key_is_an_error(standards, priya, changes, field):
    offer_courses(rows=[row()], by=priya)
    assert refused([row(2, **changes)], priya) == [(2, field)]


def test_two_rows_of_one_file_may_contradict_each_other(standards, priya):
    assert refused([row(2), row(3, title="Another", meets="MATH")], priya) == [(3, "title")]
    assert not OfferedCourse.objects.exists()


def test_a_course_may_meet_nothing(standards, priya):
    offer_courses(rows=[row(meets="", meets_hours=None)], by=priya)
    assert not CrosswalkRow.objects.exists()


def test_a_requirement_without_hours_is_an_error(standards, priya):
    assert refused([row(2, meets_hours=None)], priya) == [(2, "meets_hours")]
    assert refused([row(2, meets="")], priya) == [(2, "meets")]


def test_what_no_standards_require_is_a_warning(standards, priya):
    assert offer_courses(rows=[row(2, meets="WELDING")], by=priya).warnings == [
        "line 2: no standards require a course “WELDING”"
    ]


def test_many_rows_take_as_few_queries_as_one(standards, priya, django_assert_max_num_queries):
    rows = [row(line, course=f"C{line}") for line in range(2, 60)]
    with django_assert_max_num_queries(14):
        offer_courses(rows=rows, by=priya)


def test_providers_are_given_by_the_name_as_written(priya):
    known = providers_of(names=["MATC"], by=priya)
    assert providers_of(names=["matc "], by=priya)["matc "] == known["MATC"]
