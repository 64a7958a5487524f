from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from apprentices.actions.amendments import amend
from apprentices.models import HourEntry
from apprentices.queries import ledger
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell

pytestmark = pytest.mark.django_db
MINE = reverse("my_hours")


@pytest.fixture
def lines(ana_at_acme, sam):
    """Five days of A, two of B."""
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    cells = [cell("A", day, "4.00") for day in days] + [cell("B", day, "2.00") for day in days[:2]]
    return approved(ana_at_acme, cells, by=sam)


@pytest.fixture
def two_a_page(monkeypatch):
    monkeypatch.setattr(ledger.ledger_page, "__kwdefaults__", {**ledger.ledger_page.__kwdefaults__, "size": 2})


def test_the_newest_day_comes_first_with_who_logged_and_approved(as_ana, lines):
    response = as_ana.get(MINE)
    assert response.context["ledger"].lines[0].happened_on == MONDAY + timedelta(days=4)
    page = response.content.decode()
    assert "Logged by Sam" in page
    assert "approved by Sam" in page


def test_the_total_is_that_of_all_lines_not_of_the_page(as_ana, lines, two_a_page):
    response = as_ana.get(MINE)
    assert (len(response.context["ledger"].lines), response.context["ledger"].total) == (2, Decimal("24.00"))


def test_the_pages_hold_every_line_once_and_in_order(as_ana, lines, two_a_page):
    seen, address = [], MINE
    while address:
        context = as_ana.get(address).context
        seen += [(line.happened_on, line.position) for line in context["ledger"].lines]
        address = context["next_address"] and MINE + context["next_address"]
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 7


def test_a_total_leads_to_the_lines_of_its_process_alone(as_ana, lines):
    link = f"{MINE}?apprenticeship=T-0001&amp;process=B"
    assert link in as_ana.get(reverse("my_progress")).content.decode()
    found = as_ana.get(link.replace("&amp;", "&")).context["ledger"]
    assert (len(found.lines), found.total) == (2, Decimal("4.00"))


def test_the_filter_is_kept_from_page_to_page(as_ana, lines, two_a_page):
    assert "process=A" in as_ana.get(MINE, {"process": "A"}).context["next_address"]


def test_an_amendment_shows_what_was_taken_back_and_why(as_ana, lines, sam):
    entry = HourEntry.objects.filter(work_process__code="B").first()
    amend(entry=entry, hours=Decimal("1.00"), reason="Dentist", by=sam, on=DECIDED_ON)
    page = as_ana.get(MINE).content.decode()
    assert "Taken back by Sam" in page
    assert "Reason: Dentist" in page


def test_a_supervisor_can_amend_from_the_line_and_the_apprentice_cannot(as_sam, as_ana, lines, client, sam):
    assert "/amend/" not in as_ana.get(MINE).content.decode()
    client.force_login(sam)
    assert "/amend/" in client.get(reverse("hours", args=["T-0001"])).content.decode()


@pytest.mark.parametrize("after", ["x", "2026-13-01.1", "2026-03-02", "2026-03-02.x", "2026-03-02.-1", "1" * 50])
def test_a_made_up_place_in_the_list_is_a_missing_page(as_ana, lines, after):
    assert as_ana.get(MINE, {"after": after}).status_code == 404


def test_an_empty_ledger_says_why(as_ana, ana_at_acme):
    assert "Hours appear once a week is approved" in as_ana.get(MINE).content.decode()


def test_the_list_asks_the_database_the_same_for_every_page(as_ana, lines, two_a_page, django_assert_num_queries):
    for address in (MINE, MINE + as_ana.get(MINE).context["next_address"]):
        with django_assert_num_queries(15):
            as_ana.get(address)
