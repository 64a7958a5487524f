from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from apprentices.actions import hours
from apprentices.actions.evidence import add_evidence
from apprentices.actions.supervision import assign, end
from apprentices.models import LedgerLine
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, returned, saved, state_of, submitted
from employers.actions.memberships import add_member
from employers.models import EmployerSettings
from imt.accounts.models import Notice

pytestmark = pytest.mark.django_db
ADDRESS = reverse("approvals")
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def weeks(ana_at_acme, sam):
    """Two weeks of Ana's that wait."""
    return [submitted(ana_at_acme, [cell("A", day, "8.00", "Line 4")], by=sam) for day in (MONDAY, NEXT)]


def sent(*weeks, picked=(), **more):
    """What the page of these weeks sends."""
    fields = {f"version-{week.pk}": week.version for week in weeks}
    return fields | {f"pick-{week.pk}": "on" for week in picked} | more


def test_the_queue_shows_each_day_the_note_and_who_logged(as_sam, weeks):
    page = as_sam.get(ADDRESS)
    assert [one["week"].timesheet.pk for one in page.context["weeks"]] == [week.pk for week in weeks]
    assert "Line 4" in page.content.decode()
    assert page.context["weeks"][0]["week"].loggers == ("Sam",)


def test_the_selected_week_is_approved_and_the_other_one_waits_on(as_sam, weeks):
    response = as_sam.post(ADDRESS, sent(*weeks, picked=weeks[:1], act="approve"))
    assert response.headers["Location"] == ADDRESS
    assert [state_of(week)[0] for week in weeks] == ["APPROVED", "SUBMITTED"]
    assert LedgerLine.objects.count() == 1


def test_all_weeks_of_the_page_are_approved_at_once(as_sam, weeks):
    as_sam.post(ADDRESS, sent(*weeks, act="approve_all"))
    assert [state_of(week)[0] for week in weeks] == ["APPROVED", "APPROVED"]


def test_a_week_goes_back_with_its_reason(as_sam, weeks):
    week = weeks[0]
    more = {"return_week": week.pk, f"reason-{week.pk}": "Which machine?"}
    as_sam.post(ADDRESS, sent(*weeks, **more))
    assert week.decisions.get().reason == "Which machine?"
    assert [state_of(week)[0] for week in weeks] == ["RETURNED", "SUBMITTED"]


def test_a_week_does_not_go_back_without_a_reason(as_sam, weeks):
    week = weeks[0]
    page = as_sam.post(ADDRESS, sent(*weeks, return_week=week.pk))
    assert page.context["summary"] == [(f"reason-{week.pk}", "Ana Xiong", "Say why the week goes back.")]
    assert state_of(week)[0] == "SUBMITTED"


def test_the_button_of_a_week_returns_that_one_whatever_is_selected(as_sam, weeks):
    more = {"return_week": weeks[0].pk, f"reason-{weeks[0].pk}": "Look again"}
    as_sam.post(ADDRESS, sent(*weeks, picked=weeks[1:], **more))
    assert [state_of(week)[0] for week in weeks] == ["RETURNED", "SUBMITTED"]


def test_without_a_selection_the_page_says_so(as_sam, weeks):
    page = as_sam.post(ADDRESS, sent(*weeks, act="approve"))
    assert page.context["summary"] == [("", "", "No week is selected.")]


def test_a_week_decided_meanwhile_is_explained_and_does_not_block_the_other(as_sam, weeks, sam):
    data = sent(*weeks, act="approve_all")
    hours.return_(timesheets=[weeks[0].pk], reason="Too many", by=sam, on=DECIDED_ON)
    response = as_sam.post(ADDRESS, data)
    assert response.status_code == 409
    assert "Sam has decided on this week already: Returned." in response.content.decode()
    assert [state_of(week)[0] for week in weeks] == ["RETURNED", "APPROVED"]


def test_a_week_that_changed_since_it_was_looked_at_is_refused_beside_its_hours(as_sam, ana_at_acme, sam):
    week = returned(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    data = sent(week, picked=[week], act="approve")
    saved(ana_at_acme, [cell("A", MONDAY, "9.00")], by=sam)
    hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    response = as_sam.post(ADDRESS, data)
    assert response.status_code == 409
    assert "The week has changed since you saw it" in response.context["weeks"][0]["refusal"]
    assert not LedgerLine.objects.exists()


def test_hours_approved_before_are_told_beside_the_new_ones(as_sam, ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    week = saved(ana_at_acme, [cell("B", MONDAY, "1.00")], by=sam)
    hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    assert "8.00 h of this week are approved already" in as_sam.get(ADDRESS).content.decode()


def test_a_long_day_is_pointed_out(as_sam, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "13.00")], by=sam)
    assert as_sam.get(ADDRESS).context["weeks"][0]["week"].long_days == [MONDAY]


def test_an_empty_queue_says_why_and_what_next(as_sam, sam):
    assert "No week waits for your decision" in as_sam.get(ADDRESS).content.decode()


def test_hours_that_were_split_or_imported_are_marked(as_sam, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam, source="SPLIT")
    page = as_sam.get(ADDRESS)
    assert page.context["weeks"][0]["week"].rows[0].sources == ["Split from a total"]
    assert "Split from a total" in page.content.decode()


def test_a_week_is_compared_with_the_usual_one(as_sam, ana_at_acme, sam):
    for number in (1, 2, 3):
        approved(ana_at_acme, [cell("A", MONDAY - timedelta(weeks=number), "8.00")], by=sam)
    submitted(ana_at_acme, [cell("A", MONDAY, "2.00"), cell("B", MONDAY, "10.50")], by=sam)
    week = as_sam.get(ADDRESS).context["weeks"][0]["week"]
    assert (week.usual.total, week.more_than_usual) == (8, 4.5)
    said = [(process.code, str(one.hours), str(one.usual)) for process, one in week.unusual]
    assert said == [("B", "10.50", "0.00"), ("A", "2.00", "8.00")]


def test_an_approval_is_undone_from_the_page(as_sam, weeks):
    as_sam.post(ADDRESS, sent(*weeks, act="approve_all"))
    assert "Approved in the last ten minutes: 2 weeks" in as_sam.get(ADDRESS).content.decode()
    response = as_sam.post(ADDRESS, {"undo_week": [week.pk for week in weeks]})
    assert response.headers["Location"] == ADDRESS
    assert [state_of(week) for week in weeks] == [("SUBMITTED", 2), ("SUBMITTED", 2)]


def test_what_can_no_longer_be_undone_is_explained(as_sam, weeks):
    response = as_sam.post(ADDRESS, {"undo_week": weeks[0].pk})
    assert response.status_code == 409
    assert "The week is not at that point" in response.content.decode()


def test_a_week_of_a_second_person_says_who_that_can_be_before_it_is_tried(as_sam, ana_at_acme, acme, sam):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, own_logging="SECOND_PERSON")
    submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    assert "lie with others" not in as_sam.get(ADDRESS).content.decode()
    assert "a second person has to approve them" in as_sam.get(ADDRESS + "?queue=all").content.decode()


def test_evidence_is_shown_once_with_who_added_it(as_sam, weeks, ana_at_acme, sam):
    about = {"apprenticeship": ana_at_acme, "day": MONDAY, "by": sam, "on": DECIDED_ON}
    add_evidence(file_name="shift log.pdf", content=b"%PDF-1.4 a log of the shift", **about)
    page = as_sam.get(reverse("approvals") + "?queue=all").content.decode()
    assert (page.count("shift log.pdf"), page.count("added by Sam")) == (1, 1)


def test_the_number_beside_approvals_is_the_same_here_as_at_home(as_sam, weeks, ana_at_acme, acme, sam, priya):
    end(supervisions=list(ana_at_acme.supervisions.all()), on=REGISTERED_ON, by=priya)
    add_member(user=priya, employer=acme, role="SUPERVISOR", on=REGISTERED_ON, by=priya)
    assign(apprenticeships=[ana_at_acme], user=priya, role="SUPERVISOR", on=REGISTERED_ON, by=priya)
    pages = [as_sam.get(reverse(name)) for name in ("approvals", "crew_home")]
    assert pages[0].context["counts"] == {"mine": 0, "passed": 0, "all": 2}
    assert all('<span class="count">2<' in page.content.decode() for page in pages)


def test_the_part_of_the_queue_stays_after_an_act(as_sam, weeks):
    response = as_sam.post(ADDRESS + "?queue=all", sent(*weeks, act="approve_all"))
    assert response.headers["Location"] == ADDRESS + "?queue=all"
    assert as_sam.get(ADDRESS + "?queue=nonsense").status_code == 200


# --- who has not reported --------------------------------------------------------------------------------------


@pytest.fixture
def in_march():
    with time_machine.travel(datetime(2026, 3, 9, 18, tzinfo=UTC)):
        yield


def remind(client, week=MONDAY, ref="T-0001"):
    return client.post(ADDRESS, {"remind": f"{week}/{ref}"}, follow=True)


def test_weeks_that_nobody_has_submitted_are_listed(in_march, as_sam, ana_at_acme):
    (one,) = as_sam.get(ADDRESS).context["unreported"]
    assert one.apprenticeship == ana_at_acme
    assert one.weeks[-1].week.starts_on == MONDAY


def test_those_who_log_are_reminded_once_a_day(
    in_march, as_sam, ana, ana_at_acme, acme, django_capture_on_commit_callbacks
):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert "Reminded: Ana Xiong." in remind(as_sam).content.decode()
    assert "reminded of this week today already" in remind(as_sam).content.decode()
    (notice,) = Notice.objects.filter(kind="hours.reminded")
    assert (notice.to, notice.details["week"]) == (ana, MONDAY.isoformat())
    assert mail.outbox[0].subject == "Hours due: T-0001, week of 2026-03-02"


def test_who_logs_alone_has_nobody_to_remind(in_march, as_sam, ana_at_acme):
    assert "nobody else is there to be reminded" in remind(as_sam).content.decode()


@pytest.mark.parametrize(
    ("week", "ref"), [("yesterday", "T-0001"), ("2026-13-01", "T-0001"), (MONDAY, "T-9"), ("", "")]
)
def test_a_reminder_of_nothing_is_missing(as_sam, ana_at_acme, week, ref):
    assert remind(as_sam, week, ref).status_code == 404


def test_a_stranger_reminds_nobody(client, oscar, ana_at_acme):
    client.force_login(oscar)
    assert remind(client).status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_the_queue_asks_the_database_the_same_however_long_it_is(
    as_sam, ana_at_acme, sam, django_assert_num_queries, count
):
    for number in range(count):
        submitted(ana_at_acme, [cell("A", MONDAY + timedelta(weeks=number), "8.00")], by=sam)
    as_sam.get(ADDRESS)
    with django_assert_num_queries(30):
        as_sam.get(ADDRESS)


@pytest.mark.parametrize("key", ["x", "-1", "0", str(10**30), "1 OR 1=1"])
def test_a_week_that_does_not_exist_is_missing_or_no_week(as_sam, sam, key):
    response = as_sam.post(ADDRESS, {f"version-{key}": 1, f"pick-{key}": "on", "act": "approve"})
    assert response.status_code in (200, 404)
