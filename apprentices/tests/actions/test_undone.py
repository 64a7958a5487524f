"""An approval taken back within ten minutes: nothing counts twice, nothing is lost, everything can go on."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.actions.amendments import AmendmentRefused, amend
from apprentices.actions.batch_undo import UndoRefused, undo_batch
from apprentices.actions.undone import undo_approval
from apprentices.models import Apprenticeship, HourEntry, LedgerLine
from apprentices.tests.files_of_hours import csv, take
from apprentices.tests.weeks import (
    DECIDED_ON,
    MONDAY,
    approved,
    cell,
    claimed,
    done,
    ledger,
    saved,
    state_of,
    submitted,
)
from imt.audit.queries import history_of
from reports.queries.ledger_check import breaches_of

TUESDAY = MONDAY + timedelta(days=1)
NOW = datetime(2026, 3, 9, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(db):
    """The clock stands at NOW; afterwards everything holds that must always hold."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    assert list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []


@pytest.fixture
def week(ana_at_acme, sam):
    """Ana's week, approved by Sam: 8 hours in A, 7.25 in B."""
    return approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "7.25")], by=sam)


def undo(week, by, **about):
    (outcome,) = undo_approval(timesheets=[week.pk], by=by, on=DECIDED_ON, **about)
    return outcome


def approve(week, by):
    return done(hours.approve(timesheets=[week.pk], by=by, on=DECIDED_ON))


def total(apprenticeship):
    return sum(line.hours for line in LedgerLine.objects.filter(apprenticeship=apprenticeship))


def test_what_was_posted_is_reversed_and_the_hours_wait_again(week, ana_at_acme, sam):
    assert undo(week, sam).is_done
    assert state_of(week) == ("SUBMITTED", 2)
    assert ledger(ana_at_acme) == [
        (1, "A", "8.00", "LOGGED"),
        (2, "B", "7.25", "LOGGED"),
        (3, "A", "-8.00", "REVERSAL"),
        (4, "B", "-7.25", "REVERSAL"),
    ]
    assert [row[3] for row in claimed(week)] == [2, 2]


def test_the_decision_says_who_undid_it_and_the_lines_say_why(week, sam, priya):
    undo(week, priya, reason="The wrong Friday")
    decision = week.decisions.get()
    assert (decision.verdict, decision.undone_by, decision.undone_at) == ("APPROVED", priya, NOW)
    assert {line.reason for line in LedgerLine.objects.filter(reverses__isnull=False)} == {"The wrong Friday"}
    assert [event.event for event in history_of(week)][-1] == "hours.approval_undone"


def test_undone_twice_it_is_undone_once(week, ana_at_acme, sam, priya):
    undo(week, sam)
    assert undo(week, priya).reason == "Sam has undone the approval already: the week waits again."
    assert len(ledger(ana_at_acme)) == 4


def test_after_ten_minutes_the_week_is_amended_instead(week, sam, clock):
    clock.shift(timedelta(minutes=10, seconds=1))
    assert undo(week, sam).reason.startswith("Sam approved the week more than ten minutes ago.")
    assert state_of(week) == ("APPROVED", 1)


def test_approved_again_the_hours_count_once(week, ana_at_acme, sam):
    undo(week, sam)
    approve(week, sam)
    assert state_of(week) == ("APPROVED", 2)
    assert (total(ana_at_acme), len(ledger(ana_at_acme))) == (15.25, 6)
    assert undo(week, sam).is_done
    approve(week, sam)
    assert (total(ana_at_acme), state_of(week)) == (15.25, ("APPROVED", 3))


def test_recalled_and_changed_the_new_hours_count(week, ana_at_acme, sam):
    undo(week, sam)
    hours.recall(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    submitted(ana_at_acme, [cell("A", MONDAY, "6"), cell("B", TUESDAY, "7.25")], by=sam)
    approve(week, sam)
    assert total(ana_at_acme) == 13.25


def test_a_cell_emptied_afterwards_keeps_its_lines_and_gives_its_place_free(week, ana_at_acme, sam):
    undo(week, sam)
    hours.recall(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    saved(ana_at_acme, [cell("B", TUESDAY, "7.25")], by=sam)
    assert HourEntry.objects.get(work_process__code="A").version == 1
    submitted(ana_at_acme, [cell("A", MONDAY, "5"), cell("B", TUESDAY, "7.25")], by=sam)
    approve(week, sam)
    assert total(ana_at_acme) == 12.25
    gone = HourEntry.objects.get(work_process__code="A", version=1)
    with pytest.raises(AmendmentRefused, match="not approved yet"):
        amend(entry=gone, hours=1, reason="clock", by=sam, on=DECIDED_ON)


def test_hours_whose_approval_was_undone_are_not_amended(week, sam):
    undo(week, sam)
    with pytest.raises(AmendmentRefused, match="not approved yet"):
        amend(entry=HourEntry.objects.first(), hours=1, reason="clock", by=sam, on=DECIDED_ON)


def test_an_amended_week_is_not_undone(week, sam):
    amend(entry=HourEntry.objects.first(), hours=1, reason="clock", by=sam, on=DECIDED_ON)
    assert undo(week, sam).reason == "Sam has amended hours of this week since. Amend what is wrong."


def test_a_week_that_went_on_since_is_not_undone(week, ana_at_acme, sam):
    saved(ana_at_acme, [cell("B", MONDAY, "1")], by=sam)
    assert undo(week, sam).reason == "The week is not at that point: it is “Draft”."


def test_only_the_last_version_is_undone(week, ana_at_acme, sam):
    submitted(ana_at_acme, [cell("B", MONDAY, "1")], by=sam)
    approve(week, sam)
    undo(week, sam)
    assert (total(ana_at_acme), state_of(week)) == (15.25, ("SUBMITTED", 3))


def test_a_week_without_hours_is_undone_too(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam)
    type(week).objects.filter(pk=week.pk).update(zero_reason="LEAVE")
    done(hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON))
    approve(week, sam)
    assert undo(week, sam).is_done


def test_an_approved_file_is_undone_week_by_week(ana_at_acme, sam):
    take(csv(f"T-0001,{MONDAY},A,8,,r-1"), by=sam, approve=True)
    week = HourEntry.objects.get().timesheet
    undo(week, sam)
    assert (total(ana_at_acme), state_of(week)) == (0, ("SUBMITTED", 2))
    again = take(csv(f"T-0001,{MONDAY},A,8,,r-1"), by=sam, approve=True)
    assert (again.said, total(ana_at_acme)) == (["skipped"], 8)


def test_an_import_whose_approval_was_undone_is_taken_back_or_refused_in_words(ana_at_acme, sam, clock):
    taken = take(csv(f"T-0001,{MONDAY},A,8,,r-1"), by=sam, approve=True).taken
    clock.shift(timedelta(minutes=1))
    undo(HourEntry.objects.get().timesheet, sam)
    with contextlib.suppress(UndoRefused):
        undo_batch(batch=taken.batch, by=sam, on=DECIDED_ON)
    assert total(ana_at_acme) == 0


def test_a_stranger_and_the_apprentice_undo_nothing(week, oscar, ana):
    for user in (oscar, ana):
        assert undo(week, user).reason == "This week is not yours to decide on."
    assert state_of(week) == ("APPROVED", 1)
