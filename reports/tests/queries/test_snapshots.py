import json
from datetime import date, timedelta

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.facts import open_posting
from apprentices.models import Apprenticeship
from apprentices.tests.cast import apprentice_row
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell, submitted
from reports.actions.snapshots import refresh
from reports.queries.snapshots import behind, snapshots_of

TOMORROW = READY_ON + timedelta(days=1)


def refs_behind(today=READY_ON):
    return [one.ref for one in behind(today=today).order_by("ref")]


def test_who_has_no_snapshot_is_behind(ana_at_acme):
    assert refs_behind() == ["T-0001"]


def test_a_fresh_snapshot_is_not_behind(ana_at_acme):
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    assert refs_behind() == []


def test_every_change_of_a_fact_puts_the_snapshot_behind(ana_at_acme, sam):
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert refs_behind() == ["T-0001"]


def test_the_next_day_puts_every_snapshot_behind(ana_at_acme):
    refresh(apprenticeships=[ana_at_acme.pk], as_of=READY_ON)
    assert refs_behind(TOMORROW) == ["T-0001"]


def test_a_snapshot_of_a_day_to_come_is_not_behind(ana_at_acme):
    refresh(apprenticeships=[ana_at_acme.pk], as_of=TOMORROW)
    assert refs_behind() == []


def only(rows):
    (row,) = rows
    return row


def test_a_snapshot_says_what_the_rules_say(ready):
    row = only(snapshots_of([ready.pk], as_of=READY_ON))
    assert (row.apprenticeship_id, row.facts_position, row.as_of) == (ready.pk, ready.facts_position, READY_ON)
    assert (row.ojl_hours, row.ri_hours, row.waiting_hours) == (3000, 800, 0)
    assert (row.eligible, json.loads(row.missing)) == (True, [])
    assert json.loads(row.processes) == [
        {"code": "A", "hours": "20.00", "counted": "20.00"},
        {"code": "B", "hours": "10.00", "counted": "10.00"},
    ]


def test_a_surplus_above_the_maximum_is_shown_and_does_not_count(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY + timedelta(days=day), "8") for day in range(3)], by=sam)
    row = only(snapshots_of([ana_at_acme.pk], as_of=READY_ON))
    assert json.loads(row.processes)[0] == {"code": "A", "hours": "24.00", "counted": "20.00"}
    assert row.ojl_hours == 2000


def test_hours_that_wait_for_a_decision_are_shown_apart(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    submitted(ana_at_acme, [cell("A", MONDAY + timedelta(days=7), "2.5")], by=sam)
    row = only(snapshots_of([ana_at_acme.pk], as_of=READY_ON))
    assert (row.ojl_hours, row.waiting_hours) == (800, 250)


def test_what_is_missing_is_kept_as_the_contract_writes_it(ana_at_acme):
    row = only(snapshots_of([ana_at_acme.pk], as_of=READY_ON))
    missing = json.loads(row.missing)
    assert [one["code"] for one in missing][:2] == ["OJL_TOTAL", "OJL_PROCESS:A"]
    assert missing[0] == {
        "actual": "0.00",
        "code": "OJL_TOTAL",
        "met": False,
        "required": "30.00",
        "shortfall": "30.00",
    }


def test_the_expected_finish_lies_in_its_range(ana_at_acme, sam):
    for week in range(-4, 1):
        approved(ana_at_acme, [cell("B", MONDAY + timedelta(weeks=week), "2")], by=sam)
    row = only(snapshots_of([ana_at_acme.pk], as_of=date(2026, 3, 6)))
    assert date(2026, 3, 6) <= row.earliest_on <= row.expected_on <= row.latest_on


@pytest.fixture
def crew(ana_at_acme, priya):
    rows = [apprentice_row(line=n, apprentice_ref=f"X-{n}", first_name=f"{n}", email="") for n in range(12)]
    register(rows=rows, by=priya)
    return sorted(Apprenticeship.objects.values_list("pk", flat=True))


def test_rows_come_in_the_order_of_their_keys(crew):
    rows = snapshots_of(reversed(crew), as_of=READY_ON)
    assert [row.apprenticeship_id for row in rows] == crew


def test_the_number_of_queries_does_not_grow_with_the_set(crew, django_assert_num_queries):
    snapshots_of(crew[:1], as_of=READY_ON)  # what lies below published standards is read once
    for keys in (crew[:1], crew):
        with django_assert_num_queries(1):
            snapshots_of(keys, as_of=READY_ON)


@pytest.mark.django_db
def test_nobody_has_no_snapshot():
    assert snapshots_of([], as_of=READY_ON) == []


def test_positions_are_those_of_the_facts_read(ana_at_acme, priya):
    open_posting([ana_at_acme.pk])
    open_posting([ana_at_acme.pk])
    row = only(snapshots_of([ana_at_acme.pk], as_of=READY_ON))
    assert row.facts_position == ana_at_acme.facts_position + 2
