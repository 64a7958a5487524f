"""Home, a week without work, totals laid over a week, evidence: as people walk them, wide and on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.models import Apprenticeship, Evidence, HourEntry
from apprentices.queries.hours import week_of
from imt.accounts.models import User
from imt.demo.seeding import DATA, seed
from imt.tests.browser.rooms import complaints_of, enter, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)


@pytest.fixture
def demo(transactional_db, settings):
    settings.DEMO = True
    seed(password="not needed here")


def entered(page, live_server, email):
    enter(page, live_server, User.objects.get(email=email))
    return live_server.url


def week_of_last(ref):
    one = Apprenticeship.objects.select_related("employer").get(ref=ref)
    return week_of(one.employer, timezone.localdate() - timedelta(weeks=1))


@pytest.mark.parametrize("width", WIDTHS)
def test_from_home_a_manager_says_that_nobody_worked_and_attaches_the_notice(page, live_server, demo, width):
    page.set_viewport_size({"width": width, "height": 800})
    url = entered(page, live_server, "maria@example.org")
    page.goto(url + "/")
    page.wait_for_url("**/crew/")
    page.get_by_role("heading", name="Not reported yet").wait_for()
    page.goto(url + reverse("week", args=[timezone.localdate(), "ACME-02"]))
    page.get_by_role("link", name="No hours in this week? Say why").click()
    page.get_by_label("Why were no hours worked?").select_option("OTHER")
    page.get_by_role("button", name="Say so and submit").click()
    page.get_by_role("link", name="Note").click()
    page.keyboard.type("Training at the supplier")
    page.get_by_role("button", name="Say so and submit").click()
    page.get_by_text("Said and submitted: no hours in this week.").wait_for()
    page.get_by_text("No hours were worked in this week: Another reason (Training at the supplier)").wait_for()
    page.get_by_role("link", name="Attach a file or photo").click()
    page.get_by_label("File or photo").set_input_files(DATA / "paper_log.png")
    page.get_by_role("button", name="Attach").click()
    page.get_by_text("Attached: paper_log.png").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="paper_log.png").click()
    assert download.value.path().read_bytes() == (DATA / "paper_log.png").read_bytes()
    assert Evidence.objects.filter(file_name="paper_log.png").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_days_are_split_by_shares_seen_and_saved(browser, live_server, demo, scripts):
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 800}).new_page()
    url = entered(page, live_server, "sam@example.org")
    starts_on = week_of_last("ACME-05") + timedelta(weeks=1)
    page.goto(url + reverse("week_spread", args=[starts_on, "ACME-08"]))
    day = page.locator(".spread-days input").first
    day.fill("7:30")
    page.get_by_label("A. Safety and plant orientation").fill("2")
    page.get_by_label("B. Production set-up").fill("1")
    page.get_by_role("button", name="Show how it is split").click()
    page.get_by_text("This would stand in the week").wait_for()
    page.get_by_role("button", name="Save this as a draft").click()
    page.get_by_text("Saved as a draft. Look at it, then submit it.").wait_for()
    found = HourEntry.objects.filter(apprenticeship__ref="ACME-08", source="SPLIT", worked_on=starts_on)
    assert sorted(str(entry.hours) for entry in found) == ["2.50", "5.00"]
    assert page.get_by_text("split", exact=True).count() >= 2
    page.context.close()


def test_every_state_of_these_pages_is_accessible_fits_and_keeps_the_policy(browser, live_server, demo):
    found, complaints = [], []
    this_week = week_of_last("ACME-05") + timedelta(weeks=1)
    employer = Apprenticeship.objects.get(ref="ACME-01").employer_id
    pages = {
        "maria@example.org": [
            reverse("crew_home"),
            reverse("employer_settings", args=[employer]),
            reverse("employer_settings", args=[employer]) + "?year=2027",
            reverse("week_spread", args=[this_week, "ACME-08"]),
            reverse("week_evidence", args=[this_week - timedelta(weeks=1), "ACME-01"]),
            reverse("week_zero", args=[this_week, "ACME-02"]),
            reverse("crew_zero", args=[this_week]),
            reverse("week", args=[this_week - timedelta(weeks=1), "ACME-01"]),
        ],
        "al@example.org": [reverse("week", args=[this_week, "ALM-01"])],
        "lee@example.org": [reverse("crew_home"), reverse("employer_settings", args=[employer])],
        "priya@example.org": [reverse("employers_settings")],
    }
    for email, addresses in pages.items():
        page = browser.new_context().new_page()
        complaints_of(page, complaints)
        enter(page, live_server, User.objects.get(email=email))
        for address in addresses:
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.goto(live_server.url + address).status == 200, address
                for panel in page.locator("details").all():
                    panel.evaluate("panel => panel.open = true")
                found += complaints
                found += [f"{address} at {width}: {text}" for text in violations(page)]
                if sideways(page) > 0:
                    found.append(f"{address} at {width}: {sideways(page)} pixels too wide")
                complaints.clear()
        page.context.close()
    assert found == []


def test_refused_forms_are_accessible_and_their_summary_takes_the_focus(page, live_server, demo):
    url = entered(page, live_server, "maria@example.org")
    employer = Apprenticeship.objects.get(ref="ACME-01").employer_id
    this_week = week_of_last("ACME-05") + timedelta(weeks=1)
    for address, button in (
        (reverse("week_zero", args=[this_week, "ACME-02"]), "Say so and submit"),
        (reverse("crew_zero", args=[this_week]), "Say so and submit"),
        (reverse("week_spread", args=[this_week, "ACME-08"]), "Show how it is split"),
        (reverse("week_evidence", args=[this_week, "ACME-08"]), "Attach"),
        (reverse("employer_settings", args=[employer]), "Close"),
    ):
        page.goto(url + address)
        for panel in page.locator("details").all():
            panel.evaluate("panel => panel.open = true")
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_text("Please look at this again").wait_for()
        assert "error-summary" in page.evaluate("document.activeElement.className"), address
        assert violations(page) == [], address
