"""A file of hours beside what is known already: skipped, changed, refused, or put up with the week (contract: Files of
hours)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.actions.amendments import amend
from apprentices.models import HourEntry, Timesheet
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.files_of_hours import csv, entries, take, weeks
from apprentices.tests.weeks import (
    DECIDED_ON,
    MONDAY,
    approved,
    cell,
    claimed,
    ledger,
    returned,
    saved,
    state_of,
    submitted,
)
from employers.models import EmployerSettings
from imt.audit.queries import history_of

TUESDAY = MONDAY + timedelta(days=1)
MONDAY_A_8 = "T-0001,2026-03-02,A,8,,"


# --- known again -----------------------------------------------------------------------------------------------


def test_what_the_grid_said_already_is_skipped(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert take(csv("T-0001,2026-03-02,A,8,another note,"), by=sam).said == ["skipped"]


@pytest.mark.parametrize("kind", [saved, returned])
def test_other_hours_change_a_draft_and_a_returned_week(ana_at_acme, sam, kind):
    week = kind(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    assert take(csv("T-0001,2026-03-02,A,8,corrected,"), by=sam).said == ["changed"]
    assert entries() == [("2026-03-02", "A", "8.00", "", "corrected")]
    assert state_of(week)[0] == "SUBMITTED"


def test_a_changed_entry_says_who_changed_it(ana_at_acme, sam, priya):
    saved(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    take(csv(MONDAY_A_8), by=priya)
    entry = HourEntry.objects.get()
    assert (entry.logged_by, entry.source) == (priya, "IMPORTED")


def test_the_history_of_the_week_tells_what_a_changed_entry_was(ana_at_acme, sam, priya):
    week = saved(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    take(csv(MONDAY_A_8), by=priya)
    process = HourEntry.objects.get().work_process_id
    _first, changed, _submitted = history_of(week)
    assert (changed.event, changed.by) == ("hours.saved", priya)
    assert changed.details == {f"{process}@2026-03-02": ["6.00", "8.00"]}


def test_a_changed_entry_stays_in_its_week_though_weeks_start_on_another_day_now(ana_at_acme, sam, acme):
    sunday = MONDAY + timedelta(days=6)
    week = saved(ana_at_acme, [cell("A", sunday, "6")], by=sam)
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, week_starts_on=6)
    assert take(csv(f"T-0001,{sunday},A,8,,"), by=sam).said == ["changed"]
    assert weeks() == [("2026-03-02", "SUBMITTED", 1)]
    assert claimed(week) == [("A", sunday, "8.00", 1)]


def test_several_lines_change_an_entry_to_their_sum(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "6")], by=sam)
    assert take(csv("T-0001,2026-03-02,A,4,,", "T-0001,2026-03-02,A,3,,"), by=sam).said == ["changed"] * 2
    assert entries() == [("2026-03-02", "A", "7.00", "", "")]


def test_several_lines_that_sum_to_what_is_known_are_skipped(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert take(csv("T-0001,2026-03-02,A,4,,", "T-0001,2026-03-02,A,3,,"), by=sam).said == ["skipped"] * 2


def test_other_hours_in_a_week_that_waits_are_an_error_with_the_way_out(ana_at_acme, sam):
    with time_machine.travel(datetime(2026, 3, 9, 15, tzinfo=UTC)):
        submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    found = take(csv("T-0001,2026-03-02,A,7,,"), by=sam)
    assert found.said == ["error:hours"]
    assert found.expected == ["waiting as 8.00 since 2026-03-09: recall or return the week"]


def test_other_hours_in_an_approved_week_are_an_error_with_the_way_out(ana_at_acme, sam):
    with time_machine.travel(datetime(2026, 3, 9, 15, tzinfo=UTC)):
        approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    found = take(csv("T-0001,2026-03-02,A,7,,"), by=sam)
    assert found.said == ["error:hours"]
    assert found.expected == ["approved as 8.00 on 2026-03-09: amend it"]


def test_the_day_since_when_it_waits_is_the_installation_s(ana_at_acme, sam):
    with time_machine.travel(datetime(2026, 3, 10, 2, tzinfo=UTC)):  # still Monday evening in Chicago
        submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert "since 2026-03-09:" in take(csv("T-0001,2026-03-02,A,7,,"), by=sam).expected[0]


def test_amended_hours_are_known_as_claimed_and_as_they_count(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    amend(entry=HourEntry.objects.get(), hours=7, reason="left early", by=sam, on=DECIDED_ON)
    assert take(csv(MONDAY_A_8), by=sam).said == ["skipped"]
    assert take(csv("T-0001,2026-03-02,A,7,,"), by=sam).said == ["skipped"]
    found = take(csv("T-0001,2026-03-02,A,6,,"), by=sam)
    assert found.said == ["error:hours"] and "approved as 7.00" in found.expected[0]


def test_hours_amended_to_another_process_are_known_there_too(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    process = ana_at_acme.standards.work_processes.get(code="B")
    amend(entry=HourEntry.objects.get(), hours=7, work_process=process, reason="set-up", by=sam, on=DECIDED_ON)
    assert take(csv("T-0001,2026-03-02,B,7,,"), by=sam, approve=True).said == ["skipped"]
    assert take(csv("T-0001,2026-03-02,B,8,,"), by=sam, approve=True).said == ["error:hours"]


def test_a_reference_with_the_same_content_is_skipped_whatever_the_note(system):
    take(csv("T-0001,2026-03-02,A,8,one note,r-1"), by=system)
    assert take(csv("T-0001,2026-03-02,A,8,another,r-1"), by=system).said == ["skipped"]


@pytest.mark.parametrize(
    "line", ["T-0001,2026-03-02,A,7,,r-1", "T-0001,2026-03-03,A,8,,r-1", "T-0001,2026-03-02,B,8,,r-1"]
)
def test_a_reference_with_other_content_is_an_error(system, line):
    take(csv("T-0001,2026-03-02,A,8,,r-1"), by=system)
    assert take(csv(line), by=system).said == ["error:entry_ref"]


KNOWN = {f"r-{number}" for number in range(2, 7)}


@pytest.mark.parametrize(
    "refs", [("r-1",), ("r-4",), ("r-1", "r-5"), ("r-0", "r-3", "r-9"), ("r-2", "r-21", "r-22", "r-29")]
)
def test_references_are_known_again_however_many_lie_between_them(system, refs):
    take(csv(*(f"T-0001,2026-02-0{number},A,1,,r-{number}" for number in range(2, 7))), by=system)
    lines = [f"T-0001,2026-02-{f'0{ref[2:]}' if ref in KNOWN else 10},A,1,,{ref}" for ref in refs]
    assert take(csv(*lines), by=system).said == ["skipped" if ref in KNOWN else "accepted" for ref in refs]


def test_a_reference_of_another_person_is_an_error(system, ben_at_acme):
    take(csv("T-0001,2026-03-02,A,8,,r-1"), by=system)
    assert take(csv("T-0003,2026-03-02,A,8,,r-1"), by=system).said == ["error:entry_ref"]


def test_a_reference_of_another_employer_is_another_reference(system, ana_elsewhere):
    take(csv("T-0001,2026-03-02,A,8,,r-1"), by=system)
    assert take(csv("T-0002,2026-03-02,A,8,,r-1"), by=system).said == ["accepted"]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("T-0001,2026-03-02,A,8,,r-1", "skipped"),
        ("T-0001,2026-03-02,A,7,,r-1", "error:entry_ref"),
        ("T-0001,2026-03-03,A,8,,r-1", "error:entry_ref"),
        ("T-0003,2026-03-02,A,8,,r-1", "error:entry_ref"),
    ],
)
def test_a_reference_twice_in_one_file_is_the_first_line_s(system, ben_at_acme, second, said):
    assert take(csv("T-0001,2026-03-02,A,8,,r-1", second), by=system).said == ["accepted", said]


def test_with_and_without_reference_are_two_entries(system):
    take(csv("T-0001,2026-03-02,A,4,,r-1"), by=system)
    assert take(csv("T-0001,2026-03-02,A,4,,"), by=system).said == ["accepted"]
    assert len(entries()) == 2


# --- weeks that are drafts, wait, came back, or are approved -------------------------------------------------------


def test_rows_join_a_draft_and_are_submitted_with_it(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv("T-0001,2026-03-03,A,6,,"), by=sam)
    assert state_of(week) == ("SUBMITTED", 1)
    assert claimed(week) == [("A", MONDAY, "8.00", 1), ("A", TUESDAY, "6.00", 1)]


def test_rows_join_a_returned_week_and_are_put_up_with_it_as_its_next_version(ana_at_acme, sam):
    week = returned(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv("T-0001,2026-03-03,A,6,,"), by=sam)
    assert state_of(week) == ("SUBMITTED", 2)
    assert claimed(week) == [("A", MONDAY, "8.00", 2), ("A", TUESDAY, "6.00", 2)]


def test_rows_for_a_week_that_waits_wait_with_it_as_its_next_version(ana_at_acme, sam, priya):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    looked_at = {week.pk: week.version}
    take(csv("T-0001,2026-03-03,A,6,,"), by=sam)
    assert state_of(week) == ("SUBMITTED", 2)
    (outcome,) = hours.approve(timesheets=[week.pk], by=priya, on=DECIDED_ON, versions=looked_at)
    assert "changed since you saw it" in outcome.reason


def test_rows_for_an_approved_week_wait_as_its_next_version_and_what_was_decided_stays(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv("T-0001,2026-03-03,A,6,,"), by=sam)
    assert state_of(week) == ("SUBMITTED", 2)
    assert claimed(week) == [("A", MONDAY, "8.00", 1), ("A", TUESDAY, "6.00", 2)]
    assert len(ledger(ana_at_acme)) == 1


def test_with_approve_they_post_only_themselves(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv(MONDAY_A_8, "T-0001,2026-03-02,B,1,,", "T-0001,2026-03-03,A,6,,"), by=sam, approve=True)
    assert state_of(week) == ("APPROVED", 2)
    assert ledger(ana_at_acme) == [
        (1, "A", "8.00", "LOGGED"),
        (2, "B", "1.00", "IMPORTED"),
        (3, "A", "6.00", "IMPORTED"),
    ]
    assert list(week.decisions.values_list("version", "verdict")) == [(1, "APPROVED"), (2, "APPROVED")]


def test_approve_decides_the_file_s_entries_and_leaves_the_others_waiting(ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "2")], by=sam)
    found = take(csv(MONDAY_A_8, "T-0001,2026-03-04,A,6,,"), by=sam, approve=True)
    assert found.said == ["skipped", "accepted"]
    assert sorted(ledger(ana_at_acme)) == [(1, "A", "8.00", "LOGGED"), (2, "A", "6.00", "IMPORTED")]
    assert state_of(week) == ("SUBMITTED", 3)
    assert [row for row in claimed(week) if row[3] == 3] == [("B", TUESDAY, "2.00", 3)]


def test_what_was_left_waiting_is_decided_later_and_posts_only_itself(ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "2")], by=sam)
    take(csv(MONDAY_A_8), by=sam, approve=True)
    assert state_of(week) == ("SUBMITTED", 2)
    hours.approve(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    assert [row[1:3] for row in ledger(ana_at_acme)] == [("A", "8.00"), ("B", "2.00")]
    assert [row.version for row in week.decisions.all()] == [1, 2]


def test_approve_decides_a_draft_that_the_file_completes(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv("T-0001,2026-03-03,A,6,,"), by=sam, approve=True)
    assert state_of(week) == ("APPROVED", 1)
    assert len(ledger(ana_at_acme)) == 2


def test_a_draft_that_the_file_only_knows_again_stays_a_draft(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    take(csv(MONDAY_A_8), by=sam, approve=True)
    assert state_of(week) == ("DRAFT", 1)
    assert ledger(ana_at_acme) == []


def test_a_week_without_hours_that_turns_out_worked_goes_on_as_its_next_version(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam)
    Timesheet.objects.update(zero_reason="PLANT_CLOSED")
    hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    hours.approve(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    take(csv(MONDAY_A_8), by=sam)
    week.refresh_from_db()
    assert (week.state, week.version, week.zero_reason) == ("SUBMITTED", 2, "")


def test_the_week_of_a_row_starts_on_the_employer_s_day(system, acme, ana_elsewhere):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, week_starts_on=6)
    take(csv(MONDAY_A_8, "T-0002,2026-03-02,A,8,,"), by=system)
    assert weeks("T-0001") == [("2026-03-01", "SUBMITTED", 1)]
    assert weeks("T-0002") == [("2026-03-02", "SUBMITTED", 1)]
