"""Weeks submitted, recalled, approved and returned: who may, when it is due, and what reaches the ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apprentices.actions import hours
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet, TimesheetDecision
from apprentices.queries.hours import waiting_hours
from apprentices.tests.weeks import (
    DECIDED_ON,
    MONDAY,
    approved,
    cell,
    claimed,
    done,
    ledger,
    returned,
    saved,
    state_of,
    submitted,
)
from employers.models import WorkProcess
from imt.audit.models import AuditEvent
from imt.audit.queries import history_of

TUESDAY = MONDAY + timedelta(days=1)
ACTS = {
    "submit": hours.submit,
    "recall": hours.recall,
    "approve": hours.approve,
    "return": lambda **about: hours.return_(reason="Tuesday is missing", **about),
}


@pytest.fixture
def waiting(ana_at_acme, sam):
    """Ana's week, submitted by Sam: 8 hours in A, 7.25 in B."""
    return submitted(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "7.25")], by=sam)


def act(name, week, by, **about):
    (outcome,) = ACTS[name](timesheets=[week.pk], by=by, on=DECIDED_ON, **about)
    return outcome


def events(week):
    return [event.event for event in history_of(week)]


# --- submit and recall -----------------------------------------------------------------------------------------


def test_a_submitted_week_waits(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    week = done(hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON))
    assert (week.state, week.version, week.submitted_by) == ("SUBMITTED", 1, sam)
    assert week.submitted_at is not None
    assert waiting_hours([ana_at_acme.pk]) == {ana_at_acme.pk: Decimal("8.00")}


def test_what_waits_does_not_count(waiting):
    assert not LedgerLine.objects.exists()


def test_a_week_without_hours_is_not_submitted(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam)
    assert "no hours" in act("submit", week, sam).reason
    assert state_of(week) == ("DRAFT", 1)


def test_a_week_without_hours_is_submitted_with_a_reason(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam)
    Timesheet.objects.update(zero_reason="PLANT_CLOSED")
    assert act("submit", week, sam).is_done


def test_a_week_that_waits_is_not_submitted_again(waiting, sam):
    assert "“Submitted”" in act("submit", waiting, sam).reason


def test_a_recalled_week_is_a_draft_and_waits_no_longer(waiting, ana_at_acme, sam):
    week = done(hours.recall(timesheets=[waiting.pk], by=sam, on=DECIDED_ON))
    assert (week.state, week.submitted_at, week.submitted_by) == ("DRAFT", None, None)
    assert waiting_hours([ana_at_acme.pk]) == {}


def test_who_looked_before_a_recall_does_not_decide_on_what_is_put_up_after_it(waiting, ana_at_acme, sam, priya):
    looked_at = {waiting.pk: waiting.version}
    act("recall", waiting, sam)
    submitted(ana_at_acme, [cell("A", MONDAY, "12")], by=sam)
    assert "changed since you saw it" in act("approve", waiting, priya, versions=looked_at).reason
    assert not LedgerLine.objects.exists()


def test_a_decided_week_is_not_recalled(ana_at_acme, sam, priya):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=priya)
    assert act("recall", week, sam).reason == "Priya has decided on this week already: Approved."


# --- approve ---------------------------------------------------------------------------------------------------


def test_an_approved_week_is_closed_and_its_hours_count(waiting, ana_at_acme, sam):
    assert act("approve", waiting, sam).timesheet.state == "APPROVED"
    assert ledger(ana_at_acme) == [(1, "A", "8.00", "LOGGED"), (2, "B", "7.25", "LOGGED")]


def test_the_lines_say_who_approved_and_when(waiting, sam):
    act("approve", waiting, sam)
    decision = waiting.decisions.get()
    assert (decision.verdict, decision.version, decision.decided_by, decision.reason) == ("APPROVED", 1, sam, "")
    lines = LedgerLine.objects.values_list("posted_at", "posted_by", "happened_on", "entry__timesheet")
    assert set(lines) == {
        (decision.decided_at, sam.pk, MONDAY, waiting.pk),
        (decision.decided_at, sam.pk, TUESDAY, waiting.pk),
    }


def test_an_approval_raises_the_positions_of_the_facts_and_of_the_ledger(waiting, ana_at_acme, sam):
    before = Apprenticeship.objects.get(pk=ana_at_acme.pk)
    act("approve", waiting, sam)
    after = Apprenticeship.objects.get(pk=ana_at_acme.pk)
    assert (after.facts_position, after.ledger_position) == (before.facts_position + 1, 2)


def test_two_weeks_of_one_apprenticeship_count_on(ana_at_acme, sam):
    next_week = MONDAY + timedelta(days=7)
    weeks = [submitted(ana_at_acme, [cell("A", day, "8")], by=sam).pk for day in (MONDAY, next_week)]
    hours.approve(timesheets=weeks, by=sam, on=DECIDED_ON)
    assert [position for position, *_rest in ledger(ana_at_acme)] == [1, 2]


def test_the_positions_of_two_apprenticeships_are_their_own(ana_at_acme, ben_at_acme, sam):
    weeks = [submitted(one, [cell("A", MONDAY, "8")], by=sam).pk for one in (ana_at_acme, ben_at_acme)]
    hours.approve(timesheets=weeks, by=sam, on=DECIDED_ON)
    assert [row[0] for row in ledger(ana_at_acme)] == [row[0] for row in ledger(ben_at_acme)] == [1]


def test_the_source_of_a_claim_stays_with_its_line(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, source=HourEntry.Source.WEEK_TOTAL)
    assert LedgerLine.objects.get().source == "WEEK_TOTAL"


def test_a_week_without_hours_is_approved_and_posts_nothing(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam)
    Timesheet.objects.update(zero_reason="PLANT_CLOSED")
    act("submit", week, sam)
    assert act("approve", week, sam).is_done
    assert ledger(ana_at_acme) == []


def test_an_approved_week_is_not_approved_again(ana_at_acme, sam, priya):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert act("approve", week, priya).reason == "Sam has decided on this week already: Approved."
    assert LedgerLine.objects.count() == 1


def test_a_draft_is_not_approved(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert "“Draft”" in act("approve", week, sam).reason


def test_a_refused_week_stands_beside_the_approved_ones_and_blocks_none(ana_at_acme, waiting, sam):
    draft = saved(ana_at_acme, [cell("A", MONDAY + timedelta(days=7), "8")], by=sam)
    outcomes = hours.approve(timesheets=[draft.pk, waiting.pk], by=sam, on=DECIDED_ON)
    assert {outcome.timesheet.pk: outcome.is_done for outcome in outcomes} == {draft.pk: False, waiting.pk: True}


def test_a_week_named_twice_is_approved_once(waiting, sam):
    assert done(hours.approve(timesheets=[waiting.pk, waiting.pk], by=sam, on=DECIDED_ON)) == waiting
    assert LedgerLine.objects.count() == 2


def test_a_week_that_does_not_exist_has_no_outcome(sam):
    assert hours.approve(timesheets=[987654], by=sam, on=DECIDED_ON) == []


def test_an_approval_is_kept_back_when_the_week_changed_since_it_was_looked_at(waiting, sam):
    outcome = act("approve", waiting, sam, versions={waiting.pk: waiting.version + 1})
    assert "changed since you saw it" in outcome.reason
    assert state_of(waiting) == ("SUBMITTED", 1)


def test_a_failure_in_the_middle_leaves_nothing_of_an_approval(waiting, sam, monkeypatch):
    def fail(apprenticeships):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(hours, "facts_changed", fail)  # the last thing that it does
    with pytest.raises(RuntimeError), transaction.atomic():
        act("approve", waiting, sam)
    assert state_of(waiting) == ("SUBMITTED", 1)
    assert not LedgerLine.objects.exists() and not TimesheetDecision.objects.exists()


# --- return and put up again -------------------------------------------------------------------------------------


def test_a_returned_week_names_the_reason(waiting, sam):
    week = done(hours.return_(timesheets=[waiting.pk], reason="Tuesday is missing", by=sam, on=DECIDED_ON))
    decision = week.decisions.get()
    assert week.state == "RETURNED"
    assert (decision.verdict, decision.reason, decision.decided_by) == ("RETURNED", "Tuesday is missing", sam)
    assert not LedgerLine.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_week_is_not_returned_without_a_reason(waiting, sam, reason):
    with pytest.raises(ValueError, match="with a reason"):
        hours.return_(timesheets=[waiting.pk], reason=reason, by=sam, on=DECIDED_ON)
    assert state_of(waiting) == ("SUBMITTED", 1)


def test_a_returned_week_waits_no_longer(waiting, ana_at_acme, sam):
    act("return", waiting, sam)
    assert waiting_hours([ana_at_acme.pk]) == {}


def test_a_returned_week_is_put_up_again_as_its_next_version(ana_at_acme, sam):
    returned(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert state_of(week) == ("SUBMITTED", 2)
    assert claimed(week) == [("A", MONDAY, "7.00", 2)]


def test_each_version_is_decided_once(ana_at_acme, sam):
    week = returned(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    approved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert list(week.decisions.values_list("version", "verdict")) == [(1, "RETURNED"), (2, "APPROVED")]
    assert ledger(ana_at_acme) == [(1, "A", "7.00", "LOGGED")]


def test_the_database_knows_of_one_decision_for_each_version(ana_at_acme, sam, priya):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimesheetDecision.objects.create(
            timesheet=week, version=1, verdict="APPROVED", decided_at=week.submitted_at, decided_by=priya
        )


# --- the audit log -----------------------------------------------------------------------------------------------


def test_the_history_of_a_week_is_told_in_order(ana_at_acme, sam, priya):
    week = returned(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    approved(ana_at_acme, [cell("A", MONDAY, "7")], by=priya)
    assert events(week) == [
        "hours.saved",
        "hours.submitted",
        "hours.returned",
        "hours.saved",
        "hours.submitted",
        "hours.approved",
    ]
    assert history_of(week).get(event="hours.returned").details == {"reason": "Tuesday is missing"}
    assert history_of(week).get(event="hours.approved").details == {"version": 2}


@pytest.mark.parametrize(("name", "event"), [("approve", "hours.approved"), ("return", "hours.returned")])
def test_each_week_has_an_event_of_its_own(ana_at_acme, ben_at_acme, sam, name, event):
    weeks = [submitted(one, [cell("A", MONDAY, "8")], by=sam).pk for one in (ana_at_acme, ben_at_acme)]
    ACTS[name](timesheets=weeks, by=sam, on=DECIDED_ON)
    found = AuditEvent.objects.filter(event=event).values_list("subject_type", "subject_id", "by")
    assert sorted(found) == [("apprentices.timesheet", week, sam.pk) for week in sorted(weeks)]


def test_what_was_refused_leaves_no_event(waiting, oscar):
    before = AuditEvent.objects.count()
    act("approve", waiting, oscar)
    assert AuditEvent.objects.count() == before


# --- many at once --------------------------------------------------------------------------------------------


@pytest.fixture
def many_weeks(ana_at_acme, sam):
    """A function: so many submitted weeks of Ana's with one entry each, written past the actions."""
    process = WorkProcess.objects.filter(standards=ana_at_acme.standards, code="A").get()
    moment = ana_at_acme.recorded_at

    def build(count):
        weeks = Timesheet.objects.bulk_create(
            Timesheet(
                apprenticeship=ana_at_acme,
                week_starts_on=MONDAY + timedelta(days=7 * number),
                state="SUBMITTED",
                submitted_at=moment,
                submitted_by=sam,
            )
            for number in range(count)
        )
        HourEntry.objects.bulk_create(
            HourEntry(
                timesheet=week,
                apprenticeship=ana_at_acme,
                employer_id=ana_at_acme.employer_id,
                work_process=process,
                worked_on=week.week_starts_on,
                hours=8,
                source="LOGGED",
                version=1,
                logged_at=moment,
                logged_by=sam,
            )
            for week in weeks
        )
        return [week.pk for week in weeks]

    return build


@pytest.mark.parametrize("name", ["approve", "recall"])
def test_five_hundred_weeks_take_a_bounded_number_of_queries(many_weeks, sam, name, django_assert_max_num_queries):
    weeks = many_weeks(500)
    with django_assert_max_num_queries(30):
        outcomes = ACTS[name](timesheets=weeks, by=sam, on=DECIDED_ON)
    assert len(outcomes) == 500 and all(outcome.is_done for outcome in outcomes)


def test_five_hundred_weeks_are_refused_in_a_bounded_number_of_queries(many_weeks, sam, django_assert_max_num_queries):
    weeks = many_weeks(500)
    hours.approve(timesheets=weeks, by=sam, on=DECIDED_ON)
    with django_assert_max_num_queries(15):
        assert not any(outcome.is_done for outcome in hours.approve(timesheets=weeks, by=sam, on=DECIDED_ON))


def test_the_positions_of_five_hundred_weeks_have_no_gap(many_weeks, ana_at_acme, sam):
    hours.approve(timesheets=many_weeks(500), by=sam, on=DECIDED_ON)
    assert [position for position, *_rest in ledger(ana_at_acme)] == list(range(1, 501))
    days = LedgerLine.objects.order_by("position").values_list("happened_on", flat=True)
    assert list(days) == sorted(days)
