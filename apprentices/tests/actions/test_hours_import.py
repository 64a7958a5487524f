"""What a file of hours makes of weeks, by the rules of the contract (Files of hours)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from apprentices.actions import hours, hours_staging
from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.statuses import change_status
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from apprentices.tests.files_of_hours import csv, entries, everything, take, weeks
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
from employers.permissions import NotAllowed
from imt.accounts.actions import system_user
from imt.audit.models import AuditEvent, ImportBatch
from imt.audit.queries import history_of

TUESDAY = MONDAY + timedelta(days=1)
MONDAY_A_8 = "T-0001,2026-03-02,A,8,,"
MATRIX = "Employee #,Week Ending,Work Process,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total"


@pytest.fixture
def system(ana_at_acme):
    """This system's own user, beside Ana at Acme."""
    return system_user()


@pytest.fixture
def ana_elsewhere(ana_at_acme, priya):
    """A second agreement of the same person, T-0002 at Other Works."""
    born = date.fromisoformat(ana_at_acme.apprentice.date_of_birth)
    register(rows=[apprentice_row(apprentice_ref="T-0002", employer="Other Works", date_of_birth=born)], by=priya)
    return Apprenticeship.objects.get(ref="T-0002")


@pytest.fixture
def ben_at_acme(ana_at_acme, priya):
    """Another apprentice at Acme, T-0003."""
    register(rows=[apprentice_row(apprentice_ref="T-0003", first_name="Ben", email="ben@example.org")], by=priya)
    return Apprenticeship.objects.get(ref="T-0003")


# --- a new file ------------------------------------------------------------------------------------------------


def test_lines_become_claims_of_weeks_that_wait(system):
    found = take(csv(MONDAY_A_8, "T-0001,2026-03-09,B. Set-up,7.25,set-up,r-1"), by=system)
    assert found.said == ["accepted", "accepted"]
    assert entries() == [("2026-03-02", "A", "8.00", "", ""), ("2026-03-09", "B", "7.25", "r-1", "set-up")]
    assert weeks() == [("2026-03-02", "SUBMITTED", 1), ("2026-03-09", "SUBMITTED", 1)]
    assert not LedgerLine.objects.exists()


def test_the_claims_say_that_they_were_imported_by_whom_and_with_which_file(system):
    batch = take(csv(MONDAY_A_8), by=system, name="march.csv").taken.batch
    entry = HourEntry.objects.get()
    assert (entry.source, entry.logged_by, entry.batch, entry.version) == ("IMPORTED", system, batch, 1)
    assert (batch.kind, batch.file_name, batch.recorded_by, batch.counts) == (
        "hours",
        "march.csv",
        system,
        {"accepted": 1},
    )
    assert entry.employer == entry.apprenticeship.employer


def test_the_week_says_who_submitted_it(system, sam):
    take(csv(MONDAY_A_8), by=sam)
    assert Timesheet.objects.get().submitted_by == sam


def test_with_approve_the_hours_count(system, ana_at_acme):
    assert take(csv(MONDAY_A_8), by=system, approve=True).said == ["accepted"]
    assert weeks() == [("2026-03-02", "APPROVED", 1)]
    assert ledger(ana_at_acme) == [(1, "A", "8.00", "IMPORTED")]
    line = LedgerLine.objects.get()
    assert (line.posted_by, line.entry) == (system, HourEntry.objects.get())


def test_the_one_who_approves_a_file_stands_on_the_decision(system, sam):
    take(csv(MONDAY_A_8), by=sam, approve=True)
    assert Timesheet.objects.get().decisions.get().decided_by == sam


def test_a_file_raises_the_position_of_the_facts_once(system, ana_at_acme):
    before = Apprenticeship.objects.get(pk=ana_at_acme.pk).facts_position
    lines = [f"T-0001,{MONDAY + timedelta(days=number)},A,8,," for number in range(20)]
    take(csv(*lines), by=system, approve=True)
    after = Apprenticeship.objects.get(pk=ana_at_acme.pk)
    assert (after.facts_position, after.ledger_position) == (before + 1, 20)


def test_weeks_and_the_file_have_their_events(system):
    batch = take(csv(MONDAY_A_8), by=system).taken.batch
    week = Timesheet.objects.get()
    assert [event.event for event in history_of(week)] == ["hours.submitted"]
    assert history_of(batch).get().details["counts"] == {"accepted": 1}


def test_an_approved_file_leaves_the_approval_in_the_history_of_the_week(system):
    take(csv(MONDAY_A_8), by=system, approve=True)
    assert "hours.approved" in [event.event for event in history_of(Timesheet.objects.get())]


def test_several_lines_of_one_day_and_process_are_one_entry(system):
    found = take(csv("T-0001,2026-03-02,A,4,early,", "T-0001,2026-03-02,A,3.5,late,"), by=system)
    assert found.said == ["accepted", "accepted"]
    assert entries() == [("2026-03-02", "A", "7.50", "", "early; late")]


def test_lines_with_references_are_an_entry_each(system):
    take(csv("T-0001,2026-03-02,A,4,,r-1", "T-0001,2026-03-02,A,3.5,,r-2", "T-0001,2026-03-02,A,1,,"), by=system)
    assert [(row[2], row[3]) for row in entries()] == [("4.00", "r-1"), ("3.50", "r-2"), ("1.00", "")]


def test_a_matrix_is_a_claim_for_each_of_its_cells(system):
    found = take(csv("T-0001,3/8/2026,A,8,7:30,,0,,,,15.5", header=MATRIX), by=system)
    assert found.said == ["accepted"]
    assert entries() == [("2026-03-02", "A", "8.00", "", ""), ("2026-03-03", "A", "7.50", "", "")]


def test_a_matrix_line_is_wrong_where_one_of_its_cells_is(system):
    lines = ["T-0001,3/8/2026,A,8,25,,,,,,", "T-0001,3/8/2026,B,1,1,,,,,,"]
    found = take(csv(*lines, header=MATRIX), by=system, partial=True)
    assert found.said == ["error:hours", "accepted"]
    assert found.outcomes[0].cell == "Tue"
    assert [row[1] for row in entries()] == ["B", "B"]


def test_a_cell_of_a_matrix_beyond_the_24th_hour_makes_its_line_wrong(system):
    lines = ["T-0001,3/8/2026,A,20,1,,,,,,", "T-0001,3/8/2026,B,5,1,,,,,,"]
    found = take(csv(*lines, header=MATRIX), by=system, partial=True)
    assert found.said == ["accepted", "error:hours"]
    assert found.outcomes[1].cell == "Mon"
    assert {row[1] for row in entries()} == {"A"}


# --- whole or in part --------------------------------------------------------------------------------------------


def test_a_file_with_an_error_writes_nothing_and_still_says_which_lines_are_good(system):
    before = everything()
    found = take(csv(MONDAY_A_8, "T-0001,2026-03-03,Z,8,,"), by=system, approve=True)
    assert found.said == ["accepted", "error:work_process"]
    assert found.taken.batch is None and found.taken.errors == 1
    assert everything() == before and not ImportBatch.objects.exists()


def test_the_good_part_of_a_file_is_taken_where_asked_for(system):
    found = take(csv(MONDAY_A_8, "T-0001,2026-03-03,Z,8,,"), by=system, partial=True)
    assert found.said == ["accepted", "error:work_process"]
    assert found.taken.batch.counts == {"accepted": 1, "error": 1}
    assert [row[0] for row in entries()] == ["2026-03-02"]


def test_a_dry_run_says_the_same_and_writes_nothing(system):
    before = everything()
    found = take(csv(MONDAY_A_8, "T-0001,2026-03-03,A,1,,r-1"), by=system, approve=True, dry_run=True)
    assert found.said == ["accepted", "accepted"]
    assert everything() == before and not ImportBatch.objects.exists()


def test_a_file_without_lines_is_no_error(system):
    assert take(csv(), by=system).taken.counts == {}


@pytest.mark.parametrize("approve", [True, False])
def test_the_same_file_twice_changes_nothing(system, approve):
    content = csv(MONDAY_A_8, "T-0001,2026-03-03,A,4,,", "T-0001,2026-03-03,A,3,,", "T-0001,2026-03-04,B,2,,r-1")
    take(content, by=system, approve=approve)
    before = everything()
    assert take(content, by=system, approve=approve).said == ["skipped"] * 4
    assert everything() == before


def test_a_matrix_twice_changes_nothing(system):
    content = csv("T-0001,3/8/2026,A,8,7:30,,0,,,,15.5", header=MATRIX)
    take(content, by=system, approve=True)
    before = everything()
    assert take(content, by=system, approve=True).said == ["skipped"]
    assert everything() == before


def test_the_same_file_approved_the_second_time_decides_what_waits(system, ana_at_acme):
    content = csv(MONDAY_A_8, "T-0001,2026-03-04,B,2,,r-1")
    take(content, by=system)
    assert take(content, by=system, approve=True).said == ["skipped", "skipped"]
    assert weeks() == [("2026-03-02", "APPROVED", 1)]
    assert [row[2] for row in ledger(ana_at_acme)] == ["8.00", "2.00"]


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


@pytest.mark.parametrize("line", ["T-0001,2026-03-02,A,7,,r-1", "T-0001,2026-03-03,A,8,,r-1", "T-0001,2026-03-02,B,8,,r-1"])
def test_a_reference_with_other_content_is_an_error(system, line):
    take(csv("T-0001,2026-03-02,A,8,,r-1"), by=system)
    assert take(csv(line), by=system).said == ["error:entry_ref"]


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
    Timesheet.objects.update(zero_reason="plant closed")
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


# --- days and hours ------------------------------------------------------------------------------------------------


def test_a_day_before_the_registration_is_an_error(system):
    found = take(csv("T-0001,2026-01-04,A,8,,", "T-0001,2026-01-05,A,8,,"), by=system)
    assert found.said == ["error:worked_on", "accepted"]


def test_today_is_welcome_and_a_day_to_come_an_error(system):
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC)):
        assert take(csv(MONDAY_A_8, "T-0001,2026-03-03,A,8,,"), by=system).said == ["accepted", "error:worked_on"]


def test_a_day_without_the_status_active_is_an_error(system, ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", reason="lay-off", by=priya, on=TUESDAY)
    change_status(apprenticeships=[ana_at_acme], status="ACTIVE", reason="back", by=priya, on=date(2026, 3, 5))
    lines = [f"T-0001,2026-03-0{day},A,8,," for day in (2, 3, 4, 5)]
    assert take(csv(*lines), by=system).said == ["accepted", "error:worked_on", "error:worked_on", "accepted"]


def test_the_later_line_of_a_day_beyond_24_hours_is_the_wrong_one(system):
    lines = ["T-0001,2026-03-02,A,16,,", "T-0001,2026-03-02,B,8.01,,", "T-0001,2026-03-02,B,8,,r-1"]
    found = take(csv(*lines), by=system, partial=True)
    assert found.said == ["accepted", "error:hours", "accepted"]


def test_drafts_of_another_employer_take_their_share_of_the_day(system, ana_elsewhere, priya):
    saved(ana_elsewhere, [cell("A", MONDAY, "17")], by=priya)
    assert take(csv(MONDAY_A_8), by=system).said == ["error:hours"]
    assert take(csv("T-0001,2026-03-02,A,7,,"), by=system).said == ["accepted"]


def test_lines_of_two_employers_in_one_file_share_the_day(system, ana_elsewhere):
    assert take(csv("T-0001,2026-03-02,A,17,,", "T-0002,2026-03-02,A,8,,"), by=system).said == ["accepted", "error:hours"]


def test_a_changed_entry_gives_its_own_hours_of_the_day_back(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "20")], by=sam)
    assert take(csv("T-0001,2026-03-02,A,22,,", "T-0001,2026-03-02,B,2,,"), by=sam).said == ["changed", "accepted"]


# --- who -----------------------------------------------------------------------------------------------------


def test_a_supervisor_elsewhere_knows_of_no_such_apprentice(ana_at_acme, oscar):
    assert take(csv(MONDAY_A_8), by=oscar).said == ["error:apprentice_ref"]


def test_ana_may_take_in_a_file_of_her_own_hours_where_the_employer_lets_her(ana_at_acme, ana, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    assert take(csv(MONDAY_A_8), by=ana).said == ["accepted"]


def test_nobody_approves_their_own_hours_by_way_of_a_file(ana_at_acme, ana, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    with pytest.raises(NotAllowed, match="T-0001"):
        take(csv(MONDAY_A_8), by=ana, approve=True)
    assert not HourEntry.objects.exists()


# --- blocks ----------------------------------------------------------------------------------------------------


def many_lines(refs):
    """Weeks of a few people whose lines lie criss-cross in the file, with faults, sums and references."""
    days = [MONDAY + timedelta(days=number) for number in range(14)]
    lines = []
    for number, day in enumerate(days):
        for person, ref in enumerate(refs):
            lines.append(f"{ref},{day},{'AB'[number % 2]},{4 + person},note {number},")
            lines.append(f"{ref},{day},A,2,,x-{number if person == 1 else f'{ref}-{number}'}")
            lines.append(f"{ref},{day},A,{1 + number % 3},again,")
            if number % 5 == person:
                lines.append(f"{ref},{day},B,23,too much,")
        lines.append(f"{refs[0]},{day},B,1,taken by another,x-{number}")
    return lines


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("approve", [True, False])
def test_a_file_in_small_blocks_comes_to_the_same_as_in_one(
    system, ben_at_acme, ana_elsewhere, monkeypatch, size, approve
):
    content = csv(*many_lines(["T-0001", "T-0003", "T-0002"]))
    whole = _rolled_back(lambda: take(content, by=system, partial=True, approve=approve))
    monkeypatch.setattr(hours_staging, "BLOCK", size)
    parts = _rolled_back(lambda: take(content, by=system, partial=True, approve=approve))
    assert parts == whole
    assert {outcome for outcome in parts[0]} >= {"accepted", "error:hours", "error:entry_ref"}


class _Back(Exception):
    pass


def _rolled_back(act):
    """What an import says and leaves behind; then it is undone."""
    try:
        with transaction.atomic():
            found = act()
            left = [entries(ref) + weeks(ref) for ref in ("T-0001", "T-0002", "T-0003")]
            lines = [ledger(one) for one in Apprenticeship.objects.order_by("ref")]
            raise _Back
    except _Back:
        return found.said, found.taken.counts, left, lines


def test_a_block_takes_a_bounded_number_of_queries(system, django_assert_max_num_queries):
    take(csv("T-0001,2026-02-02,A,8,,"), by=system)
    lines = [f"T-0001,{MONDAY + timedelta(days=number)},A,8,,r-{number}" for number in range(200)]
    with django_assert_max_num_queries(60):
        take(csv(*lines), by=system, approve=True)


def test_every_week_of_a_file_has_an_event_of_its_own(system, ben_at_acme):
    take(csv(MONDAY_A_8, "T-0001,2026-03-09,A,8,,", "T-0003,2026-03-02,A,8,,"), by=system)
    assert AuditEvent.objects.filter(event="hours.submitted").count() == 3
