"""Job books, reviews and wishes as people use them: wide and narrow, with the keyboard, without a script, on paper."""

import pytest
from django.urls import reverse

from apprentices.models import Review, SignOff, Wish
from apprentices.tests.cast import REGISTERED_ON
from employers.actions.memberships import add_member
from employers.models import Competency
from imt.accounts.actions import create_person
from imt.accounts.models import User
from imt.demo.seeding import seed
from imt.tests.browser.rooms import complaints_of, enter, sideways, sniffed, violations
from imt.tests.browser.test_river import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOOK = reverse("competencies", args=["T-0001"])
WIDTHS = (1280, 360)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def demo(transactional_db):
    seed(password="not needed here")


def addresses():
    """{name: addresses} of every page of these rooms, in each state of a review."""
    reviews = dict(Review.objects.values_list("apprenticeship__ref", "pk"))
    open_wish, answered = (Wish.objects.filter(answered_at__isnull=still).first() for still in (True, False))
    all_reviews = [reverse("review", args=[ref, key]) for ref, key in reviews.items()]
    mine = SignOff.objects.filter(signed_by="Sam Kowalski").first()
    process = mine.competency.work_process_id
    return {
        "sam": [
            reverse("competencies", args=["ACME-01"]),
            reverse("crew_competencies") + f"?process={process}",
            reverse("crew_competency", args=[Competency.objects.filter(work_process=process, number=2).get().pk]),
            reverse("take_back_sign_off", args=[mine.pk]),
            reverse("crew_reviews"),
            reverse("withdraw_review", args=["ACME-01", reviews["ACME-01"]]),
            *all_reviews,
        ],
        "maria": [*all_reviews, reverse("wishes")],
        "lee": [
            reverse("competencies", args=["ACME-01"]),
            reverse("crew_reviews"),
            *all_reviews,
            reverse("wishes"),
            reverse("wish", args=[open_wish.pk]),
            reverse("wish", args=[answered.pk]),
        ],
        "priya": [reverse("crew_reviews"), reverse("wishes") + "?answered=1", reverse("reviews", args=["ACME-02"])],
        "ana": [
            reverse("my_competencies"),
            reverse("my_reviews"),
            reverse("my_review", args=["ACME-01", reviews["ACME-01"]]),
        ],
        "ben": [reverse("my_reviews"), reverse("my_review", args=["ACME-02", reviews["ACME-02"]])],
    }


def test_every_page_is_accessible_fits_a_phone_and_keeps_the_policy(browser, live_server, demo):
    found, complaints = [], []
    for name, pages in addresses().items():
        context = browser.new_context()
        page = context.new_page()
        complaints_of(page, complaints)
        enter(page, live_server, User.objects.get(email=f"{name}@example.org"))
        for address in pages:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                assert page.goto(live_server.url + address).status == 200, address
                found += complaints + [f"{address} at {width}: {text}" for text in violations(page)]
                if sideways(page) > 0:
                    found.append(f"{address} at {width}: {sideways(page)} pixels too wide")
                complaints.clear()  # axe itself tries a style or two
            found += [f"{address}: {text}" for text in sniffed(page)]
        context.close()
    assert found == []


def test_a_mentor_signs_with_the_keyboard_alone(page, live_server, ana_at_acme, sam, refused):
    enter(page, live_server, sam)
    page.goto(live_server.url + BOOK)
    for box in page.get_by_role("checkbox").all()[:2]:
        box.focus()
        page.keyboard.press("Space")
    tab_to(page, "Sign off")
    page.keyboard.press("Enter")
    page.get_by_text("2 competencies signed off.").wait_for()
    assert SignOff.objects.filter(signed_by="Sam").count() == 2
    assert refused == []


def test_nothing_selected_puts_the_focus_on_the_summary_and_its_link_leads_to_the_list(
    page, live_server, ana_at_acme, sam
):
    enter(page, live_server, sam)
    page.goto(live_server.url + BOOK)
    page.get_by_role("button", name="Sign off").click()
    page.get_by_text("Please look at this again").wait_for()
    assert "error-summary" in page.evaluate("document.activeElement.className")
    assert violations(page) == []
    page.get_by_role("link", name="Competencies").click()
    assert page.evaluate("document.activeElement.id") == "id_picked"


def test_a_job_book_on_paper_shows_what_is_signed_and_no_button(page, live_server, ana_at_acme, sam):
    enter(page, live_server, sam)
    page.goto(live_server.url + BOOK)
    page.emulate_media(media="print")
    assert page.get_by_text("Locks out").is_visible()
    assert page.get_by_text("As it stood on").is_visible()
    for hidden in (page.get_by_role("button", name="Sign off"), page.locator(".site-header")):
        assert not hidden.is_visible()


def test_a_review_goes_from_hand_to_hand_without_a_script(
    browser, live_server, ana_at_acme, ana, sam, lee, acme, priya
):
    max_ = create_person(name="Max", email="max@example.org", by=priya)
    add_member(user=max_, employer=acme, role="MANAGER", on=REGISTERED_ON, by=priya)

    def page_of(user, address):
        context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
        page = context.new_page()
        enter(page, live_server, user)
        page.goto(live_server.url + address)
        return page

    def sign(page, text):
        for box in page.locator("textarea").all():
            box.fill(text)
        page.get_by_role("button", name="Sign this part").click()
        page.get_by_text("Signed.", exact=True).wait_for()

    apprentice = page_of(ana, reverse("my_reviews"))
    apprentice.get_by_role("button", name="Begin a review").click()
    sign(apprentice, "The robot cell")
    for user, text in ((sam, "Runs it alone"), (lee, "As agreed"), (max_, "In May")):
        page = page_of(user, reverse("crew_reviews"))
        page.get_by_role("link", name="Write your part").click()
        sign(page, text)
    apprentice.reload()
    for text in ("The robot cell", "Runs it alone", "As agreed", "In May"):
        assert apprentice.get_by_text(text).first.is_visible()
    assert Review.objects.get().held_on is not None

    committee = page_of(lee, reverse("wishes"))
    committee.get_by_role("article").filter(has_text="The robot cell").get_by_role("link", name="Answer").click()
    committee.get_by_label("Answer").fill("From May on")
    committee.get_by_role("button", name="Answer").click()
    committee.get_by_text("Answered. The apprentice is told.").wait_for()
    apprentice.goto(live_server.url + reverse("my_reviews"))
    assert apprentice.get_by_text("From May on").is_visible()
    for context in browser.contexts:
        context.close()
