"""What the page of the crew's week says of days, people and weeks."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from apprentices.actions.apprenticeships import register
from apprentices.actions.statuses import change_status
from apprentices.models import Apprenticeship, Timesheet
from apprentices.rules.week_names import cell_name
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, saved
from employers.models import EmployerSettings, WorkProcess

pytestmark = pytest.mark.django_db
ADDRESS = reverse("crew_week", args=[MONDAY])


@pytest.fixture
def ben(ana_at_acme, priya):
    """Ana's colleague; by name before her."""
    register(rows=[apprentice_row(apprentice_ref="T-0002", first_name="Ben", last_name="Adler", email="")], by=priya)
    return Apprenticeship.objects.select_related("employer").get(ref="T-0002")


def suspend(*people, on, by):
    change_status(apprenticeships=list(people), status="SUSPENDED", on=on, by=by, reason="Leave")


def parts(response):
    """(the heads of the columns, [the rows of each person]) of the page, as text."""
    page = response.content.decode()
    head = re.search(r"<thead.*?</thead>", page, re.DOTALL)[0]
    return head, re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)


def rows_of(response, ref):
    (group,) = response.context["groups"]
    (sheet,) = (sheet for sheet in group["sheets"] if sheet.apprenticeship.ref == ref)
    return sheet.rows


def test_the_heading_stands_apart_from_its_dates(as_sam, ana_at_acme):
    assert 'week <span class="week-dates">March 2 to March 8, 2026</span>' in as_sam.get(ADDRESS).content.decode()


def test_who_alone_is_not_active_has_it_said_in_the_own_row(as_sam, ana_at_acme, ben, priya):
    suspend(ben, on=MONDAY, by=priya)
    head, (of_ben, of_ana) = parts(as_sam.get(ADDRESS))
    assert "not active" not in head
    assert 'class="num closed' not in head
    assert ">not active<" in of_ben
    assert "not active" not in of_ana


def test_who_is_not_active_on_some_days_has_these_days_named(as_sam, ana_at_acme, ben, priya):
    suspend(ben, on=MONDAY + timedelta(days=4), by=priya)
    _head, (of_ben, _of_ana) = parts(as_sam.get(ADDRESS))
    assert ">not active: Fri, Sat, Sun<" in of_ben


def test_what_holds_for_everybody_is_said_at_the_day(as_sam, ana_at_acme, ben, priya):
    suspend(ben, ana_at_acme, on=MONDAY, by=priya)
    head, rows = parts(as_sam.get(ADDRESS))
    assert head.count("not active") == 7
    assert "not active" not in "".join(rows)


def test_who_has_no_hours_of_late_has_one_row_with_the_choice_of_a_work_process(as_sam, ana_at_acme, ben, sam):
    approved(ben, [cell("B", MONDAY - timedelta(days=7), "8")], by=sam)
    response = as_sam.get(ADDRESS)
    (of_ana,) = rows_of(response, "T-0001")
    assert of_ana.process is None
    assert "Choose a work process" in of_ana.select
    assert [row.process.code for row in rows_of(response, "T-0002")] == ["B"]


@pytest.fixture
def pick(as_sam):
    """Sends the page as Sam with these people picked; returns what is said of it."""

    def send(*people):
        sent = {"act": "submit_picked"} | {f"pick-{one.pk}": "1" for one in people}
        response = as_sam.post(ADDRESS, sent, follow=True)
        return [str(message) for message in response.context["messages"]]

    return send


def test_submitted_weeks_wait_for_a_decision(pick, ana_at_acme, ben, sam):
    for one in (ana_at_acme, ben):
        saved(one, [cell("A", MONDAY, "8")], by=sam)
    assert pick(ana_at_acme, ben) == ["2 weeks submitted: they wait for a decision."]


def test_weeks_that_count_at_once_are_said_to_count(pick, ana_at_acme, ben, sam, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, own_logging="AT_ONCE")
    for one in (ana_at_acme, ben):
        saved(one, [cell("A", MONDAY, "8")], by=sam)
    assert pick(ana_at_acme, ben) == ["2 weeks submitted and approved at once: their hours count."]
    assert set(Timesheet.objects.values_list("state", flat=True)) == {"APPROVED"}


def test_of_weeks_that_count_and_weeks_that_wait_both_are_said(pick, ana_at_acme, ben, sam, priya, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, own_logging="AT_ONCE")
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ben, [cell("A", MONDAY, "8")], by=priya)
    assert pick(ana_at_acme, ben) == [
        "1 week submitted and approved at once: its hours count.",
        "1 week submitted: it waits for a decision.",
    ]


def test_who_changed_a_cell_meanwhile_is_named_beside_it(as_sam, ana_at_acme, priya):
    process = WorkProcess.objects.get(standards=ana_at_acme.standards, code="A")
    saved(ana_at_acme, [cell("A", MONDAY, "7")], by=priya)
    key = ana_at_acme.pk
    name = cell_name(str(process.pk), MONDAY, f"{key}-")
    sent = {name: "8", f"edit_number-{key}": "1", f"seen-{key}": "", "act": "save"}
    response = as_sam.post(ADDRESS, sent)
    assert response.status_code == 409
    assert f"now 7.00 ({priya.name})" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "name"), [("week", "week_spread"), ("my_week", "my_week_spread")], ids=["supervisor", "apprentice"]
)
def test_a_week_leads_to_the_page_for_totals(client, ana_at_acme, ana, sam, acme, address, name):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    client.force_login(sam if address == "week" else ana)
    page = client.get(reverse(address, args=[MONDAY, "T-0001"])).content.decode()
    assert f'href="{reverse(name, args=[MONDAY, "T-0001"])}"' in page
