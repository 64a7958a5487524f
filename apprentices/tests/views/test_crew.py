from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.apprenticeships import register
from apprentices.actions.statuses import change_status
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, saved, submitted

pytestmark = pytest.mark.django_db
CREW = reverse("crew")


def members(response):
    return [member.apprenticeship.ref for member in response.context["members"]]


def more_people(count, by, **changes):
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="", **changes)
        for number in range(1, count + 1)
    ]
    register(rows=rows, by=by)


def test_a_supervisor_sees_the_people_of_the_own_employer_alone(as_sam, ana_at_acme, bea, sam):
    assert members(as_sam.get(CREW)) == ["T-0001"]


def test_staff_find_somebody_by_name_reference_or_employer(client, priya, ana_at_acme, bea):
    client.force_login(priya)
    assert members(client.get(CREW, {"q": "bea"})) == ["T-0002"]
    assert members(client.get(CREW, {"q": "T-0001"})) == ["T-0001"]
    assert members(client.get(CREW, {"q": "acme xiong"})) == ["T-0001"]
    assert "Nobody was found" in client.get(CREW, {"q": "nobody"}).content.decode()


def test_who_left_the_program_is_shown_only_when_asked_for(as_sam, ana_at_acme, priya):
    today = timezone.localdate()
    change_status(apprenticeships=[ana_at_acme], status="CANCELLED", on=today, by=priya, reason="Left")
    assert members(as_sam.get(CREW)) == []
    assert members(as_sam.get(CREW, {"all": "1"})) == ["T-0001"]


def test_the_number_of_waiting_weeks_leads_to_the_decision(as_sam, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    page = as_sam.get(CREW).content.decode()
    assert "<strong>1 week</strong> waits for your decision." in page
    assert reverse("approvals") in page


def test_labor_looks_and_has_nothing_to_decide(client, lee, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    client.force_login(lee)
    response = client.get(CREW)
    assert members(response) == ["T-0001"]
    assert reverse("approvals") not in response.content.decode()


def test_a_past_week_that_nobody_filled_in_is_missing_and_a_suspended_one_is_not_due(as_sam, ana_at_acme, priya):
    weeks = as_sam.get(CREW).context["members"][0].weeks
    assert [week.state for week in weeks] == ["MISSING"] * 4 + [""]
    since = timezone.localdate() - timedelta(weeks=3)
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=since, by=priya, reason="Leave")
    weeks = as_sam.get(CREW).context["members"][0].weeks
    assert [week.state for week in weeks] == ["MISSING", "MISSING", "NOT_DUE", "NOT_DUE", ""]


def test_each_week_says_how_it_stands_and_how_many_hours_it_holds(as_sam, ana_at_acme, sam):
    day = timezone.localdate() - timedelta(weeks=1)
    saved(ana_at_acme, [cell("A", day, "7.50")], by=sam)
    week = as_sam.get(CREW).context["members"][0].weeks[-2]
    assert (week.state, str(week.hours)) == ("DRAFT", "7.50")


def test_the_crews_week_has_a_row_per_person_with_the_hours_of_each_day(as_sam, ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00"), cell("B", MONDAY + timedelta(days=2), "4.00")], by=sam)
    (group,) = as_sam.get(reverse("crew_week", args=[MONDAY + timedelta(days=3)])).context["groups"]
    (sheet,) = group["sheets"]
    assert (group["days"][0].day, sheet.apprenticeship.ref, sheet.grid.state) == (MONDAY, "T-0001", "APPROVED")
    assert [str(number) for number in sheet.totals] == ["8.00", "0.00", "4.00", "0.00", "0.00", "0.00", "0.00"]


@pytest.mark.parametrize("day", ["2026-02-30", "1999-01-01", "2126-01-01", "yesterday"])
def test_a_day_that_is_none_is_no_address(as_sam, sam, day):
    assert as_sam.get(f"/crew/weeks/{day}/").status_code == 404


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_that_can_be_asked_for_are_answered(as_sam, ana_at_acme, day):
    assert as_sam.get(f"/crew/weeks/{day}/").status_code == 200
    assert as_sam.get(f"/crew/weeks/{day}/T-0001/").status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_the_crew_asks_the_database_the_same_however_many_they_are(
    as_sam, ana_at_acme, priya, django_assert_num_queries, count
):
    more_people(count, by=priya)
    as_sam.get(CREW)
    with django_assert_num_queries(17):
        as_sam.get(CREW)


@pytest.mark.parametrize("count", [1, 12])
def test_the_crews_week_does_so_too(as_sam, ana_at_acme, priya, django_assert_num_queries, count):
    more_people(count, by=priya)
    address = reverse("crew_week", args=[MONDAY])
    as_sam.get(address)
    with django_assert_num_queries(18):
        as_sam.get(address)


def test_a_long_crew_comes_in_pages(as_sam, ana_at_acme, priya):
    more_people(30, by=priya)
    first, second = as_sam.get(CREW), as_sam.get(CREW, {"page": 2})
    assert (len(members(first)), len(members(second))) == (25, 6)
    assert not set(members(first)) & set(members(second))
