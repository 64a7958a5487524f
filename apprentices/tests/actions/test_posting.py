"""The way into the ledger: positions, moments and sources of lines, and how far an apprenticeship is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from apprentices.actions.facts import lock_facts, open_posting
from apprentices.actions.posting import advance_positions, post_entries, post_lines, reverse
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, OpeningBalance
from apprentices.tests.weeks import MONDAY, approved, cell, ledger, submitted
from employers.models import WorkProcess

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def entries(ana_at_acme, sam):
    """Three claims of Ana's that wait for a decision; nothing is posted."""
    cells = [cell("B", MONDAY, "4"), cell("A", MONDAY, "3.5"), cell("A", TUESDAY, "8")]
    week = submitted(ana_at_acme, cells, by=sam)
    return list(HourEntry.objects.filter(timesheet=week).order_by("pk"))


@pytest.fixture
def line(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    return LedgerLine.objects.get()


def unsaved(claim, **changes):
    fields = {
        "apprenticeship_id": claim.apprenticeship_id,
        "kind": "OJL",
        "work_process_id": claim.work_process_id,
        "hours": claim.hours,
        "happened_on": claim.worked_on,
        "source": claim.source,
        "entry": claim,
    }
    return LedgerLine(**fields | changes)


def positions(apprenticeship):
    return Apprenticeship.objects.values_list("facts_position", "ledger_position").get(pk=apprenticeship.pk)


def test_an_opened_posting_raises_the_position_of_the_facts_by_one(ana_at_acme):
    before, _ledger = positions(ana_at_acme)
    open_posting([ana_at_acme.pk, ana_at_acme.pk])
    assert positions(ana_at_acme) == (before + 1, 0)


def test_a_posting_of_nothing_has_a_moment_too(db):
    assert open_posting([]) is not None


def test_a_lock_alone_raises_nothing(ana_at_acme):
    before = positions(ana_at_acme)
    lock_facts([ana_at_acme.pk])
    assert positions(ana_at_acme) == before


def test_lines_count_on_from_one_in_the_order_given(entries, ana_at_acme, sam):
    moment = open_posting([ana_at_acme.pk])
    posted = post_lines([unsaved(entry) for entry in entries], by=sam, moment=moment)
    assert [line.position for line in posted] == [1, 2, 3]
    assert {(line.posted_at, line.posted_by) for line in LedgerLine.objects.all()} == {(moment, sam)}
    assert positions(ana_at_acme)[1] == 3


def test_the_next_posting_counts_on(entries, ana_at_acme, sam):
    moment = open_posting([ana_at_acme.pk])
    post_lines([unsaved(entries[0])], by=sam, moment=moment)
    post_lines([unsaved(entries[1])], by=sam, moment=moment)
    assert [row[0] for row in ledger(ana_at_acme)] == [1, 2]


def test_posting_no_lines_is_no_error(sam, db):
    assert post_lines([], by=sam, moment=open_posting([])) == []


def test_entries_become_lines_by_day_and_then_as_they_were_logged(entries, ana_at_acme, sam):
    moment = open_posting([ana_at_acme.pk])
    assert post_entries(timesheets=[entries[0].timesheet_id], by=sam, moment=moment) == 3
    assert ledger(ana_at_acme) == [
        (1, "B", "4.00", "LOGGED"),
        (2, "A", "3.50", "LOGGED"),
        (3, "A", "8.00", "LOGGED"),
    ]


def test_a_line_of_an_entry_says_who_when_and_of_which_claim(entries, ana_at_acme, sam):
    moment = open_posting([ana_at_acme.pk])
    post_entries(timesheets=[entries[0].timesheet_id], by=sam, moment=moment)
    line = LedgerLine.objects.get(entry=entries[0])
    assert (line.posted_at, line.posted_by, line.kind, line.happened_on) == (moment, sam, "OJL", MONDAY)
    assert (line.work_process_id, line.course_code, line.reason) == (entries[0].work_process_id, "", "")


def test_entries_of_decided_versions_are_not_posted_again(entries, ana_at_acme, sam):
    HourEntry.objects.filter(pk=entries[0].pk).update(version=F("version") + 1)
    moment = open_posting([ana_at_acme.pk])
    assert post_entries(timesheets=[entries[0].timesheet_id], by=sam, moment=moment) == 2


def test_posting_the_entries_of_no_week_is_no_error(sam, db):
    assert post_entries(timesheets=[], by=sam, moment=open_posting([])) == 0


def test_the_position_of_an_apprenticeship_without_lines_stays_zero(ana_at_acme):
    advance_positions([ana_at_acme.pk])
    assert positions(ana_at_acme)[1] == 0


def test_a_reversal_repeats_its_line_with_the_hours_negative(line, priya):
    moment = open_posting([line.apprenticeship_id])
    (reversal,) = reverse([line], reason="wrong person", by=priya, moment=moment)
    assert (reversal.hours, reversal.happened_on, reversal.source) == (Decimal("-8.00"), MONDAY, "REVERSAL")
    assert (reversal.reverses, reversal.reason, reversal.position) == (line, "wrong person", 2)
    same = ("kind", "work_process_id", "course_code", "entry_id", "apprenticeship_id")
    assert all(getattr(reversal, name) == getattr(line, name) for name in same)


def test_a_line_and_its_reversal_stand_no_longer(line, priya):
    reverse([line], reason="wrong person", by=priya, moment=open_posting([line.apprenticeship_id]))
    assert not LedgerLine.objects.standing().exists()


def test_a_line_is_reversed_once(line, priya):
    moment = open_posting([line.apprenticeship_id])
    reverse([line], reason="wrong person", by=priya, moment=moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        reverse([line], reason="and again", by=priya, moment=moment)


def test_a_reversal_needs_a_reason(line, priya):
    moment = open_posting([line.apprenticeship_id])
    with pytest.raises(IntegrityError, match="ledger_line_reversal_has_a_reason"), transaction.atomic():
        reverse([line], reason="", by=priya, moment=moment)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"hours": Decimal("-1")}, "ledger_line_only_reversals_are_negative"),
        ({"source": "REVERSAL", "reason": "x"}, "ledger_line_only_reversals_are_negative"),
        ({"entry": None}, "ledger_line_has_exactly_one_origin"),
        ({"kind": "RI"}, "ledger_line_is_tied_by_its_kind"),
        ({"course_code": "MATH"}, "ledger_line_is_tied_by_its_kind"),
    ],
)
def test_what_no_line_can_be_is_refused(entries, sam, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        post_lines([unsaved(entries[0], **changes)], by=sam, moment=open_posting([entries[0].apprenticeship_id]))


def test_a_line_has_one_origin_and_not_two(entries, ana_at_acme, sam):
    moment = open_posting([ana_at_acme.pk])
    opening = OpeningBalance.objects.create(
        apprenticeship=ana_at_acme,
        kind="OJL",
        work_process=WorkProcess.objects.first(),
        hours=8,
        through_on=MONDAY,
        recorded_at=moment,
        recorded_by=sam,
    )
    with pytest.raises(IntegrityError, match="exactly_one_origin"), transaction.atomic():
        post_lines([unsaved(entries[0], opening_balance=opening)], by=sam, moment=moment)
