from datetime import timedelta

import pytest

from apprentices.actions import hours
from apprentices.actions.amendments import amend
from apprentices.actions.zero_weeks import NoReason, attest_zero
from apprentices.models import HourEntry, Timesheet
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, claimed, done, saved, state_of, submitted
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
TUESDAY = MONDAY + timedelta(days=1)


def attested(*weeks, by, reason="LAYOFF", **options):
    return attest_zero(weeks=list(weeks), reason=reason, by=by, **{"on": DECIDED_ON} | options)


def put_up(apprenticeship, *, by):
    """Ana's week, attested and waiting."""
    week = done(attested((apprenticeship, MONDAY), by=by))
    return done(hours.submit(timesheets=[week.pk], by=by, on=DECIDED_ON))


def standing(week):
    week.refresh_from_db()
    return week.state, week.version, week.zero_reason, week.zero_note


def test_a_week_without_work_is_attested_with_its_reason_and_recorded(ana_at_acme, sam):
    week = done(attested((ana_at_acme, TUESDAY), by=sam, reason="OTHER", note=" Line moved "))
    assert week.week_starts_on == MONDAY
    assert standing(week) == ("DRAFT", 1, "OTHER", "Line moved")
    event = AuditEvent.objects.get(event="hours.attested_zero")
    assert (event.subject_id, event.details) == (week.pk, {"reason": "OTHER", "note": "Line moved"})


def test_it_is_submitted_and_approved_like_any_week_and_posts_nothing(ana_at_acme, sam):
    week = put_up(ana_at_acme, by=sam)
    done(hours.approve(timesheets=[week.pk], by=sam, on=DECIDED_ON))
    assert standing(week) == ("APPROVED", 1, "LAYOFF", "")
    ana_at_acme.refresh_from_db()
    assert ana_at_acme.ledger_position == 0


def test_several_people_and_weeks_go_at_once_and_a_refused_one_blocks_none(ana_at_acme, ben_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    weeks = [(ana_at_acme, MONDAY), (ben_at_acme, MONDAY), (ben_at_acme, MONDAY + WEEK)]
    outcomes = attested(*weeks, by=sam)
    assert [outcome.reason for outcome in outcomes] == [
        "Hours stand in this week: it is not a week without work.",
        "",
        "",
    ]
    assert Timesheet.objects.filter(zero_reason="LAYOFF").count() == 2


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_weeks(ana_at_acme, sam, django_assert_max_num_queries, count):
    weeks = [(ana_at_acme, MONDAY - number * WEEK) for number in range(count)]
    with django_assert_max_num_queries(14):
        attested(*weeks, by=sam)


def test_another_reason_has_to_be_said(ana_at_acme, sam):
    with pytest.raises(NoReason):
        attested((ana_at_acme, MONDAY), by=sam, reason="OTHER", note="  ")
    assert not Timesheet.objects.exists()


def test_approved_hours_refuse_it_and_hours_all_taken_back_do_not(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    (outcome,) = attested((ana_at_acme, MONDAY), by=sam)
    assert "Hours stand" in outcome.reason
    amend(entry=HourEntry.objects.get(), hours=0, reason="Was not here", by=sam, on=DECIDED_ON)
    done(attested((ana_at_acme, MONDAY), by=sam))
    assert standing(week) == ("DRAFT", 2, "LAYOFF", "")


def test_a_week_that_waits_is_recalled_first(ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    (outcome,) = attested((ana_at_acme, MONDAY), by=sam)
    assert "Recall it first" in outcome.reason


def test_a_week_approved_as_zero_is_not_attested_again(ana_at_acme, sam):
    week = put_up(ana_at_acme, by=sam)
    hours.approve(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    (outcome,) = attested((ana_at_acme, MONDAY), by=sam, reason="LEAVE")
    assert "already" in outcome.reason
    assert standing(week)[2] == "LAYOFF"


def test_a_week_to_come_cannot_be_attested(ana_at_acme, sam):
    (outcome,) = attested((ana_at_acme, DECIDED_ON + WEEK), by=sam)
    assert outcome.reason == "The week is still to come."


@pytest.mark.parametrize("who", ["oscar", "lee", "ana"])
def test_who_may_not_log_may_not_attest(ana_at_acme, sam, who, request):
    (outcome,) = attested((ana_at_acme, MONDAY), by=request.getfixturevalue(who))
    assert outcome.reason == "These hours are not yours to log."
    assert not Timesheet.objects.exists()


def test_hours_logged_afterwards_take_the_reason_away(ana_at_acme, sam):
    week = done(attested((ana_at_acme, MONDAY), by=sam, reason="OTHER", note="Fire drill"))
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert standing(week) == ("DRAFT", 1, "", "")


def test_a_zero_week_that_turns_out_worked_goes_on_as_its_next_version(ana_at_acme, sam):
    week = put_up(ana_at_acme, by=sam)
    hours.approve(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert standing(week) == ("DRAFT", 2, "", "")
    assert claimed(week) == [("A", MONDAY, "8.00", 2)]


def test_a_returned_zero_week_is_put_up_with_another_reason_as_its_next_version(ana_at_acme, sam):
    week = put_up(ana_at_acme, by=sam)
    hours.return_(timesheets=[week.pk], reason="That was leave", by=sam, on=DECIDED_ON)
    again = done(attested((ana_at_acme, MONDAY), by=sam, reason="LEAVE"))
    done(hours.submit(timesheets=[again.pk], by=sam, on=DECIDED_ON))
    assert state_of(week) == ("SUBMITTED", 2)
    assert standing(week)[2] == "LEAVE"
