"""The river, as people walk it: hours are logged and approved, progress is seen, a card is issued."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.models import JourneyCard, LedgerLine, Timesheet
from apprentices.tests.ready import make_ready
from apprentices.tests.weeks import MONDAY, cell, submitted
from employers.actions.standards import load_standards
from employers.files.standards import read_standards
from imt.demo.seeding import DATA
from imt.tests.browser.rooms import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


def tab_to(page, name):
    """Press Tab until the element whose accessible name begins so has the focus, as a keyboard alone can."""
    for _press in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(({ariaLabel, innerText, value}) => ariaLabel || innerText || value || '')(document.activeElement)"
        )
        if focused.strip().startswith(name):
            return
    raise AssertionError(f"Tab never comes to “{name}”")


def test_a_supervisor_logs_and_approves_a_week(page, live_server, ana_at_acme, sam, refused):
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("week", args=[MONDAY, "T-0001"]))
    page.get_by_label("A. Safety, Monday").fill("7:30")
    page.get_by_label("B. Set-up, Tuesday").fill("8")
    page.get_by_role("button", name="Save and submit").click()
    page.get_by_text("The week now waits for a decision.").wait_for()
    page.get_by_role("link", name="Decide on it").click()
    page.get_by_role("checkbox", name="Ana Xiong, March 2 to March 8").check()
    page.get_by_role("button", name="Approve the selected ones").first.click()
    page.get_by_text("1 week approved: its hours count.").wait_for()
    assert [str(line.hours) for line in LedgerLine.objects.order_by("position")] == ["7.50", "8.00"]
    assert refused == []


def test_the_same_with_the_keyboard_alone(page, live_server, ana_at_acme, sam):
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("week", args=[MONDAY, "T-0001"]))
    tab_to(page, "A. Safety, Monday")
    page.keyboard.type("8")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("4:30")
    tab_to(page, "Save and submit")
    page.keyboard.press("Enter")
    page.get_by_text("The week now waits for a decision.").wait_for()
    tab_to(page, "Decide on it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/crew/approvals/")
    tab_to(page, "Approve this week")
    page.keyboard.press("Enter")
    page.get_by_text("1 week approved: its hours count.").wait_for()
    assert LedgerLine.objects.count() == 2


def test_the_same_without_a_script(browser, live_server, ana_at_acme, sam):
    page = browser.new_context(java_script_enabled=False).new_page()
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("week", args=[MONDAY, "T-0001"]))
    page.get_by_label("A. Safety, Monday").fill("7,5")
    page.get_by_role("button", name="Save and submit").click()
    page.goto(live_server.url + reverse("approvals"))
    page.get_by_text("Send back with a reason").click()
    page.get_by_label("What has to change?").fill("Tuesday is missing")
    page.get_by_role("button", name="Send Ana Xiong’s week back").click()
    page.get_by_text("The week went back with your reason.").wait_for()
    assert Timesheet.objects.get().state == "RETURNED"
    page.context.close()


def test_the_errors_of_a_week_take_the_focus_and_lead_to_their_field(page, live_server, ana_at_acme, sam):
    enter(page, live_server, sam)
    page.goto(live_server.url + reverse("week", args=[MONDAY, "T-0001"]))
    page.get_by_label("A. Safety, Monday").fill("eight")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Please look at this again").wait_for()
    assert "error-summary" in page.evaluate("document.activeElement.className")
    page.get_by_role("link", name="A. Safety, Monday, March 2").click()
    page.keyboard.type("8")
    assert page.get_by_label("A. Safety, Monday").input_value() == "8"
    assert page.title().startswith("Error:")


def test_the_apprentice_sees_every_requirement_and_reaches_the_lines_in_two_taps(
    page, live_server, ana, sam, priya, ana_at_acme
):
    make_ready(ana_at_acme, approver=sam, keeper=priya)
    enter(page, live_server, ana)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(live_server.url + "/")
    page.wait_for_url("**/me/progress/")
    page.get_by_text("All 9 requirements are met.").wait_for()
    page.get_by_role("link", name="10.00 hours: show the lines").click()
    page.get_by_text("Together 10.00 h").wait_for()


def test_the_first_screen_of_a_phone_holds_the_five_answers(page, live_server, ana, sam, ana_at_acme):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    enter(page, live_server, ana)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(live_server.url + reverse("my_progress"))
    for answer in (
        "On-the-job learning",
        "Related instruction",
        "Expected finish",
        "Next raise",
        "Waiting for a decision",
    ):
        box = page.get_by_text(re.compile(f"^{answer}")).first.bounding_box()
        assert box["y"] + box["height"] <= 640, answer


def test_staff_register_somebody(page, live_server, priya, acme, refused):
    load_standards(content=read_standards(DATA / "imt_standards.xlsx", "imt_standards.xlsx"), by=priya)
    enter(page, live_server, priya)
    page.goto(live_server.url + "/admin/")
    page.get_by_role("link", name="Register an apprentice").click()
    page.get_by_label("First name").fill("Noor")
    page.get_by_label("Last name").fill("Aziz")
    page.get_by_label("Birth date").fill("1999-05-01")
    page.get_by_label("Standards").select_option(index=1)
    page.get_by_label("Employer", exact=False).last.select_option(label="Acme")
    page.get_by_label("Registered on").fill((timezone.localdate() - timedelta(days=3)).isoformat())
    page.get_by_role("button", name="Register").click()
    page.get_by_text("is registered.").wait_for()
    assert refused == []


def test_staff_are_told_what_is_missing_and_issue_the_card_once_nothing_is(
    page, live_server, priya, sam, ana_at_acme, refused
):
    enter(page, live_server, priya)
    address = live_server.url + reverse("admin:apprentices_apprenticeship_change", args=[ana_at_acme.pk])
    page.goto(address)
    page.get_by_role("link", name="Issue the journey card").click()
    page.get_by_role("button", name="Issue the card").click()
    page.get_by_text("OJL_TOTAL 0.00 of 30.00, 30.00 h short").wait_for()
    refused.clear()  # the browser notes the 409
    make_ready(ana_at_acme, approver=sam, keeper=priya)
    page.get_by_role("button", name="Issue the card").click()
    page.get_by_text("is issued.").wait_for()
    assert JourneyCard.objects.count() == 1
    assert refused == []
