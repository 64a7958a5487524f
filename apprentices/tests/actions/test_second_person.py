"""What an employer asks for beyond the permission: its settings of own logging and of late entries, at every door."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.models import HourEntry, LedgerLine, Timesheet
from apprentices.tests.cast import PASSWORD, REGISTERED_ON
from apprentices.tests.files_of_hours import csv, take
from apprentices.tests.weeks import DECIDED_ON, MONDAY, cell, done, saved, state_of, submitted
from employers.actions.memberships import add_member
from employers.models import EmployerMembership, EmployerSettings
from employers.permissions import NotAllowed
from imt.accounts.actions import create_person
from imt.audit.models import AuditEvent

ROW = csv(f"T-0001,{MONDAY},A,8,,")


@pytest.fixture(autouse=True)
def _soon_after():
    """The week is logged and decided on the Monday after it."""
    with time_machine.travel(datetime(2026, 3, 9, 18, tzinfo=UTC)):
        yield


@pytest.fixture
def maria(acme, priya):
    """Manager at Acme."""
    user = create_person(name="Maria", email="maria@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role=EmployerMembership.Role.MANAGER, on=REGISTERED_ON, by=priya)
    return user


def settings(acme, **about):
    return EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, **about)


def approve(week, by):
    (outcome,) = hours.approve(timesheets=[week.pk], by=by, on=DECIDED_ON)
    return outcome


def test_who_logged_the_hours_may_approve_them_where_the_employer_asks_for_nothing_more(ana_at_acme, sam, maria):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert approve(week, sam).is_done


def test_who_logged_an_entry_may_not_where_a_second_person_is_asked_for(ana_at_acme, acme, sam, maria):
    settings(acme, own_logging="SECOND_PERSON")
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    done(hours.submit(timesheets=[week.pk], by=maria, on=DECIDED_ON))
    assert approve(week, sam).reason == (
        "You logged or submitted these hours yourself, so a second person has to approve them. That can be: Maria."
    )
    assert not LedgerLine.objects.exists()


def test_who_submitted_them_may_not_either(ana_at_acme, acme, sam, maria):
    settings(acme, own_logging="SECOND_PERSON")
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    done(hours.submit(timesheets=[week.pk], by=maria, on=DECIDED_ON))
    assert not approve(week, maria).is_done


def test_the_second_person_approves(ana_at_acme, acme, sam, maria):
    settings(acme, own_logging="SECOND_PERSON")
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert approve(week, maria).is_done


def test_where_nobody_else_is_there_the_refusal_names_the_staff(ana_at_acme, acme, sam, priya):
    settings(acme, own_logging="SECOND_PERSON")
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert "the program's staff can" in approve(week, sam).reason
    assert approve(week, priya).is_done


def test_staff_who_logged_them_need_a_second_person_too(ana_at_acme, acme, sam, priya):
    settings(acme, own_logging="SECOND_PERSON")
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=priya)
    assert "That can be: Sam." in approve(week, priya).reason


def test_a_week_with_a_reason_for_being_late_needs_a_second_person_whatever_the_setting(ana_at_acme, acme, sam, maria):
    settings(acme, own_logging="AT_ONCE")
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    Timesheet.objects.filter(pk=week.pk).update(late_reason="The clock was broken")
    done(hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON))
    assert state_of(week)[0] == "SUBMITTED"
    assert "logged late" in approve(week, sam).reason
    assert approve(week, maria).is_done


def test_entries_logged_after_the_limit_need_a_second_person_though_no_reason_was_asked(ana_at_acme, acme, sam, maria):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    settings(acme, late_after_days=6)
    assert "logged late" in approve(week, sam).reason


def test_entries_within_the_limit_do_not(ana_at_acme, acme, sam, maria):
    settings(acme, late_after_days=7)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert approve(week, sam).is_done


def test_what_a_supervisor_logs_for_others_counts_at_once_where_the_employer_says_so(ana_at_acme, acme, sam):
    settings(acme, own_logging="AT_ONCE")
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert (week.state, week.decisions.get().decided_by) == ("APPROVED", sam)
    assert LedgerLine.objects.get().posted_by == sam
    assert AuditEvent.objects.get(event="hours.approved").details == {"version": 1, "at_once": True}


def test_a_returned_week_counts_at_once_as_its_next_version(ana_at_acme, acme, sam, maria):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    done(hours.return_(timesheets=[week.pk], reason="?", by=maria, on=DECIDED_ON))
    settings(acme, own_logging="AT_ONCE")
    done(hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON))
    assert state_of(week) == ("APPROVED", 2)
    assert HourEntry.objects.get().version == 2


def test_hours_that_somebody_else_logged_do_not_count_with_their_submission(ana_at_acme, acme, sam, maria):
    settings(acme, own_logging="AT_ONCE")
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=maria)
    assert done(hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON)).state == "SUBMITTED"


def test_nobodys_own_hours_count_at_once(ana_at_acme, acme, ana):
    settings(acme, own_logging="AT_ONCE", apprentices_log_hours=True)
    assert submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=ana).state == "SUBMITTED"


def test_a_supervisor_who_is_an_apprentice_too_neither_approves_nor_undoes_the_own_week(ana_at_acme, acme, ana, priya):
    add_member(user=ana, employer=acme, role=EmployerMembership.Role.SUPERVISOR, on=REGISTERED_ON, by=priya)
    settings(acme, own_logging="AT_ONCE")
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)
    assert week.state == "SUBMITTED"
    assert not approve(week, ana).is_done


def test_staff_submit_and_nothing_counts_at_once(ana_at_acme, acme, priya):
    settings(acme, own_logging="AT_ONCE")
    assert submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=priya).state == "SUBMITTED"


# --- files -----------------------------------------------------------------------------------------------------


def test_who_takes_a_file_in_cannot_approve_it_where_a_second_person_is_asked_for(ana_at_acme, acme, sam):
    settings(acme, own_logging="SECOND_PERSON")
    with pytest.raises(NotAllowed, match="Line 2: the employer asks for a second person"):
        take(ROW, by=sam, approve=True)
    assert not HourEntry.objects.exists()
    take(ROW, by=sam)
    assert Timesheet.objects.get().state == "SUBMITTED"


def test_a_file_of_late_hours_is_not_approved_by_who_takes_it_in(ana_at_acme, acme, sam):
    settings(acme, late_after_days=3)
    with pytest.raises(NotAllowed, match="second person"):
        take(ROW, by=sam, approve=True)


def test_what_this_system_approves_was_decided_outside_and_needs_nobody_else(ana_at_acme, acme, system):
    settings(acme, own_logging="SECOND_PERSON", late_after_days=1)
    take(ROW, by=system, approve=True)
    assert Timesheet.objects.get().state == "APPROVED"


def test_a_file_does_not_count_at_once_unless_it_is_approved(ana_at_acme, acme, sam):
    settings(acme, own_logging="AT_ONCE")
    take(csv(f"T-0001,{MONDAY + timedelta(days=1)},A,8,,"), by=sam)
    assert Timesheet.objects.get().state == "SUBMITTED"
    assert date(2026, 3, 3) == HourEntry.objects.get().worked_on
