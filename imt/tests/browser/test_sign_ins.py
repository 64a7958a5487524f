"""How people come in, as they do it: an invitation on paper, a tablet on the floor, one's own account."""

import os
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from apprentices.models import Apprentice
from employers.models import Badge, Employer, EmployerMembership
from imt.accounts.models import User
from imt.demo.seeding import seed
from imt.demo.sign_ins import BADGE, PIN
from imt.tests.browser.rooms import complaints_of, enter, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)
PASSWORD = "a long sentence about nothing"


@pytest.fixture
def demo(transactional_db, settings, live_server):
    settings.DEMO = True
    settings.SITE_ADDRESS = live_server.url
    cache.clear()
    seed(password=PASSWORD)


class Visit:
    """Pages looked at in both widths, with what is wrong about them."""

    def __init__(self, page, live_server):
        self.page, self.site, self.found, self.seen = page, live_server.url, [], 0
        complaints_of(page, self.found)

    def open(self, name, *arguments):
        self.page.goto(self.site + reverse(name, args=arguments))

    def look(self, name):
        """axe, width and policy of the page as it stands; a picture of it where IMT_SCREENSHOTS names a folder."""
        self.seen += 1
        folder = os.environ.get("IMT_SIGN_IN_SCREENSHOTS")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            if folder:
                self.page.screenshot(path=Path(folder, f"{self.seen:02d}-{name}-{width}.png"), full_page=True)
            if sideways(self.page) > 0:
                self.found.append(f"{name} at {width}: {sideways(self.page)} pixels too wide")
        before = list(self.found)
        wrong = [f"{name}: {text}" for text in violations(self.page)]
        self.found[:] = before + wrong  # axe itself tries a style or two

    def press(self, name):
        self.page.get_by_role("button", name=name).click()


@pytest.fixture
def visit(page, live_server, demo):
    visit = Visit(page, live_server)
    yield visit
    assert visit.found == []


def maria():
    return User.objects.get(email="maria@example.org")


def acme():
    return Employer.objects.get(name="Acme")


def test_a_manager_invites_a_supervisor_on_paper_who_comes_in(visit, page, live_server, browser):
    enter(page, live_server, maria())
    visit.open("people")
    visit.look("people")
    page.get_by_role("link", name="Invite somebody").click()
    visit.look("invite")
    visit.press("Invite")
    page.get_by_text("Please look at this again").wait_for()
    visit.look("invite-refused")
    page.get_by_label("Name").fill("Noor Aziz")
    page.get_by_label("E-mail address").fill("noor@example.org")
    page.get_by_label("as a code on paper").check()
    visit.press("Invite")
    page.get_by_text("This code is shown once").wait_for()
    visit.look("paper")
    code = page.locator(".code").inner_text()

    context = browser.new_context(java_script_enabled=False)
    hers = Visit(context.new_page(), live_server)
    hers.open("invitation")
    hers.page.get_by_label("Code of the invitation").fill("AAAA-BBBB-CCCC-DDDD")
    hers.press("Go on")
    hers.page.get_by_role("alert").get_by_text("There is no such code").wait_for()
    hers.page.get_by_label("Code of the invitation").fill(code.lower())
    hers.press("Go on")
    hers.page.get_by_label("Password").first.fill(PASSWORD)
    hers.page.get_by_label("Password, once more").fill(PASSWORD)
    hers.press("Set the password and sign in")
    hers.page.wait_for_url("**/crew/")
    assert hers.found == []
    context.close()
    assert EmployerMembership.objects.in_force().get(user__email="noor@example.org").role == "SUPERVISOR"


def test_the_pages_of_an_invitation_and_of_one_that_is_over(visit, page, live_server, browser):
    enter(page, live_server, maria())
    tess = User.objects.get(email="tess@example.org")
    visit.open("person", acme().pk, tess.pk)
    visit.look("person")
    visit.press("Print a new code")
    code = page.locator(".code").inner_text()
    other = browser.new_context()
    hers = Visit(other.new_page(), live_server)
    hers.open("invitation")
    hers.seen = 20
    hers.look("code")
    hers.open("invitation_link", code)
    hers.look("password")
    page.go_back()
    visit.open("person", acme().pk, tess.pk)
    visit.press("Print a new code")
    hers.page.reload()
    hers.page.get_by_text("This invitation is over").wait_for()
    hers.found.clear()  # the browser notes that the page is 410, rightly
    hers.look("over")
    assert hers.found == []
    other.close()


def test_a_tablet_is_paired_and_somebody_without_an_e_mail_logs_in_and_is_gone(visit, page, live_server, browser):
    enter(page, live_server, maria())
    visit.open("employer_people", acme().pk)
    page.get_by_label("Where the tablet stands").fill("Line 4")
    visit.press("Make a code for a tablet")
    visit.look("pairing")
    code = page.locator(".code").inner_text()

    context = browser.new_context(has_touch=True)
    floor = Visit(context.new_page(), live_server)
    floor.seen = 40
    floor.open("tablet")
    floor.look("not-paired")
    floor.page.get_by_role("link", name="Pair this tablet").click()
    floor.look("pair")
    floor.page.get_by_label("Code of the tablet").fill(code)
    floor.press("Pair")
    floor.look("badge")
    floor.page.get_by_label("Badge number").fill(BADGE)
    floor.page.get_by_label("PIN").fill("000000")
    floor.press("Sign in")
    floor.page.get_by_role("alert").get_by_text("Badge and PIN do not go together").wait_for()
    assert "error-summary" in floor.page.evaluate("document.activeElement.className")
    floor.look("badge-refused")
    floor.page.get_by_label("PIN").fill(PIN)
    floor.press("Sign in")
    floor.page.get_by_text("Hello Eli Novak").wait_for()
    floor.look("menu")
    for target in floor.page.locator(".tablet a, .tablet button, #leave-tablet button").all():
        assert target.bounding_box()["height"] >= 44
    floor.page.get_by_role("link", name="My progress").click()
    floor.look("at-the-tablet")
    floor.press("Done: sign out")
    floor.page.get_by_text("Sign in with your badge").wait_for()
    floor.page.go_back()
    floor.page.get_by_text("Eli Novak").wait_for(state="detached")
    assert floor.found == []
    context.close()

    visit.open("employer_people", acme().pk)
    visit.look("people-with-tablet")


def test_who_walks_away_from_the_tablet_is_warned_and_signed_out(visit, page, live_server):
    enter(page, live_server, maria())
    visit.open("employer_people", acme().pk)
    page.get_by_label("Where the tablet stands").fill("Line 4")
    visit.press("Make a code for a tablet")
    code = page.locator(".code").inner_text()
    page.context.clear_cookies()
    page.clock.install()
    visit.open("pair_this_tablet")
    page.get_by_label("Code of the tablet").fill(code)
    visit.press("Pair")
    page.get_by_label("Badge number").fill(BADGE)
    page.get_by_label("PIN").fill(PIN)
    visit.press("Sign in")
    page.get_by_text("Hello Eli Novak").wait_for()
    page.clock.run_for(101_000)
    page.get_by_text("Are you still here?").wait_for()
    visit.look("still-here")
    visit.press("I am still here")
    page.clock.run_for(101_000)
    page.get_by_text("Are you still here?").wait_for()
    page.clock.run_for(20_000)
    page.get_by_text("Sign in with your badge").wait_for()


def test_the_first_time_with_a_code_on_paper_without_a_script(visit, page, live_server, browser):
    carla = Apprentice.objects.get(first_name="Fatima")
    enter(page, live_server, maria())
    visit.open("invite_apprentice", acme().pk, carla.pk)
    page.get_by_label("Badge number").fill("2001")
    page.get_by_label("as a code on paper").check()
    visit.press("Invite")
    visit.look("paper-for-the-tablet")
    paper = page.locator(".code").nth(1).inner_text()
    visit.open("employer_people", acme().pk)
    page.get_by_label("Where the tablet stands").fill("Line 4")
    visit.press("Make a code for a tablet")
    code = page.locator(".code").inner_text()

    context = browser.new_context(java_script_enabled=False)
    floor = Visit(context.new_page(), live_server)
    floor.open("pair_this_tablet")
    floor.page.get_by_label("Code of the tablet").fill(code)
    floor.press("Pair")
    floor.page.get_by_role("link", name="First time here").click()
    floor.page.get_by_label("Badge number").fill("2001")
    floor.page.get_by_label("Code on your paper").fill(paper)
    floor.page.get_by_label("Your new PIN").fill("481592")
    floor.page.get_by_label("The PIN once more").fill("481592")
    floor.press("Set the PIN and sign in")
    floor.page.get_by_text("Hello Fatima Haddad").wait_for()
    assert floor.found == []
    context.close()
    assert Badge.objects.get(number="2001").pin


def test_ones_own_account_messages_and_devices(visit, page, live_server):
    enter(page, live_server, User.objects.get(email="ana@example.org"))
    visit.open("account")
    visit.look("account")
    visit.open("notices")
    visit.look("messages")
    visit.open("usersessions_list")
    visit.look("devices")
    visit.open("account")
    page.get_by_label("Language").select_option("es")
    visit.press("Save")
    page.get_by_role("heading", name="Mi cuenta").wait_for()
    assert page.locator("html").get_attribute("lang") == "es"
    visit.look("account-es")
    page.get_by_role("heading", name=re.compile("Mi cuenta")).wait_for()


def test_a_week_of_the_crew_is_not_decided_at_the_tablet(visit, page, live_server):
    enter(page, live_server, maria())
    sam = User.objects.get(email="sam@example.org")
    visit.open("person", acme().pk, sam.pk)
    page.get_by_label("Badge number").fill("3003")
    visit.press("Give the badge")
    page.get_by_label("New PIN").fill("481592")
    visit.press("Set the PIN")
    page.get_by_text("The PIN is set.").wait_for()
    visit.open("employer_people", acme().pk)
    page.get_by_label("Where the tablet stands").fill("Line 4")
    visit.press("Make a code for a tablet")
    code = page.locator(".code").inner_text()
    page.context.clear_cookies()
    visit.open("pair_this_tablet")
    page.get_by_label("Code of the tablet").fill(code)
    visit.press("Pair")
    page.get_by_label("Badge number").fill("3003")
    page.get_by_label("PIN").fill("481592")
    visit.press("Sign in")
    page.get_by_role("link", name="Log the crew's hours").click()
    page.wait_for_url(f"**/crew/weeks/{timezone.localdate()}/**")
    visit.open("approvals")
    page.get_by_text("Not at the tablet").first.wait_for()
    visit.found.clear()  # the browser notes that the page is 403, rightly
    visit.look("not-at-the-tablet")
