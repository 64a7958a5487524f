from datetime import timedelta

import pytest

from apprentices.queries.departments import LOOKED_BACK, departments_of
from apprentices.tests.weeks import MONDAY, cell, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(ana_at_acme, sam, priya):
    """Hours in two departments, and a job title in a third."""
    saved(ana_at_acme, [cell("A", MONDAY, "4", "", "North"), cell("B", MONDAY, "4", "", "Foundry")], by=sam)
    ana_at_acme.job_titles.update(department="Assembly")


def test_departments_come_from_job_titles_and_from_hours_by_name(worked, acme):
    assert departments_of(acme, on=MONDAY) == ["Assembly", "Foundry", "North"]


def test_those_of_hours_long_ago_are_not_offered_any_more(worked, acme):
    assert departments_of(acme, on=MONDAY + LOOKED_BACK + timedelta(days=1)) == ["Assembly"]


def test_another_employers_departments_are_not_offered(worked, oscar):
    assert departments_of(oscar.employer_memberships.get().employer, on=MONDAY) == []


def test_two_queries_answer(worked, acme, django_assert_num_queries):
    with django_assert_num_queries(2):
        departments_of(acme, on=MONDAY)
