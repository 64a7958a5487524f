from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from apprentices.actions.credits import grant
from apprentices.actions.supervision import assign
from apprentices.queries.progress import progress_of, waiting_weeks
from apprentices.rules.rows import CreditRow
from apprentices.tests.weeks import MONDAY, cell, submitted
from employers.actions.memberships import add_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def deciders(apprenticeship, today):
    (week,) = waiting_weeks(apprenticeship, on=today)
    return week.whom.names


def test_a_week_waits_with_the_named_supervisors(ana_at_acme, sam, ada, acme, priya, today):
    add_member(user=ada, employer=acme, role="MANAGER", on=MONDAY, by=priya)
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    assert deciders(ana_at_acme, today) == ("Sam",)


def test_a_mentor_does_not_decide(ana_at_acme, sam, ada, acme, priya, today):
    assign(apprenticeships=[ana_at_acme], user=ada, role="MENTOR", on=MONDAY, by=priya)
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    assert deciders(ana_at_acme, today) == ("Sam",)


def test_without_a_named_supervisor_it_waits_with_the_employers_people(ana_at_acme, sam, ada, acme, priya, today):
    add_member(user=ada, employer=acme, role="MANAGER", on=MONDAY, by=priya)
    ana_at_acme.supervisions.update(until_on=today - timedelta(days=1))
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    assert deciders(ana_at_acme, today) == ("Ada", "Sam")


def test_credit_tied_to_no_process_counts_toward_the_total_alone(ana_at_acme, priya, today):
    grant(rows=[CreditRow(1, "T-0001", "OJL", "", Decimal("5.00"), MONDAY, "Army")], on=today, by=priya)
    progress = progress_of(ana_at_acme, as_of=today)
    assert (progress.not_tied, progress.ojl.actual) == (Decimal("5.00"), Decimal("5.00"))
    assert sum(process.counted for process in progress.processes) == 0


def test_a_credited_course_says_that_it_was_credited(ana_at_acme, priya, today):
    grant(rows=[CreditRow(1, "T-0001", "RI", "MATH", Decimal("4.00"), MONDAY, "College")], on=today, by=priya)
    states = {course.code: course.state for course in progress_of(ana_at_acme, as_of=today).courses}
    assert states == {"SAFETY": "NOT_STARTED", "MATH": "CREDITED"}


def test_progress_of_an_earlier_day_knows_nothing_later(ana_at_acme, priya, today):
    grant(rows=[CreditRow(1, "T-0001", "OJL", "A", Decimal("5.00"), MONDAY, "Army")], on=today, by=priya)
    assert progress_of(ana_at_acme, as_of=MONDAY - timedelta(days=1)).ojl.actual == 0
