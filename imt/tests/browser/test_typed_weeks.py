"""What is typed survives: killed tabs, lost sessions, servers that are down. And it stays with who typed it."""

import os
import random

import pytest
from django.contrib.sessions.models import Session

from apprentices.forms.hour_cells import hours_of
from apprentices.models import TypedWeek
from apprentices.tests.cast import PASSWORD
from apprentices.tests.weeks import MONDAY
from imt.tests.browser.crews import NAMES, cell, claims, crew_address, crew_of_ten, log
from imt.tests.browser.rooms import enter, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A = "A. Safety"
INTERRUPTIONS = int(os.environ.get("IMT_CAMPAIGN", 6))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
TYPED = ("8", "7,5", "7:20", "2h30m", "90m", "eight", "25", "0.25")
KEPT = "Kept as you typed it."


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def crew(ana_at_acme, sam, priya):
    return crew_of_ten(priya)


@pytest.fixture
def opened(context, live_server, crew, sam):
    """opened(): another page of the same browser on the crew's week, signed in as Sam."""

    def opened(user=sam):
        page = context.new_page()
        enter(page, live_server, user)
        page.goto(crew_address(live_server))
        page.wait_for_selector("[role=grid]")
        return page

    return opened


def type_and_leave(page, person, day, text):
    cell(page, person, A, day).focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def is_same(shown, typed):
    return shown == typed or (hours_of(shown) == hours_of(typed) and hours_of(shown)[1] == "")


def kill_tab(page):
    """The process of the tab ends without a word."""
    page.context.new_cdp_session(page).send("Page.close")


def lose_session(page):
    Session.objects.all().delete()


def stop_server(page):
    page.context.set_offline(True)


@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_of_a_cell_that_was_left_before_an_interruption(opened, context, seed):
    chance = random.Random(seed)
    page, expected = opened(), {}
    people = ["Ana Xiong", *(f"{name} Xu" for name in NAMES[1:])]
    for number in range(INTERRUPTIONS):
        interrupt = chance.choice((kill_tab, lose_session, stop_server))
        if interrupt is not kill_tab and chance.random() < 0.5:
            interrupt(page)  # and the typing goes on
        for _cell in range(chance.randint(1, 4)):
            place = chance.choice(people), chance.choice(DAYS)
            expected[place] = chance.choice(TYPED)
            type_and_leave(page, *place, expected[place])
        inside = chance.choice(people), "Sunday"
        expected.pop(inside, None)
        cell(page, inside[0], A, inside[1]).focus()
        page.keyboard.type("1")
        interrupt(page)
        if interrupt is not kill_tab:
            page.close()
        context.set_offline(False)
        page = opened()
        shown = {place: cell(page, place[0], A, place[1]).input_value() for place in [*expected, inside]}
        lost = {place: text for place, text in expected.items() if not is_same(shown[place], text)}
        assert lost == {}, f"interruption {number}, {interrupt.__name__}, seed {seed}"
        assert is_same(shown[inside], "1"), f"interruption {number}, {interrupt.__name__}, within the cell"
        type_and_leave(page, *inside, "0")
        expected[inside] = "0"


def test_a_crash_is_told_and_what_was_typed_can_be_discarded(opened):
    page = opened()
    type_and_leave(page, "Ana Xiong", "Monday", "6:45")
    type_and_leave(page, "Ben Xu", "Monday", "eight")
    page.get_by_text(KEPT).wait_for()
    kill_tab(page)
    page = opened()
    page.get_by_text("It is not saved yet.").locator("visible=true").wait_for()
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == "6.75"
    assert cell(page, "Ben Xu", A, "Monday").input_value() == "eight"
    assert page.get_by_text("“eight” is not hours.").count() == 1
    assert violations(page) == []
    page.get_by_role("button", name="Discard what I typed").click()
    page.wait_for_load_state()
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == ""
    assert not TypedWeek.objects.exists()
    page.close()
    assert cell(opened(), "Ana Xiong", A, "Monday").input_value() == ""


def test_another_device_of_the_same_person_shows_it_too(opened, browser, live_server, sam):
    page = opened()
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_text(KEPT).wait_for()
    other = browser.new_context().new_page()
    enter(other, live_server, sam)
    other.goto(crew_address(live_server))
    assert cell(other, "Ana Xiong", A, "Monday").input_value() in ("6", "6.00")
    other.get_by_role("button", name="Save drafts").click()
    other.get_by_text("1 week saved.").wait_for()
    assert claims() == {("T-0001", "A", 0): "6.00"}
    other.context.close()


def test_nobody_else_on_the_same_device_sees_what_was_typed(opened, priya):
    page = opened()
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_text(KEPT).wait_for()
    page.close()
    page = opened(priya)
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == ""
    assert page.get_by_text("stands here again").locator("visible=true").count() == 0


def test_who_was_signed_out_is_told_signs_in_again_and_saves(opened, live_server, sam):
    page = opened()
    lose_session(page)
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_text("You are signed out.").wait_for()
    page.get_by_role("button", name="Save drafts").click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("Email").fill(sam.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("[role=grid]")
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == "6.00"
    page.get_by_role("button", name="Save drafts").click()
    page.get_by_text("1 week saved.").wait_for()


def test_a_server_that_is_down_is_told_and_is_sent_what_was_typed_once_it_is_back(opened, context):
    page = opened()
    context.set_offline(True)
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_text("The server does not answer.").wait_for()
    context.set_offline(False)
    page.get_by_text(KEPT).wait_for()
    assert list(TypedWeek.objects.get().typed.values()) == ["6.00"]


def test_after_saving_nothing_is_restored(opened):
    page = opened()
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_role("button", name="Save and submit all").click()
    page.get_by_text("1 week submitted").wait_for()
    page.close()
    page = opened()
    assert page.get_by_text("stands here again").locator("visible=true").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_what_was_typed_before_somebody_else_saved_stands_beside_what_stands_now(opened, crew, priya):
    page = opened()
    type_and_leave(page, "Ana Xiong", "Monday", "6")
    page.get_by_text(KEPT).wait_for()
    kill_tab(page)
    log(crew[:1], MONDAY, {"A": ["4"]}, by=priya, decided=False)
    page = opened()
    assert cell(page, "Ana Xiong", A, "Monday").input_value() == "6.00"
    page.get_by_text("now 4.00 (Priya)").wait_for()
