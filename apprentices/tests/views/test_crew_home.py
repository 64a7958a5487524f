from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from apprentices.actions import hours
from apprentices.actions.apprenticeships import register
from apprentices.actions.supervision import assign
from apprentices.models import Review
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, saved, submitted
from employers.actions.employers import count_journeyworkers
from employers.models import ClosedDay, Standards

pytestmark = pytest.mark.django_db
HOME = reverse("crew_home")
WEEK = timedelta(days=7)
TODAY = MONDAY + 2 * WEEK + timedelta(days=2)  # a Wednesday: the last week was due the day before


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(f"{TODAY}T18:00:00Z", tick=False):
        yield


@pytest.fixture
def explained(acme):
    """Everything before MONDAY was a shutdown, so that no week of it is asked for."""
    start = date(2026, 1, 5)
    days = [start + timedelta(days=number) for number in range((MONDAY - start).days)]
    ClosedDay.objects.bulk_create(ClosedDay(employer=acme, closed_on=day, title="Shutdown") for day in days)


def home_of(client, user):
    client.force_login(user)
    return client.get(HOME).context["home"]


def more_people(count, by):
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="")
        for number in range(1, count + 1)
    ]
    register(rows=rows, by=by)


def test_what_waits_for_a_decision_leads_to_it_with_its_age(client, sam, ana_at_acme):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    home = home_of(client, sam)
    assert (home.waiting, home.waiting_since) == (1, MONDAY)
    assert reverse("approvals") in client.get(HOME).content.decode()


def test_who_has_not_reported_is_named_with_each_week_and_how_long_it_is_overdue(client, sam, ana_at_acme, explained):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    (one,) = home_of(client, sam).not_reported
    assert [(due.week.starts_on, due.overdue_since) for due in one.weeks] == [
        (MONDAY, MONDAY + timedelta(days=9)),
        (MONDAY + WEEK, MONDAY + timedelta(days=16)),
    ]
    page = client.get(HOME).content.decode()
    assert "overdue since Mar 11" in page
    assert reverse("week", args=[MONDAY, "T-0001"]) in page


def test_weeks_that_are_explained_are_not_asked_for(client, sam, ana_at_acme, explained):
    for start in (MONDAY, MONDAY + WEEK):
        submitted(ana_at_acme, [cell("A", start, "8")], by=sam)
    home = home_of(client, sam)
    assert (home.not_reported, home.overdue, home.reported, home.to_report) == ([], 0, 1, 1)
    assert "No week is unexplained." in client.get(HOME).content.decode()


def test_hours_done_and_left_the_next_step_and_this_week_stand_beside_each(client, sam, ana_at_acme):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ana_at_acme, [cell("A", TODAY, "7.5")], by=sam)
    (member,) = home_of(client, sam).members
    assert (str(member.ojl.actual), str(member.ojl.shortfall), str(member.logged)) == ("8.00", "22.00", "7.50")
    assert member.wage.next_step.title == "Step 2"
    page = client.get(HOME).content.decode()
    assert "22.00 h left" in page
    assert "after 7.00 more hours on the job" in page


def test_the_ratio_stands_beside_the_journeyworkers_of_each_worksite(client, sam, acme, ana_at_acme, priya):
    more_people(3, priya)
    for worksite, count in (("North plant", 1), ("South plant", 2)):
        count_journeyworkers(employer=acme, worksite=worksite, count=count, on=MONDAY, by=priya)
    (ratio,) = home_of(client, sam).ratios
    assert ratio.worksites == (("North plant", 1), ("South plant", 2))
    assert (ratio.answer.apprentices, ratio.answer.journeyworkers, ratio.answer.allowed) == (4, 3, 3)
    assert "Only 3 allowed" in client.get(HOME).content.decode()


def test_journeyworkers_whom_nobody_counted_are_said_to_be_uncounted(client, sam, ana_at_acme):
    home_of(client, sam)
    assert "Nobody has counted the journeyworkers yet" in client.get(HOME).content.decode()


def test_reviews_under_way_or_due_in_two_weeks_are_listed_by_day(client, sam, ana_at_acme, priya):
    Standards.objects.filter(pk=ana_at_acme.standards_id).update(review_interval_days=80)
    (review,) = home_of(client, sam).reviews
    assert (review.due.due_on, review.due.review, review.is_overdue) == (date(2026, 3, 26), None, False)
    Review.objects.create(apprenticeship=ana_at_acme, held_on=MONDAY, recorded_at=f"{MONDAY}T12:00Z", recorded_by=priya)
    assert home_of(client, sam).reviews == []


def test_labor_reads_the_same_and_has_nothing_to_do(client, lee, sam, ana_at_acme):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    home = home_of(client, lee)
    page = client.get(HOME).content.decode()
    assert (home.waiting, [member.apprenticeship.ref for member in home.members]) == (0, ["T-0001"])
    assert reverse("approvals") not in page
    assert "Waiting for a decision" not in page


def test_a_mentor_sees_the_mentored_and_no_ratio(client, nils, ana_at_acme, sam):
    assign(apprenticeships=[ana_at_acme], user=nils, role="MENTOR", on=MONDAY, by=sam)
    home = home_of(client, nils)
    assert (home.count, home.ratios) == (1, [])


def test_a_stranger_sees_only_the_own_crew(client, oscar, bea, ana_at_acme):
    assert [member.apprenticeship.ref for member in home_of(client, oscar).members] == ["T-0002"]


@pytest.mark.parametrize("who", ["priya", "ada", "sue"])
def test_who_watches_over_many_crews_goes_on_to_the_list(client, who, ana_at_acme, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(HOME).headers["Location"] == reverse("crew")


@pytest.mark.parametrize(("who", "address"), [("nobody", 302), ("nils", 404), ("ana", 404)])
def test_who_watches_nobody_has_no_such_page(everybody, who, address):
    assert everybody[who].get(HOME).status_code == address


@pytest.mark.parametrize(
    ("who", "address"),
    [("sam", HOME), ("lee", HOME), ("ana", reverse("my_progress")), ("priya", reverse("admin:index"))],
)
def test_the_front_door_leads_each_role_home(everybody, who, address):
    assert everybody[who].get("/").headers["Location"] == address


def test_an_empty_crew_is_told_what_to_do_next(client, oscar):
    home_of(client, oscar)
    page = client.get(HOME).content.decode()
    assert "Nobody is in the program here yet." in page
    assert reverse("employers_settings") in page


@pytest.mark.parametrize("count", [1, 49])
def test_the_page_asks_the_database_the_same_for_one_and_for_fifty(
    client, sam, ana_at_acme, priya, acme, count, django_assert_num_queries
):
    more_people(count, priya)
    count_journeyworkers(employer=acme, worksite="Main", count=12, on=MONDAY, by=priya)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    hours.approve(timesheets=[week.pk], by=sam, on=TODAY)
    home_of(client, sam)
    with django_assert_num_queries(24):
        assert len(client.get(HOME).context["home"].members) == count + 1
