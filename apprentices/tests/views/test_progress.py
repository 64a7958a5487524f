from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.apprenticeships import register
from apprentices.actions.instruction import record_results
from apprentices.actions.journey_cards import issue
from apprentices.actions.statuses import change_status
from apprentices.actions.wages import raise_to
from apprentices.rules.rows import InstructionRow
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from apprentices.tests.ready import ready  # noqa: F401  a fixture
from apprentices.tests.weeks import MONDAY, approved, cell, submitted

pytestmark = pytest.mark.django_db
MINE = reverse("my_progress")


def text_of(response):
    return " ".join(response.content.decode().split())


def course(name, result, day=None, grade=""):
    return InstructionRow(1, "T-0001", name, "", "2026-1", Decimal("4.00"), day, result, grade)


def test_the_first_numbers_are_the_hours_done_of_those_required(as_ana, ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    page = text_of(as_ana.get(MINE))
    assert "<strong>8.00</strong>" in page
    assert "of 30 h" in page
    assert "22.00 h left" in page


def test_every_requirement_says_what_would_meet_it(as_ana, ana_at_acme):
    page = text_of(as_ana.get(MINE))
    assert "10.00 more approved hours in this work process" in page
    assert "Pass this course" in page
    assert "Earn this credential and have it recorded" in page
    assert "3 more to be shown and signed off" in page


def test_the_page_and_the_card_ask_the_same_requirements(as_ana, ana_at_acme, ready):  # noqa: F811
    progress = as_ana.get(MINE).context["progress"]
    assert progress.assessment.eligible
    assert "All 9 requirements are met" in text_of(as_ana.get(MINE))


def test_waiting_hours_stand_apart_with_whom_they_wait_for(as_ana, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    response = as_ana.get(MINE)
    assert response.context["progress"].ojl.actual == 0
    page = text_of(response)
    assert "8.00 h waiting" in page
    assert "lies with Sam since" in page


def test_hours_above_the_maximum_are_said_not_to_count(as_ana, ana_at_acme, sam):
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    approved(ana_at_acme, [cell("A", day, "6.00") for day in days], by=sam)
    page = text_of(as_ana.get(MINE))
    assert "4.00 h above the maximum do not count" in page
    assert "of 10 to 20 h" in page


def test_a_course_under_way_is_shown_and_does_not_count(as_ana, ana_at_acme, priya):
    record_results(rows=[course("MATH", "IN_PROGRESS")], on=timezone.localdate(), by=priya)
    response = as_ana.get(MINE)
    assert "under way: counts once it is passed" in text_of(response)
    assert response.context["progress"].ri.actual == 0


def test_every_attempt_at_a_course_is_kept(as_ana, ana_at_acme, priya):
    rows = [course("MATH", "FAILED", MONDAY, "F"), course("MATH", "PASSED", MONDAY + timedelta(days=30), "B")]
    for row in rows:
        record_results(rows=[row], on=timezone.localdate(), by=priya)
    math = next(one for one in as_ana.get(MINE).context["progress"].courses if one.code == "MATH")
    assert [attempt.result for attempt in math.attempts] == ["FAILED", "PASSED"]
    assert math.state == "PASSED"


def test_the_next_raise_and_a_raise_that_is_due(as_ana, ana_at_acme, priya):
    ana_at_acme.standards.wage_steps.count()
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("18.00"), on=REGISTERED_ON, by=priya)
    page = text_of(as_ana.get(MINE))
    assert "after 15.00 more hours on the job" in page
    assert "paid $18.00" in page


def test_without_three_weeks_of_hours_there_is_no_forecast(as_ana, ana_at_acme):
    assert "a forecast needs three weeks of approved hours" in text_of(as_ana.get(MINE))


def test_an_issued_card_says_that_it_is_not_the_agencys_certificate(as_ana, ready, priya):  # noqa: F811
    card = issue(apprenticeship=ready, by=priya, on=timezone.localdate())
    page = text_of(as_ana.get(MINE))
    assert card.number in page
    assert "The certificate of completion comes from the registration agency alone." in page


def test_a_suspension_is_a_missing_requirement(as_ana, ana_at_acme, priya):
    today = timezone.localdate()
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=today, by=priya, reason="Leave")
    assert "has to be active on the day of the card" in text_of(as_ana.get(MINE))


def test_the_latest_apprenticeship_comes_first_and_earlier_ones_are_linked(as_ana, ana_at_acme, priya):
    second = apprentice_row(apprentice_ref="T-0009", employer="Third Works", registered_on=REGISTERED_ON + timedelta(9))
    register(rows=[second], by=priya)
    response = as_ana.get(MINE)
    assert response.context["apprenticeship"].ref == "T-0009"
    assert 'href="?apprenticeship=T-0001"' in response.content.decode()
    assert as_ana.get(MINE, {"apprenticeship": "T-0001"}).context["apprenticeship"].ref == "T-0001"


def test_a_supervisor_sees_the_same_answer(as_sam, ana_at_acme):
    assert as_sam.get(reverse("progress", args=["T-0001"])).context["progress"].ojl.required == 30


def test_the_page_asks_the_database_the_same_however_long_the_ledger(
    as_ana, ana_at_acme, sam, django_assert_num_queries
):
    for number in range(4):
        approved(ana_at_acme, [cell("A", MONDAY + timedelta(weeks=number), "1.00")], by=sam)
    as_ana.get(MINE)
    with django_assert_num_queries(32):
        as_ana.get(MINE)
