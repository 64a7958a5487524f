"""Each breach is laid by hand, past the actions and, where they refuse it, past the triggers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.credits import grant
from apprentices.actions.journey_cards import issue
from apprentices.models import (
    Apprenticeship,
    Cohort,
    Credit,
    HourEntry,
    JourneyCard,
    LedgerLine,
    Timesheet,
    TimesheetDecision,
)
from apprentices.rules.canonical import sealed
from apprentices.rules.rows import CreditRow
from apprentices.tests.cast import apprentice_row
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell, returned, saved, submitted
from employers.actions.employers import employer_of
from imt.audit.models import Run
from imt.triggers import lay_triggers, lift_triggers
from reports.actions.snapshots import refresh
from reports.models import ProgressSnapshot
from reports.queries import ledger_check
from reports.queries.ledger_check import (
    breaches_of,
    slices,
    transfers_stay_with_the_person,
    triggers_stand,
    work_undone,
)

LATER = MONDAY + timedelta(days=7)


@pytest.fixture
def unguarded(db):
    """The triggers step aside, as they would for whoever owns the database."""
    lift_triggers(connection)
    yield
    lay_triggers(connection)


def breaches():
    return [str(breach) for breach in breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))]


def the_breach():
    (breach,) = breaches()
    return breach


def test_a_ledger_that_came_about_through_the_actions_holds(ready, sam, priya):
    amend(entry=HourEntry.objects.first(), hours="4", reason="Left early", by=sam, on=READY_ON)
    amend(entry=HourEntry.objects.first(), hours="5", reason="After all", by=sam, on=READY_ON)
    grant(rows=[CreditRow(1, "T-0001", "OJL", "", Decimal("7.00"), MONDAY)], on=READY_ON, by=priya)
    saved(ready, [cell("A", LATER, "2")], by=sam)
    submitted(ready, [cell("A", LATER + timedelta(days=7), "2")], by=sam)
    returned(ready, [cell("A", LATER + timedelta(days=14), "2")], by=sam)
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert breaches() == []
    assert list(triggers_stand()) == []
    assert list(transfers_stay_with_the_person()) == []


def test_a_snapshot_that_says_something_else_is_found(ready):
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    ProgressSnapshot.objects.update(ojl_hours=Decimal("29.99"), missing=["OJL_TOTAL"])
    assert the_breach() == "I1: the snapshot of T-0001 is not what the rules say: ojl_hours, missing"


def test_a_snapshot_of_an_earlier_day_is_judged_by_that_day(ready):
    refresh(apprenticeships=[ready.pk], as_of=date(2026, 1, 5))
    assert breaches() == []
    ProgressSnapshot.objects.update(eligible=True)
    assert the_breach() == "I1: the snapshot of T-0001 is not what the rules say: eligible"


def test_a_snapshot_that_is_behind_is_no_breach_and_one_ahead_is(ready, sam):
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    approved(ready, [cell("B", LATER, "8")], by=sam)
    assert breaches() == []
    ProgressSnapshot.objects.update(facts_position=1000)
    assert the_breach() == "I1: the snapshot of T-0001 is ahead of its facts"


def test_an_approved_entry_without_a_line_is_found(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    lone = HourEntry.objects.get()
    lone.pk, lone.worked_on = None, MONDAY + timedelta(days=1)
    lone.save(force_insert=True)
    assert week.entries.count() == 2
    assert the_breach() == f"I2: entry {lone.pk} of T-0001 on 2026-03-03 is approved and not in the ledger"


def test_a_line_of_an_entry_that_is_not_approved_is_found(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    TimesheetDecision.objects.all().delete()
    Timesheet.objects.filter(pk=week.pk).update(state="DRAFT")
    assert "is in the ledger and not approved" in the_breach()


def test_an_entry_that_counts_twice_is_found(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    line = LedgerLine.objects.get()
    line.pk, line.position = None, 2
    line.save(force_insert=True)
    Apprenticeship.objects.update(ledger_position=2)
    assert the_breach() == f"I2: entry {line.entry_id} counts 2 times"


def test_a_credit_whose_line_says_something_else_is_found(ana_at_acme, priya, unguarded):
    grant(rows=[CreditRow(1, "T-0001", "OJL", "", Decimal("7.00"), MONDAY)], on=READY_ON, by=priya)
    LedgerLine.objects.update(hours=Decimal("70.00"))
    assert the_breach().startswith("I2: credit ")
    assert the_breach().endswith("has lines 70.00 on 2026-03-02")


def test_a_credit_that_was_taken_back_without_its_line_is_found(ana_at_acme, priya):
    grant(rows=[CreditRow(1, "T-0001", "OJL", "", Decimal("7.00"), MONDAY)], on=READY_ON, by=priya)
    Credit.objects.update(voided_at=timezone.now(), voided_by=priya)
    assert the_breach().startswith("I2: credit ")


def test_a_line_that_was_changed_past_the_triggers_is_found(ana_at_acme, sam, unguarded):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    LedgerLine.objects.update(hours=Decimal("9.00"))
    entry = HourEntry.objects.get()
    assert the_breach() == f"I3: T-0001 position 1 is not what entry {entry.pk} claims"


def test_a_line_that_was_deleted_past_the_triggers_is_found(ana_at_acme, sam, unguarded):
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    LedgerLine.objects.filter(position=2).delete()
    assert breaches()[0] == "I3: T-0001 has 1 lines, the last at position 1, and says 2"


def test_a_gap_in_the_positions_is_found(ana_at_acme, sam, unguarded):
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    LedgerLine.objects.filter(position=2).update(position=3)
    Apprenticeship.objects.update(ledger_position=3)
    assert the_breach() == "I3: T-0001 has 2 lines, the last at position 3, and says 3"


def test_a_reversal_that_does_not_undo_its_line_is_found(ana_at_acme, sam, unguarded):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    amend(entry=HourEntry.objects.get(), hours="0", reason="Absent", by=sam, on=READY_ON)
    LedgerLine.objects.filter(source="REVERSAL").update(hours=Decimal("-7.00"), happened_on=LATER)
    assert the_breach() == "I3: T-0001 position 2 does not undo position 1: happened_on, hours"


def test_a_missing_trigger_is_found(unguarded):
    lay_triggers(connection)
    on = " ON apprentices_ledgerline" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER imt_apprentices_ledgerline_delete{on}")
    assert [str(breach) for breach in triggers_stand()] == [
        "I3: the trigger imt_apprentices_ledgerline_delete is missing"
    ]


@pytest.mark.parametrize("state", ["DRAFT", "SUBMITTED", "RETURNED"])
def test_a_week_that_stands_elsewhere_than_its_decision_says_is_found(ana_at_acme, sam, state):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    Timesheet.objects.filter(pk=week.pk).update(state=state)
    assert f"I4: week T-0001 2026-03-02 is {state}, and its decision says something else" in breaches()


def test_an_approved_week_without_a_decision_is_found(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    TimesheetDecision.objects.all().delete()
    assert the_breach() == "I4: week T-0001 2026-03-02 is APPROVED, and its decision says something else"


def test_a_decision_on_a_version_that_never_was_is_found(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    TimesheetDecision.objects.create(
        timesheet=week, version=9, verdict="APPROVED", decided_at=timezone.now(), decided_by=sam
    )
    assert the_breach().startswith("I4: decision ")


def test_a_card_whose_assessment_was_changed_is_found(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    JourneyCard.objects.update(assessment={**card.assessment, "ref": "T-0002"})
    assert the_breach() == f"I5: card {card.number}: its assessment was changed"


def test_a_card_that_was_never_earned_is_found(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    JourneyCard.objects.update(assessment=sealed({**card.assessment, "eligible": False}))
    assert the_breach() == f"I5: card {card.number}: its own assessment says that the holder was not eligible"


def test_a_card_whose_facts_give_another_answer_is_found(ready, priya, unguarded):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    LedgerLine.objects.filter(kind="RI").update(happened_on=READY_ON + timedelta(days=1))
    assert f"I5: card {card.number}: the facts of its moment give another answer" in breaches()


def test_a_later_amendment_does_not_make_a_card_a_breach(ready, sam, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    amend(entry=HourEntry.objects.first(), hours="0", reason="Absent", by=sam, on=READY_ON)
    assert breaches() == []


def test_more_than_24_posted_hours_a_day_are_found(ana_at_acme, sam, unguarded):
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "8")], by=sam)
    LedgerLine.objects.update(hours=Decimal("12.01"))
    HourEntry.objects.update(hours=Decimal("12.01"))
    assert the_breach() == f"I6: apprentice {ana_at_acme.apprentice_id} worked 24.02 hours on 2026-03-02"


def test_live_claims_of_another_employer_count_into_the_day(ana_at_acme, sam, priya):
    approved(ana_at_acme, [cell("A", MONDAY, "20")], by=sam)
    other = apprentice_row(apprentice_ref="T-0002", employer="Other Works")
    register(rows=[other], by=priya)
    second = Apprenticeship.objects.get(ref="T-0002")
    saved(second, [cell("A", MONDAY, "4")], by=priya)
    assert breaches() == []
    HourEntry.objects.filter(apprenticeship=second).update(hours=Decimal("4.01"))
    assert the_breach() == f"I6: apprentice {ana_at_acme.apprentice_id} worked 24.01 hours on 2026-03-02"


def test_an_entry_under_another_employer_than_its_week_is_found(ana_at_acme, sam, priya):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    HourEntry.objects.update(employer=employer_of(name="Other Works", state="PA", by=priya))
    assert the_breach().startswith("I7: entry ")


def test_a_cohort_of_another_employer_is_found(ana_at_acme, priya):
    other = employer_of(name="Other Works", state="PA", by=priya)
    Apprenticeship.objects.update(cohort=Cohort.objects.create(employer=other, name="1"))
    assert the_breach() == "I7: T-0001 is in a cohort of another employer, or filed under other standards"


def test_work_undone_is_counted(ready):
    assert work_undone(today=READY_ON) == (1, 0)
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    Run.objects.create(kind="refresh", queued_by=ready.recorded_by)
    assert work_undone(today=READY_ON) == (0, 1)
    Apprenticeship.objects.update(facts_position=F("facts_position") + 1)
    assert work_undone(today=READY_ON) == (1, 1)


def test_slices_hold_whole_persons_and_everybody_once(ana_at_acme, priya, monkeypatch):
    monkeypatch.setattr(ledger_check, "PEOPLE_AT_ONCE", 2)
    rows = [apprentice_row(line=n, apprentice_ref=f"X-{n}", first_name=f"{n}", email="") for n in range(4)]
    register(rows=[*rows, apprentice_row(apprentice_ref="T-0002", employer="Other Works")], by=priya)
    found = list(slices())
    assert [people for _last, people, _apprenticeships in found] == [2, 2, 1]
    keys = [key for _last, _people, apprenticeships in found for key in apprenticeships]
    assert sorted(keys) == sorted(Apprenticeship.objects.values_list("pk", flat=True))
    ana = set(Apprenticeship.objects.filter(ref__in=("T-0001", "T-0002")).values_list("pk", flat=True))
    assert ana <= set(found[0][2])
    assert [people for _last, people, _apprenticeships in slices(after=found[0][0])] == [2, 1]
