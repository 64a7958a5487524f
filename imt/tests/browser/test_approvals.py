"""The queue, as a supervisor works through it: wide and narrow, by mouse and by keyboard, with and without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from apprentices.actions.supervision import assign
from apprentices.models import LedgerLine, Timesheet
from apprentices.tests.cast import PASSWORD, REGISTERED_ON
from apprentices.tests.weeks import MONDAY, approved, cell, submitted
from employers.actions.memberships import add_member
from employers.models import EmployerMembership
from imt.accounts.actions import create_person
from imt.tests.browser.rooms import complaints_of, enter, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)


@pytest.fixture(autouse=True)
def _in_march(settings):
    """The Monday after the week."""
    settings.DEMO = True
    with time_machine.travel(datetime(2026, 3, 9, 18, tzinfo=UTC)):
        yield


@pytest.fixture
def maria(acme, ana_at_acme, priya):
    user = create_person(name="Maria", email="maria@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role=EmployerMembership.Role.MANAGER, on=REGISTERED_ON, by=priya)
    assign(apprenticeships=[ana_at_acme], user=user, role="SUBSTITUTE", on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def weeks(ana_at_acme, sam, maria):
    """Two weeks of Ana's that wait, after three that were approved."""
    for number in (2, 3, 4):
        approved(ana_at_acme, [cell("A", MONDAY - timedelta(weeks=number), "8.00")], by=sam)
    return [
        submitted(ana_at_acme, [cell("A", MONDAY - timedelta(weeks=1), "8.00")], by=sam, source="WEEK_TOTAL"),
        submitted(ana_at_acme, [cell("A", MONDAY, "8.00"), cell("B", MONDAY, "5.50", "Line 4")], by=sam),
    ]


@pytest.fixture(params=WIDTHS)
def page(page, request):
    page.set_viewport_size({"width": request.param, "height": 800})
    return page


def states():
    return list(Timesheet.objects.order_by("-week_starts_on").values_list("state", flat=True)[:2])


def looks_right(page):
    assert violations(page) == []
    assert sideways(page) == 0


def test_all_are_approved_and_one_slip_is_undone(page, live_server, weeks, sam, refused):
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("approvals"))
    page.get_by_text("This week has 5.50 h more.").wait_for()
    page.locator(".per-day summary").last.click()
    page.get_by_role("cell", name="5.50").first.wait_for()
    looks_right(page)
    page.get_by_role("button", name="Approve all 2 on this page").click()
    page.get_by_text("2 weeks approved: their hours count.").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Undo Ana Xiong, week of March 2").click()
    page.get_by_text("The approval is undone: the week waits again.").wait_for()
    assert states() == ["SUBMITTED", "APPROVED"]
    assert sum(line.hours for line in LedgerLine.objects.all()) == 32
    assert refused == []


def test_a_week_goes_back_with_a_reason_and_without_one_the_field_says_so(page, live_server, weeks, sam):
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("approvals"))
    first = page.locator(".decision").first
    first.get_by_text("Send back with a reason").click()
    first.get_by_role("button", name="Send Ana Xiong’s week back").click()
    page.get_by_text("Please look at this again").wait_for()
    looks_right(page)
    first.get_by_label("What has to change?").fill("Which machine was it?")
    first.get_by_role("button", name="Send Ana Xiong’s week back").click()
    page.get_by_text("The week went back with your reason.").wait_for()
    assert states() == ["SUBMITTED", "RETURNED"]


def test_the_substitute_finds_what_passed_on_and_the_manager_reminds(page, live_server, weeks, maria):
    enter(page, live_server, maria)
    page.goto(live_server.url + reverse("approvals"))
    page.get_by_text("2 that you may decide on lie with others.").wait_for()
    looks_right(page)
    page.get_by_role("link", name="Show everything I may decide").click()
    page.get_by_text("lies with Sam since Mar 9; passes to Maria on Mar 12").first.wait_for()
    page.get_by_role("button", name="Remind of Ana Xiong’s week of").last.click()
    page.get_by_text("Reminded: Sam.").wait_for()
    looks_right(page)


def test_the_queue_works_without_scripts(browser, live_server, weeks, sam):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    complaints = []
    complaints_of(page, complaints)
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("approvals"))
    page.get_by_role("checkbox", name="Ana Xiong, March 2 to March 8").check()
    page.get_by_role("button", name="Approve the selected ones").first.click()
    page.get_by_text("1 week approved: its hours count.").wait_for()
    assert states() == ["APPROVED", "SUBMITTED"]
    assert complaints == []
    context.close()
