"""What a file of hours makes of weeks, whole or in part, by the rules of the contract (Files of hours)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from apprentices.actions.statuses import change_status
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.files_of_hours import csv, entries, everything, take, weeks
from apprentices.tests.weeks import (
    MONDAY,
    cell,
    ledger,
    saved,
)
from employers.models import EmployerSettings
from employers.permissions import NotAllowed
from imt.audit.models import AuditEvent, ImportBatch
from imt.audit.queries import history_of

TUESDAY = MONDAY + timedelta(days=1)
MONDAY_A_8 = "T-0001,2026-03-02,A,8,,"
MATRIX = "Employee #,Week Ending,Work Process,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total"


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
    kept, imported = history_of(batch)
    assert (kept.event, kept.details) == ("import_batch.weeks_kept", {"weeks": {}, "entries": {}})
    assert imported.details["counts"] == {"accepted": 1}


def test_every_week_of_a_file_has_an_event_of_its_own(system, ben_at_acme):
    take(csv(MONDAY_A_8, "T-0001,2026-03-09,A,8,,", "T-0003,2026-03-02,A,8,,"), by=system)
    assert AuditEvent.objects.filter(event="hours.submitted").count() == 3


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
    assert take(csv("T-0001,2026-03-02,A,17,,", "T-0002,2026-03-02,A,8,,"), by=system).said == [
        "accepted",
        "error:hours",
    ]


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


@pytest.mark.parametrize("note", ["tab\there", "back\\slash", "\\N", "汉字 🙂", "=1+1"])
def test_whatever_a_note_holds_is_kept_and_breaks_nothing(system, note):
    assert take(csv(f"T-0001,2026-03-02,A,8,{note},"), by=system, approve=True).said == ["accepted"]
    assert HourEntry.objects.get().note == note
