from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship, Timesheet
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, saved, submitted
from employers.models import ClosedDay, EmployerSettings

pytestmark = pytest.mark.django_db
ADDRESS = reverse("week_zero", args=[MONDAY, "T-0001"])
CREW = reverse("crew_zero", args=[MONDAY])


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(f"{DECIDED_ON}T18:00:00Z", tick=False):
        yield


@pytest.fixture
def ben(ana_at_acme, priya):
    """Another apprentice at Acme."""
    register(rows=[apprentice_row(apprentice_ref="T-0003", first_name="Ben", email="ben@example.org")], by=priya)
    return Apprenticeship.objects.get(ref="T-0003")


def zero_reasons():
    rows = Timesheet.objects.order_by("apprenticeship__ref")
    return list(rows.values_list("apprenticeship__ref", "state", "zero_reason", "zero_note"))


def test_a_week_without_hours_is_said_and_submitted_in_one_step(as_sam, ana_at_acme):
    response = as_sam.post(ADDRESS, {"reason": "LAYOFF"}, follow=True)
    assert response.redirect_chain == [(reverse("week", args=[MONDAY, "T-0001"]), 302)]
    assert "no hours in this week" in response.content.decode()
    assert zero_reasons() == [("T-0001", "SUBMITTED", "LAYOFF", "")]


def test_the_form_of_a_week_that_nobody_has_begun_is_empty(as_sam, ana_at_acme):
    form = as_sam.get(ADDRESS).context["form"]
    assert (form["reason"].value(), form["note"].value()) == ("", "")


@pytest.mark.parametrize(
    ("sent", "field"), [({}, "id_reason"), ({"reason": "TIRED"}, "id_reason"), ({"reason": "OTHER"}, "id_note")]
)
def test_what_is_missing_is_said_at_its_field_and_in_the_summary(as_sam, ana_at_acme, sent, field):
    errors = as_sam.post(ADDRESS, sent).context["errors"]
    assert errors[0][0] == field
    assert zero_reasons() == []


def test_a_week_with_hours_is_refused_in_words(as_sam, ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    response = as_sam.post(ADDRESS, {"reason": "LAYOFF"})
    assert response.status_code == 409
    assert "Hours stand in this week" in response.content.decode()


def test_a_week_that_waits_is_refused_in_words(as_sam, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert "Recall it first" in as_sam.post(ADDRESS, {"reason": "LAYOFF"}).content.decode()


def test_an_apprentice_says_it_of_the_own_week_where_the_employer_lets_apprentices_log(as_ana, acme):
    address = reverse("my_week_zero", args=[MONDAY, "T-0001"])
    assert as_ana.post(address, {"reason": "LEAVE"}).status_code == 403
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, apprentices_log_hours=True)
    as_ana.post(address, {"reason": "LEAVE"})
    assert zero_reasons() == [("T-0001", "SUBMITTED", "LEAVE", "")]


def test_several_people_are_said_at_once(as_sam, ana_at_acme, ben):
    sent = {"people": [ana_at_acme.pk, ben.pk], "reason": "OTHER", "note": "Flood"}
    response = as_sam.post(CREW, sent, follow=True)
    assert "2 weeks said and submitted." in response.content.decode()
    assert zero_reasons() == [("T-0001", "SUBMITTED", "OTHER", "Flood"), ("T-0003", "SUBMITTED", "OTHER", "Flood")]


def test_a_refused_one_stands_beside_the_others(as_sam, ana_at_acme, ben, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    response = as_sam.post(CREW, {"people": [ana_at_acme.pk, ben.pk], "reason": "LAYOFF"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "1 week said and submitted." in page
    assert "Ana Xiong: Hours stand in this week" in page
    assert zero_reasons()[1] == ("T-0003", "SUBMITTED", "LAYOFF", "")


def test_whose_week_is_explained_is_not_offered(as_sam, ana_at_acme, ben, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert list(as_sam.get(CREW).context["people"]) == [ben.pk]
    assert as_sam.post(CREW, {"people": [ana_at_acme.pk], "reason": "LAYOFF"}).context["errors"]


def test_where_everyones_week_is_explained_the_page_says_so(as_sam, ana_at_acme, acme):
    for number in range(5):
        ClosedDay.objects.create(employer=acme, closed_on=MONDAY + timedelta(days=number), title="Shutdown")
    assert "explained by leave or by the plant’s calendar" in as_sam.get(CREW).content.decode()


def test_a_strangers_people_are_not_offered(client, oscar, bea, ana_at_acme):
    client.force_login(oscar)
    assert ana_at_acme.pk not in client.get(CREW).context["people"]
    assert client.post(CREW, {"people": [ana_at_acme.pk], "reason": "LAYOFF"}).context["errors"]
    assert zero_reasons() == []


def test_nobody_selected_is_an_error(as_sam, ana_at_acme):
    errors = as_sam.post(CREW, {"reason": "LAYOFF"}).context["errors"]
    assert "Select at least one person." in [text for _id, _label, text in errors]


def test_a_week_to_come_is_no_address(as_sam, ana_at_acme):
    assert as_sam.get(reverse("crew_zero", args=[DECIDED_ON + timedelta(days=8)])).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_crews_page_asks_the_database_the_same_however_many_there_are(
    as_sam, ana_at_acme, priya, count, django_assert_num_queries
):
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="")
        for number in range(1, count + 1)
    ]
    register(rows=rows, by=priya)
    as_sam.get(CREW)
    with django_assert_num_queries(12):
        as_sam.get(CREW)
