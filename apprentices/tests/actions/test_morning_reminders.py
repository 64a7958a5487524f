"""Reminders: in the morning of the employer, once, and to those alone for whom something waits."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail

from apprentices.actions.apprenticeships import register
from apprentices.actions.morning_reminders import remind_this_morning as remind
from apprentices.actions.wages import raise_to
from apprentices.models import Apprenticeship
from apprentices.tests.cast import PASSWORD, REGISTERED_ON, apprentice_row, small_content
from apprentices.tests.weeks import approved, cell, submitted
from employers.actions.memberships import add_member
from employers.actions.standards import load_standards
from employers.models import EmployerSettings, Standards
from employers.rules.standards import WageStepContent
from imt.accounts.actions import create_person
from imt.accounts.models import Notice
from imt.accounts.tasks import send_notices
from imt.tests.threads import at_once

pytestmark = pytest.mark.django_db
# Ana's first week, from the 5th to the 11th, is due through Tuesday the 13th
MONDAY_12, TUESDAY_13, WEDNESDAY_14 = (datetime(2026, 1, day, 13, tzinfo=UTC) for day in (12, 13, 14))
WEEK = REGISTERED_ON


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(MONDAY_12, tick=False) as clock:
        yield clock


def told(kind=None):
    """[(kind, name)] of what is queued."""
    notices = Notice.objects.order_by("pk")
    found = [(notice.kind, notice.to.name) for notice in notices.select_related("to")]
    return [name for of_kind, name in found if of_kind == kind] if kind else found


def test_a_week_is_called_due_once_before_and_once_after(sam, _then):
    for moment in (MONDAY_12, MONDAY_12 + timedelta(hours=1), TUESDAY_13, WEDNESDAY_14, WEDNESDAY_14):
        _then.move_to(moment)
        remind(moment=moment)
    assert told() == [("week.due_soon", "Sam"), ("week.overdue", "Sam")]


@pytest.mark.parametrize("hour", [10, 11, 15, 20])
def test_only_in_the_employers_morning(sam, hour):
    assert remind(moment=MONDAY_12.replace(hour=hour)) == 0


def test_who_has_reported_hears_nothing(ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", WEEK, "8")], by=sam)
    remind(moment=TUESDAY_13)
    assert told("week.due_soon") == []


def test_where_apprentices_log_it_is_their_own_week(ana_at_acme, sam, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    remind(moment=MONDAY_12)
    assert told() == [("week.due_soon", "Ana Xiong")]


def test_one_mail_lists_all_that_are_missing(sam, ana_at_acme, priya):
    register(rows=[apprentice_row(apprentice_ref="T-0002", first_name="Ben", email="")], by=priya)
    remind(moment=MONDAY_12)
    assert [len(notice.details["rows"]) for notice in Notice.objects.filter(to=sam)] == [2]


def test_approvers_get_one_digest_a_day_while_something_waits(ana_at_acme, sam, priya, _then):
    submitted(ana_at_acme, [cell("A", WEEK, "8")], by=priya)
    for moment in (MONDAY_12, MONDAY_12 + timedelta(hours=1), TUESDAY_13):
        _then.move_to(moment)
        remind(moment=moment)
    assert told("approvals.waiting") == ["Sam", "Sam"]


def test_nobody_is_asked_to_decide_when_nothing_waits(ana_at_acme, sam):
    remind(moment=MONDAY_12)
    assert told("approvals.waiting") == []


@pytest.fixture
def maria(acme, ana_at_acme, priya):
    user = create_person(name="Maria", email="maria@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role="MANAGER", on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def standards(priya):
    """The small program, whose second step pays 80 % of the journeyworker rate."""
    steps = (
        WageStepContent(1, "Step 1", 0, None, None, None),
        WageStepContent(2, "Step 2", 1500, None, None, Decimal(80)),
    )
    return load_standards(content=small_content(wage_steps=steps), by=priya).standards


@pytest.fixture
def second_step(ana_at_acme, sam, priya):
    """Ana has the fifteen hours of step 2, which pays $24.00; Acme pays $22.00."""
    Apprenticeship.objects.update(journeyworker_rate=Decimal("30.00"))
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("22.00"), on=REGISTERED_ON, by=priya, reason="Start")
    approved(ana_at_acme, [cell("A", WEEK, "8"), cell("B", WEEK + timedelta(days=1), "8")], by=sam)


def test_a_step_that_is_reached_is_told_to_manager_and_staff_once(second_step, maria, priya, _then):
    for moment in (WEDNESDAY_14, WEDNESDAY_14 + timedelta(days=1)):
        _then.move_to(moment)
        remind(moment=moment)
    assert sorted(told("wage_step.reached")) == ["Maria", "Priya"]


def test_a_step_that_is_paid_is_told_to_nobody(second_step, maria, ana_at_acme, priya):
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("24.00"), on=WEEK, by=priya, reason="Step 2")
    remind(moment=WEDNESDAY_14)
    assert told("wage_step.reached") == []


def test_a_review_that_is_due_is_told_once(ana_at_acme, sam, standards, _then):
    Standards.objects.filter(pk=standards.pk).update(review_interval_days=20)
    for moment in (MONDAY_12, TUESDAY_13):
        _then.move_to(moment)
        remind(moment=moment)
    assert told("review.due") == ["Sam"]


def test_who_wants_no_reminders_gets_none(sam):
    sam.wants_reminders = False
    sam.save()
    remind(moment=MONDAY_12)
    assert told() == []


def test_who_has_no_address_is_told_on_the_page(sam):
    sam.email = None
    sam.save()
    remind(moment=MONDAY_12)
    assert Notice.objects.get().state == Notice.State.NO_ADDRESS


def test_the_mail_says_what_is_missing_and_how_to_be_left_in_peace(sam, client):
    remind(moment=MONDAY_12)
    send_notices()
    message = mail.outbox[0]
    assert message.subject == "Hours due soon: 1 week"
    assert "Ana Xiong, week of Jan. 5, 2026: due Jan. 13, 2026" in message.body
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("kind", ["approvals.waiting", "week.overdue", "wage_step.reached", "review.due"])
def test_every_other_reminder_can_be_written_too(second_step, maria, standards, ana_at_acme, sam, priya, kind):
    Standards.objects.filter(pk=standards.pk).update(review_interval_days=20)
    submitted(ana_at_acme, [cell("A", WEEK + timedelta(days=7), "8")], by=priya)
    register(rows=[apprentice_row(apprentice_ref="T-0002", first_name="Ben", email="")], by=priya)
    remind(moment=WEDNESDAY_14)
    send_notices()
    assert not Notice.objects.filter(state__in=("QUEUED", "FAILED")).exists()
    assert Notice.objects.filter(kind=kind, state="SENT").exists()


def test_the_clock_asks_the_database_the_same_however_many_they_are(
    sam, priya, ana_at_acme, django_assert_max_num_queries
):
    rows = [apprentice_row(line=n, apprentice_ref=f"T-1{n:03d}", first_name=f"P{n}", email="") for n in range(1, 13)]
    register(rows=rows, by=priya)
    assert Apprenticeship.objects.count() == 13
    with django_assert_max_num_queries(60):
        remind(moment=MONDAY_12)


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_once(sam, _then):
    at_once([lambda: remind(moment=MONDAY_12)] * 3)
    assert told() == [("week.due_soon", "Sam")]
