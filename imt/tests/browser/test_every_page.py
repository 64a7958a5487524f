"""Every page of the demo: wide and narrow, under the strict policy, through axe."""

import os
from pathlib import Path

import pytest
from django.conf import settings as project
from django.urls import reverse
from django.utils import timezone

from apprentices.models import Apprenticeship, HintAnswer, HourEntry, HourFile, JourneyCard, LedgerLine, Timesheet
from employers.models import Employer, Standards
from imt.accounts.models import User
from imt.demo.seeding import seed
from imt.tests.browser.rooms import complaints_of, enter, sideways, sniffed, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 320)


@pytest.fixture
def demo(transactional_db, settings):
    settings.DEMO = True
    seed(password="not needed here")


def addresses():
    """{e-mail: addresses} of every kind of page, in states worth looking at."""
    one = Apprenticeship.objects.get(ref="ACME-01")
    weeks = Timesheet.objects.filter(apprenticeship=one).order_by("-week_starts_on")
    states = [
        weeks.filter(state=state).first().week_starts_on for state in ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED")
    ]
    entry = HourEntry.objects.filter(apprenticeship=one, timesheet__state="APPROVED").first()
    waiting, answered = weeks.filter(state="SUBMITTED").first(), HintAnswer.objects.first()
    amended = LedgerLine.objects.filter(apprenticeship=one, source="REVERSAL").first()
    files = HourFile.objects.filter(employer=one.employer)
    return {
        "sam@example.org": [
            reverse("crew"),
            reverse("crew") + "?q=nobody",
            reverse("crew_week", args=[timezone.localdate()]),
            *(reverse("week", args=[day, "ACME-01"]) for day in states),
            reverse("approvals"),
            reverse("approvals") + "?queue=all",
            reverse("approvals") + "?queue=passed",
            reverse("make_approval_link", args=[waiting.pk]),
            reverse("move_hours", args=[waiting.pk]),
            reverse("week_hints", args=[answered.timesheet_id]),
            reverse("entry_history", args=[amended.entry_id]),
            reverse("amend_entry", args=[entry.pk]),
            reverse("progress", args=["ACME-04"]),
            reverse("hours", args=["ACME-08"]),
            reverse("imports"),
            *(reverse("import_file", args=[key]) for key in files.values_list("pk", flat=True)),
            *(reverse(name, args=[files.latest("pk").pk]) for name in ("import_columns", "import_words")),
            reverse("payroll"),
        ],
        "maria@example.org": [
            reverse("employer_people", args=[one.employer_id]),
            reverse("invite_member", args=[one.employer_id]),
            reverse("person", args=[one.employer_id, User.objects.get(email="sam@example.org").pk]),
        ],
        "ana@example.org": [
            reverse("account"),
            reverse("notices"),
            reverse("my_progress"),
            reverse("my_hours"),
            reverse("my_hours") + "?process=A",
            reverse("my_week", args=[states[1], "ACME-01"]),
        ],
        "lee@example.org": [reverse("crew"), reverse("week", args=[states[0], "ACME-01"])],
        "ada@example.org": [reverse("crew"), reverse("progress", args=["HAYES-01"])],
        "priya@example.org": [
            "/admin/",
            *(
                reverse(f"admin:{name}_changelist")
                for name in ("apprentices_apprenticeship", "reports_progresssnapshot")
            ),
            reverse("admin:audit_auditevent_changelist"),
            reverse("admin:apprentices_ledgerline_changelist"),
            reverse("admin:apprentices_apprenticeship_add"),
            reverse("admin:apprentices_apprenticeship_change", args=[one.pk]),
            reverse("admin:apprentices_apprenticeship_card", args=[one.pk]),
            reverse("admin:apprentices_apprenticeship_status", args=[one.pk]),
            reverse("admin:apprentices_journeycard_change", args=[JourneyCard.objects.first().pk]),
            reverse("admin:employers_standards_change", args=[Standards.objects.first().pk]),
            reverse("admin:employers_standards_load"),
            reverse("admin:employers_employer_change", args=[Employer.objects.first().pk]),
            reverse("admin:apprentices_instructionrecord_add"),
        ],
    }


def test_every_page_is_accessible_fits_a_narrow_screen_and_keeps_the_policy(browser, live_server, demo):
    found, complaints = [], []
    for email, pages in addresses().items():
        context = browser.new_context()
        page = context.new_page()
        complaints_of(page, complaints)
        enter(page, live_server, User.objects.get(email=email))
        for address in pages:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                response = page.goto(live_server.url + address)
                assert response.status == 200, address
                page.wait_for_load_state("networkidle")
                found += complaints
                found += [f"{address} at {width}: {text}" for text in violations(page)]
                # It reads the same markup at every width. Django's own admin has fields set without legends.
                if width == WIDTHS[0] and not address.startswith("/admin/"):
                    found += [f"{address}: {text}" for text in sniffed(page)]
                if sideways(page) > 0:
                    found.append(f"{address} at {width}: {sideways(page)} pixels too wide")
                complaints.clear()  # axe itself tries a style or two
        context.close()
    assert not found, "\n".join(found)


def test_the_refused_form_of_a_week_is_accessible_too(page, live_server, demo):
    enter(page, live_server, User.objects.get(email="sam@example.org"))
    page.goto(live_server.url + reverse("week", args=[timezone.localdate(), "ACME-01"]))
    page.locator(".hours-input").first.fill("eight")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Please look at this again").wait_for()
    assert violations(page) == []


def test_the_picture_of_the_readme_shows_the_product_as_it_is(page, live_server, demo, tmp_path):
    """With IMT_SCREENSHOTS set (`IMT_SCREENSHOTS=1 make test-browser`) it is taken anew and kept in docs/images."""
    enter(page, live_server, User.objects.get(email="ana@example.org"))
    page.set_viewport_size({"width": 1100, "height": 760})
    page.goto(live_server.url + reverse("my_progress"))
    folder = Path(project.BASE_DIR, "docs", "images") if os.environ.get("IMT_SCREENSHOTS") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / "progress.png")
    assert (folder / "progress.png").stat().st_size > 10_000
