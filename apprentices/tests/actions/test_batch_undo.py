"""A whole import taken back: every total returns to what it was, and the file can be loaded again."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from apprentices.actions import hours
from apprentices.actions.amendments import amend
from apprentices.actions.batch_undo import UndoRefused, undo_batch
from apprentices.actions.journey_cards import issue
from apprentices.actions.moved_hours import move_hours
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.queries.facts import facts_for
from apprentices.queries.hours import waiting_hours
from apprentices.tests.files_of_hours import csv, take
from apprentices.tests.ready import make_ready
from apprentices.tests.weeks import MONDAY, approved, cell, claimed, returned, saved, state_of, submitted
from employers.permissions import NotAllowed
from imt.audit.models import AuditEvent, ImportBatch
from imt.audit.queries import history_of
from reports.queries.ledger_check import breaches_of

TUESDAY = MONDAY + timedelta(days=1)
NOW = datetime(2026, 3, 9, 18, tzinfo=UTC)
FILE = csv("T-0001,2026-03-03,A,8,,r-1", "T-0001,2026-03-03,B,2,,", "T-0001,2026-03-10,B,4,,r-2")
KINDS = {
    "nothing": None,
    "a draft": saved,
    "a returned week": returned,
    "a waiting week": submitted,
    "approved": approved,
}


@pytest.fixture(autouse=True)
def clock(db):
    """The clock goes on from NOW; afterwards everything holds that must always hold."""
    with time_machine.travel(NOW + timedelta(days=3)) as traveller:
        yield traveller
    assert list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []


def totals():
    """What counts by process, what waits, and what is claimed and not decided."""
    today = timezone.localdate()
    found = facts_for(Apprenticeship.objects.all(), as_of=today)
    keys = list(found)
    live = HourEntry.objects.live_claims().order_by("worked_on", "work_process", "hours")
    return (
        {key: dict(found[key].facts.ojl_by_process) for key in keys},
        {key: total for key, total in waiting_hours(keys).items() if total},
        list(live.values_list("timesheet", "worked_on", "work_process", "hours", "note", "source", "logged_by")),
        LedgerLine.objects.aggregate(total=Sum("hours"))["total"] or 0,
    )


def counted():
    """{process id: hours} without what nets to nothing."""
    return [{code: total for code, total in found.items() if total} for found in totals()[0].values()]


@pytest.mark.parametrize("approve", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_total_is_exactly_what_it_was(ana_at_acme, sam, kind, approve):
    if KINDS[kind]:
        KINDS[kind](ana_at_acme, [cell("A", MONDAY, "5.25", "as typed"), cell("B", TUESDAY, "1")], by=sam)
    file = csv("T-0001,2026-03-03,A,8,,r-1", "T-0001,2026-03-10,B,4,,r-2")
    before, counts, week = totals(), counted(), list(Timesheet.objects.values_list("state", flat=True))
    batch = take(file, by=sam, approve=approve).taken.batch
    assert totals() != before
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert totals()[1:] == before[1:]
    assert counted() == counts
    states = dict(Timesheet.objects.values_list("week_starts_on", "state"))
    if kind == "a returned week" and approve:
        week = ["DRAFT"]  # what was sent back was put up again and approved: that decision stays in its history
    assert [states[MONDAY]] == week if week else MONDAY not in states or states[MONDAY] == "DRAFT"


@pytest.mark.parametrize("approve", [False, True])
@pytest.mark.parametrize("kind", [saved, returned])
def test_what_the_file_changed_says_again_what_it_said(ana_at_acme, sam, priya, kind, approve):
    kind(ana_at_acme, [cell("A", MONDAY, "6", "as typed")], by=sam)
    before = totals()
    batch = take(csv("T-0001,2026-03-02,A,8,from the clock,"), by=priya, approve=approve).taken.batch
    undo_batch(batch=batch, by=priya, on=timezone.localdate())
    assert totals()[1:] == before[1:]
    entry = HourEntry.objects.get()
    assert (str(entry.hours), entry.note, entry.source, entry.logged_by) == ("6.00", "as typed", "LOGGED", sam)


def test_a_returned_week_waits_for_its_repair_again_in_the_version_that_was_sent_back(ana_at_acme, sam):
    week = returned(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    before, rows = state_of(week), claimed(week)
    batch = take(FILE, by=sam).taken.batch
    assert state_of(week) != before
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert (state_of(week), claimed(week)) == (before, rows)


def test_claims_that_waited_beside_the_file_go_on_waiting(ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "6"), cell("B", MONDAY, "2")], by=sam)
    before = totals()
    batch = take(csv("T-0001,2026-03-02,A,6,,"), by=sam, approve=True).taken.batch
    assert state_of(week) == ("SUBMITTED", 2)
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert totals()[1:] == before[1:]
    assert state_of(week) == ("SUBMITTED", 2)
    assert counted() == [{}]


def test_weeks_that_the_file_made_and_nobody_decided_on_are_gone(ana_at_acme, sam):
    batch = take(FILE, by=sam).taken.batch
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert not Timesheet.objects.exists()
    assert not HourEntry.objects.exists()


def test_what_was_posted_is_reversed_line_by_line_and_stays_in_the_ledger(ana_at_acme, sam):
    batch = take(FILE, by=sam, approve=True).taken.batch
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert LedgerLine.objects.count() == 6
    assert LedgerLine.objects.aggregate(total=Sum("hours"))["total"] == 0
    assert {line.reason for line in LedgerLine.objects.exclude(reverses=None)} == {"Import “hours.csv” undone"}


@pytest.mark.parametrize("approve", [False, True])
def test_the_file_can_be_loaded_again_and_undone_again(ana_at_acme, sam, approve):
    on = timezone.localdate()
    undo_batch(batch=take(FILE, by=sam, approve=approve).taken.batch, by=sam, on=on)
    again = take(FILE, by=sam, approve=approve)
    assert again.said == ["accepted"] * 3
    loaded = totals()
    undo_batch(batch=again.taken.batch, by=sam, on=on)
    assert take(FILE, by=sam, approve=approve).said == ["accepted"] * 3
    assert totals()[1:2] == loaded[1:2]


def test_undone_twice_is_undone_once(ana_at_acme, sam):
    batch = take(FILE, by=sam, approve=True).taken.batch
    first = undo_batch(batch=batch, by=sam, on=timezone.localdate())
    lines, events = LedgerLine.objects.count(), AuditEvent.objects.count()
    again = undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert (again.undone_at, again.undone_by) == (first.undone_at, sam)
    assert (LedgerLine.objects.count(), AuditEvent.objects.count()) == (lines, events)


def test_the_history_of_a_week_tells_what_was_taken_out(ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    batch = take(FILE, by=sam).taken.batch
    undo_batch(batch=batch, by=sam, on=timezone.localdate())
    event = history_of(week).order_by("pk").last()
    assert (event.event, event.by, event.details["batch"]) == ("hours.import_undone", sam, batch.pk)
    assert [row[1:] for row in event.details["taken_out"]] == [
        ["2026-03-03", "8.00", "r-1"],
        ["2026-03-03", "2.00", ""],
    ]


# --- refused ---------------------------------------------------------------------------------------------------


def refusal(batch, by):
    before = totals()
    with pytest.raises(UndoRefused) as caught:
        undo_batch(batch=batch, by=by, on=timezone.localdate())
    assert totals() == before
    assert ImportBatch.objects.get(pk=batch.pk).undone_at is None
    return str(caught.value)


def test_an_import_stays_when_somebody_has_approved_its_weeks_since(ana_at_acme, sam, priya):
    batch = take(FILE, by=sam).taken.batch
    weeks = list(Timesheet.objects.values_list("pk", flat=True))
    hours.approve(timesheets=weeks[:1], by=priya, on=timezone.localdate())
    assert "T-0001, 2026-03-02" in refusal(batch, sam)


def test_an_import_stays_when_its_hours_were_amended_since(ana_at_acme, sam, priya):
    batch = take(FILE, by=sam, approve=True).taken.batch
    entry = HourEntry.objects.get(entry_ref="r-1")
    amend(entry=entry, hours=7, reason="left early", by=priya, on=timezone.localdate())
    assert "Priya has amended hours of T-0001 on 2026-03-03 since" in refusal(batch, sam)


def test_an_import_stays_when_a_card_was_issued_on_its_hours(ana_at_acme, sam, priya, clock):
    clock.move_to(datetime(2026, 3, 21, 18, tzinfo=UTC))
    file = csv("T-0001,2026-02-03,A,8,,r-1")
    batch = take(file, by=sam, approve=True).taken.batch
    make_ready(ana_at_acme, approver=sam, keeper=priya)
    issue(apprenticeship=ana_at_acme, by=priya, on=timezone.localdate())
    assert "A journey card was issued" in refusal(batch, sam)


def test_an_import_from_before_there_was_an_undo_stays(ana_at_acme, sam):
    batch = ImportBatch.objects.create(kind="hours", file_name="old.csv", recorded_at=NOW, recorded_by=sam)
    assert "older than the undoing" in refusal(batch, sam)


def test_a_stranger_takes_nothing_back(ana_at_acme, sam, oscar):
    batch = take(FILE, by=sam).taken.batch
    with pytest.raises(NotAllowed):
        undo_batch(batch=batch, by=oscar, on=timezone.localdate())


def test_an_import_of_a_thousand_weeks_is_undone_with_as_many_statements_as_one_of_ten(
    ana_at_acme, sam, django_assert_max_num_queries
):
    days = [date(2026, 1, 6) + timedelta(days=number) for number in range(60)]
    batch = take(csv(*(f"T-0001,{day},A,8,,{day}" for day in days)), by=sam, approve=True).taken.batch
    with django_assert_max_num_queries(60):
        undo_batch(batch=batch, by=sam, on=timezone.localdate())
    assert counted() == [{}]


@pytest.mark.parametrize("approve", [False, True])
def test_an_import_stays_when_its_hours_were_moved_to_another_person_since(ana_at_acme, ben_at_acme, sam, approve):
    batch = take(csv("T-0001,2026-03-03,A,8,,r-1", "T-0001,2026-03-04,A,8,,r-2"), by=sam, approve=approve).taken.batch
    entry = HourEntry.objects.get(entry_ref="r-1")
    on = timezone.localdate()
    move_hours(week=entry.timesheet, entries=[entry.pk], to=ben_at_acme, reason="Wrong badge", by=sam, on=on)
    refusal(batch, sam)
