"""The queue, as a supervisor works through it: wide and narrow, by mouse and by keyboard, with and without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.supervision import assign
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.tests.cast import PASSWORD, REGISTERED_ON, apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, submitted
from employers.actions.memberships import add_member
from employers.models import ClosedDay, EmployerMembership
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
def ben_at_acme(ana_at_acme, priya):
    register(rows=[apprentice_row(apprentice_ref="T-0003", first_name="Ben", email="ben@example.org")], by=priya)
    return Apprenticeship.objects.get(ref="T-0003")


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


def test_a_mentor_without_an_account_approves_by_a_link_once(page, live_server, weeks, sam, settings, refused):
    settings.SITE_ADDRESS = live_server.url
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("make_approval_link", args=[weeks[1].pk]))
    looks_right(page)
    page.get_by_label("Mentor").fill("Mel Mentor")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Hand on this address").input_value()
    looks_right(page)
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_role("heading", name="Ana Xiong, March 2 to March 8, 2026").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Approve the week").click()
    page.get_by_role("heading", name="Thank you, Mel Mentor").wait_for()
    looks_right(page)
    assert states() == ["APPROVED", "SUBMITTED"]
    assert page.context.cookies() == []
    assert refused == []
    page.goto(address)
    page.get_by_text("It was used already").wait_for()
    looks_right(page)


def test_a_remark_is_answered_and_hours_of_the_wrong_person_are_moved(page, live_server, weeks, sam, ben_at_acme, acme):
    ClosedDay.objects.create(employer=acme, closed_on=MONDAY, title="Founders’ Day")
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("approvals"))
    page.get_by_role("link", name="Answer 13.50 h on Monday, March 2").click()
    looks_right(page)
    page.get_by_label("What was it?").fill("Inventory")
    page.get_by_role("button", name="Keep the answer").click()
    page.get_by_text("Sam: Inventory").wait_for()
    page.goto(live_server.url + reverse("approvals"))
    looks_right(page)
    page.get_by_role("link", name="Wrong person? Move the hours of Ana Xiong’s week of March 2").click()
    looks_right(page)
    page.get_by_label("They belong to").select_option(label="Ben Xiong (T-0003)")
    page.get_by_label("Reason").fill("Typed into the wrong row")
    page.get_by_role("button", name="Move the hours").click()
    page.get_by_text("Moved: the hours stand with Ben Xiong now.").wait_for()
    assert Timesheet.objects.get(apprenticeship=ben_at_acme).state == "SUBMITTED"


def test_the_history_of_a_line_tells_what_was_amended_and_why(page, live_server, weeks, ana, sam):
    entry = HourEntry.objects.filter(timesheet__state="APPROVED").first()
    amend(entry=entry, hours=7, reason="Left early for the dentist", by=sam, on=MONDAY + timedelta(days=7))
    enter(page, live_server, ana)
    page.goto(live_server.url + reverse("my_hours"))
    page.get_by_role("link", name="History of line").first.click()
    page.get_by_text("Amended: 8.00 h before, 7.00 h since").wait_for()
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
