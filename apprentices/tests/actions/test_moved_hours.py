from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from apprentices.actions import hours
from apprentices.actions.moved_hours import MoveRefused, move_hours
from apprentices.actions.statuses import change_status
from apprentices.models import Apprenticeship, LedgerLine, Timesheet
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

CELLS = [cell("A", MONDAY, "8"), cell("B", MONDAY, "1.50")]


@pytest.fixture(autouse=True)
def _everything_holds(db):
    yield
    assert list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []


def move(week, to, by, entries=None, reason="Typed into the wrong row"):
    keys = entries or list(week.entries.values_list("pk", flat=True))
    return move_hours(week=week, entries=keys, to=to, reason=reason, by=by, on=DECIDED_ON)


def test_what_waits_goes_on_waiting_with_the_right_person(ana_at_acme, ben_at_acme, sam):
    week = submitted(ana_at_acme, CELLS, by=sam)
    there = move(week, ben_at_acme, sam)
    assert (state_of(week), claimed(week)) == (("DRAFT", 2), [])
    assert (state_of(there), claimed(there)) == (
        ("SUBMITTED", 1),
        [("A", MONDAY, "8.00", 1), ("B", MONDAY, "1.50", 1)],
    )


def test_only_what_was_picked_is_moved_and_the_rest_is_looked_at_again(ana_at_acme, ben_at_acme, sam):
    week = submitted(ana_at_acme, CELLS, by=sam)
    there = move(week, ben_at_acme, sam, entries=[week.entries.get(work_process__code="B").pk])
    assert (state_of(week), claimed(week)) == (("SUBMITTED", 2), [("A", MONDAY, "8.00", 2)])
    assert claimed(there) == [("B", MONDAY, "1.50", 1)]


def test_a_draft_stays_a_draft_and_joins_what_was_begun_there(ana_at_acme, ben_at_acme, sam):
    begun = saved(ben_at_acme, [cell("B", MONDAY, "2")], by=sam)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    move(week, ben_at_acme, sam)
    assert (state_of(begun), len(claimed(begun))) == (("DRAFT", 1), 2)


def test_a_week_that_waits_there_is_looked_at_again(ana_at_acme, ben_at_acme, sam):
    waiting = submitted(ben_at_acme, [cell("B", MONDAY, "2")], by=sam)
    move(submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam), ben_at_acme, sam)
    assert state_of(waiting) == ("SUBMITTED", 2)
    done(hours.approve(timesheets=[waiting.pk], by=sam, on=DECIDED_ON))
    assert sum(line.hours for line in LedgerLine.objects.all()) == 10


def test_what_was_approved_is_reversed_here_and_posted_there(ana_at_acme, ben_at_acme, sam):
    week = approved(ana_at_acme, CELLS, by=sam)
    there = move(week, ben_at_acme, sam)
    assert [row[1:] for row in ledger(ana_at_acme)] == [
        ("A", "8.00", "LOGGED"),
        ("B", "1.50", "LOGGED"),
        ("A", "-8.00", "REVERSAL"),
        ("B", "-1.50", "REVERSAL"),
    ]
    assert [row[1:] for row in ledger(ben_at_acme)] == [("A", "8.00", "LOGGED"), ("B", "1.50", "LOGGED")]
    assert state_of(there) == ("APPROVED", 1)
    assert set(there.entries.values_list("note", flat=True)) == {"moved from T-0001: Typed into the wrong row"}


def test_both_histories_name_the_act(ana_at_acme, ben_at_acme, sam):
    week = approved(ana_at_acme, CELLS, by=sam)
    there = move(week, ben_at_acme, sam)
    for one in (week, there):
        event = history_of(one).filter(event="hours.moved").get()
        assert (event.details["from"], event.details["to"], event.by) == ("T-0001", "T-0003", sam)


def test_hours_of_a_file_keep_their_reference_where_they_were(ana_at_acme, ben_at_acme, sam):
    content = csv(f"T-0001,{MONDAY},A,8,,r-1")
    take(content, by=sam, approve=True)
    move(Timesheet.objects.get(), ben_at_acme, sam)
    assert take(content, by=sam).said == ["skipped"]
    assert sum(line.hours for line in LedgerLine.objects.filter(apprenticeship=ben_at_acme)) == Decimal("8.00")


def test_approved_hours_are_not_mixed_into_a_week_that_waits(ana_at_acme, ben_at_acme, sam):
    submitted(ben_at_acme, [cell("B", MONDAY, "2")], by=sam)
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with pytest.raises(MoveRefused, match="decide on them first"):
        move(week, ben_at_acme, sam)
    assert len(ledger(ana_at_acme)) == 1


@pytest.mark.parametrize(
    ("there", "says"),
    [
        ([cell("A", MONDAY, "1")], "has hours of 2026-03-02 in A. Safety already"),
        ([cell("B", MONDAY, "17")], "would have 25.00 hours on 2026-03-02"),
    ],
)
def test_what_cannot_stand_there_is_refused_as_a_whole(ana_at_acme, ben_at_acme, sam, there, says):
    saved(ben_at_acme, there, by=sam)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with pytest.raises(MoveRefused, match=says):
        move(week, ben_at_acme, sam)
    assert (state_of(week), len(claimed(week))) == (("SUBMITTED", 1), 1)


def test_nobody_gets_hours_of_a_day_on_which_they_were_not_active(ana_at_acme, ben_at_acme, sam, priya):
    change_status(apprenticeships=[ben_at_acme], status="SUSPENDED", on=MONDAY, by=priya, reason="Leave")
    with pytest.raises(MoveRefused, match="was not active on 2026-03-02"):
        move(submitted(ana_at_acme, CELLS, by=sam), ben_at_acme, sam)


def test_hours_stay_within_the_employer_and_its_deciders(ana_at_acme, ana_elsewhere, ben_at_acme, sam, oscar):
    week = submitted(ana_at_acme, CELLS, by=sam)
    with pytest.raises(MoveRefused, match="within one employer"):
        move(week, ana_elsewhere, sam)
    with pytest.raises(MoveRefused, match="stand there already"):
        move(week, ana_at_acme, sam)
    with pytest.raises(MoveRefused, match="not yours to move"):
        move(week, ben_at_acme, oscar)
    with pytest.raises(MoveRefused, match="Say why"):
        move(week, ben_at_acme, sam, reason=" ")


def test_nobody_moves_hours_to_themselves(ana_at_acme, ben_at_acme, sam):
    ben_at_acme.apprentice.user = sam
    ben_at_acme.apprentice.save()
    with pytest.raises(MoveRefused, match="not yours to move"):
        move(submitted(ana_at_acme, CELLS, by=sam), ben_at_acme, sam)


def test_the_page_moves_what_is_picked_and_explains_what_it_cannot(client, ana_at_acme, ben_at_acme, sam, settings):
    settings.DEMO = True
    client.force_login(sam)
    week = submitted(ana_at_acme, CELLS, by=sam)
    address = reverse("move_hours", args=[week.pk])
    keys = list(week.entries.values_list("pk", flat=True))
    assert client.get(address).context["form"]["entries"].value() == keys
    data = {"entries": keys, "to": ben_at_acme.pk, "reason": "Wrong row"}
    assert client.post(address, data | {"to": ana_at_acme.pk}).context["errors"]
    assert client.post(address, data).headers["Location"] == reverse("approvals")
    saved(ana_at_acme, [cell("A", MONDAY + timedelta(days=1), "8")], by=sam)
    again = client.post(address, data | {"entries": list(week.entries.values_list("pk", flat=True)), "to": "x"})
    assert again.status_code == 200
