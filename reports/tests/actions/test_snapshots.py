from datetime import timedelta

import pytest
from django.utils import timezone

from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell
from reports.actions import snapshots
from reports.actions.snapshots import mark_all_behind, refresh
from reports.models import ProgressSnapshot
from reports.queries.checks.answers import snapshots_say_what_the_rules_say
from reports.queries.snapshots import behind, snapshots_of

TOMORROW = READY_ON + timedelta(days=1)


def test_a_refresh_writes_one_row_per_apprenticeship(ready):
    assert refresh(apprenticeships=[ready.pk], as_of=READY_ON) == 1
    snapshot = ProgressSnapshot.objects.get()
    assert (snapshot.apprenticeship, snapshot.facts_position, snapshot.as_of) == (ready, ready.facts_position, READY_ON)
    assert (f"{snapshot.ojl_hours}", f"{snapshot.ri_hours}", f"{snapshot.waiting_hours}") == ("30.00", "8.00", "0.00")
    assert (snapshot.eligible, snapshot.missing) == (True, [])
    assert snapshot.processes[0] == {"code": "A", "hours": "20.00", "counted": "20.00"}
    assert (snapshot.expected_on, snapshot.earliest_on, snapshot.latest_on) == (None, None, None)
    assert snapshot.refreshed_at is not None


def test_a_refresh_again_changes_the_row_and_makes_no_second_one(ana_at_acme, sam):
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    refresh(apprenticeships=[ana_at_acme.pk], as_of=TOMORROW)
    snapshot = ProgressSnapshot.objects.get()
    assert (f"{snapshot.ojl_hours}", snapshot.as_of) == ("8.00", TOMORROW)


def test_a_refresh_twice_leaves_the_same(ready):
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    once = ProgressSnapshot.objects.values().get()
    refresh(apprenticeships=[ready.pk], as_of=READY_ON)
    again = ProgressSnapshot.objects.values().get()
    assert once | {"refreshed_at": None} == again | {"refreshed_at": None}


def test_a_refresh_that_read_earlier_facts_does_not_undo_a_newer_one(ana_at_acme, sam, monkeypatch):
    earlier = snapshots_of([ana_at_acme.pk], as_of=READY_ON)
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    monkeypatch.setattr(snapshots, "snapshots_of", lambda *_arguments, **_options: earlier)
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    assert f"{ProgressSnapshot.objects.get().ojl_hours}" == "8.00"


def test_more_than_one_statement_takes_are_written_in_several(ready, monkeypatch):
    monkeypatch.setattr(snapshots, "AT_ONCE", 1)
    assert refresh(apprenticeships=[ready.pk], as_of=READY_ON) == 1
    assert ProgressSnapshot.objects.count() == 1


@pytest.mark.django_db
def test_refreshing_nobody_writes_nothing():
    assert refresh(apprenticeships=[], as_of=READY_ON) == 0


def test_marked_behind_a_snapshot_goes_on_saying_what_it_said(ana_at_acme):
    """Even of somebody who was just registered, the first of whose facts that is."""
    refresh(apprenticeships=[ana_at_acme.pk], as_of=timezone.localdate())
    before = ProgressSnapshot.objects.get()
    mark_all_behind()
    assert list(behind(today=timezone.localdate())) == [ana_at_acme]
    marked = ProgressSnapshot.objects.get()
    assert (marked.as_of, marked.missing, marked.ojl_hours) == (before.as_of, before.missing, before.ojl_hours)
    assert list(snapshots_say_what_the_rules_say([ana_at_acme.pk])) == []
    refresh(apprenticeships=[ana_at_acme.pk], as_of=timezone.localdate())
    assert not behind(today=timezone.localdate()).exists()
