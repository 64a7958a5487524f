"""Who may save a week of hours, when it is locked, and what becomes of two editors."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from apprentices.actions import hours
from apprentices.actions.weeks import CellsRefused, NotYours, WeekRefused
from apprentices.models import HourEntry, Timesheet
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.weeks import (
    DECIDED_ON,
    MONDAY,
    approved,
    cell,
    claimed,
    done,
    ledger,
    returned,
    saved,
    state_of,
    submitted,
)
from employers.models import EmployerSettings, WorkProcess

TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)


@pytest.fixture
def own_hours(acme):
    """Acme lets its apprentices log their own hours."""
    return EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)


def refused(apprenticeship, cells, *, by, **options):
    """{(process, day): text} of the cells that were refused."""
    with pytest.raises(CellsRefused) as refusal:
        saved(apprenticeship, cells, by=by, **options)
    codes = dict(WorkProcess.objects.values_list("pk", "code"))
    return {(codes[process], day): text for (process, day), text in refusal.value.errors.items()}


# --- weeks that wait, came back, or are approved ---------------------------------------------------------------


def test_a_waiting_week_is_not_changed(ana_at_acme, sam):
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with pytest.raises(WeekRefused, match="Recall it first"):
        saved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert claimed(week) == [("A", MONDAY, "8.00", 1)]


def test_a_returned_week_is_changed_and_stays_returned(ana_at_acme, sam):
    returned(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    week = saved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert state_of(week) == ("RETURNED", 1)
    assert claimed(week) == [("A", MONDAY, "7.00", 1)]


def test_an_approved_cell_is_locked(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    errors = refused(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    assert "approved already" in errors["A", MONDAY]
    assert state_of(week) == ("APPROVED", 1)


def test_an_approved_week_takes_new_cells_as_its_next_version(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    week = saved(ana_at_acme, [cell("A", TUESDAY, "6")], by=sam)
    assert state_of(week) == ("DRAFT", 2)
    assert claimed(week) == [("A", MONDAY, "8.00", 1), ("A", TUESDAY, "6.00", 2)]


def test_the_next_version_posts_only_its_own_cells(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    approved(ana_at_acme, [cell("A", TUESDAY, "6")], by=sam)
    assert ledger(ana_at_acme) == [(1, "A", "8.00", "LOGGED"), (2, "A", "6.00", "LOGGED")]


def test_saving_nothing_leaves_an_approved_week_approved(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ana_at_acme, [], by=sam)
    assert state_of(week) == ("APPROVED", 1)


def test_a_next_version_that_is_emptied_again_leaves_the_week_approved(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ana_at_acme, [cell("A", TUESDAY, "6")], by=sam)
    saved(ana_at_acme, [], by=sam)
    assert state_of(week) == ("APPROVED", 1)
    assert state_of(approved(ana_at_acme, [cell("A", TUESDAY, "5")], by=sam)) == ("APPROVED", 2)


def test_entries_with_a_reference_are_left_to_the_file_they_came_from(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "4")], by=sam)
    HourEntry.objects.update(entry_ref="clock-1")
    saved(ana_at_acme, [cell("B", MONDAY, "2")], by=sam)
    assert claimed(week) == [("A", MONDAY, "4.00", 1), ("B", MONDAY, "2.00", 1)]


# --- two editors ---------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_refused(ana_at_acme, sam, priya):
    began = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam).edit_number
    saved(ana_at_acme, [cell("A", MONDAY, "7")], by=priya, edit_number=began)
    with pytest.raises(WeekRefused, match="Somebody else"):
        saved(ana_at_acme, [cell("A", MONDAY, "6")], by=sam, edit_number=began)
    assert str(HourEntry.objects.get().hours) == "7.00"


def test_one_editor_goes_on_with_the_number_of_the_last_save(ana_at_acme, sam):
    number = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam).edit_number
    week = saved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam, edit_number=number)
    assert week.edit_number == number + 1


def test_a_recall_between_is_an_edit_too(ana_at_acme, sam, priya):
    began = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam).edit_number
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=priya)
    done(hours.recall(timesheets=[week.pk], by=priya, on=DECIDED_ON))
    with pytest.raises(WeekRefused, match="Somebody else"):
        saved(ana_at_acme, [cell("A", MONDAY, "6")], by=sam, edit_number=began)


def test_a_new_week_begins_with_number_one_for_everybody(ana_at_acme, sam, priya):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, edit_number=1)
    with pytest.raises(WeekRefused, match="Somebody else"):
        saved(ana_at_acme, [cell("A", MONDAY, "6")], by=priya, edit_number=1)


# --- who -----------------------------------------------------------------------------------------------------


def test_a_supervisor_elsewhere_logs_nothing_of_ana(ana_at_acme, oscar):
    with pytest.raises(NotYours):
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=oscar)
    assert not Timesheet.objects.exists()


@pytest.mark.parametrize("who", ["ada", "lee", "ana"])
def test_who_only_looks_logs_nothing(ana_at_acme, who, request):
    with pytest.raises(NotYours):
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["sam", "priya"])
def test_the_supervisor_and_staff_log_ana_s_hours(ana_at_acme, who, request):
    assert claimed(saved(ana_at_acme, [cell("A", MONDAY, "8")], by=request.getfixturevalue(who)))


def test_ana_logs_her_own_hours_where_the_employer_lets_her(ana_at_acme, ana, own_hours):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)
    assert HourEntry.objects.get().logged_by == ana


def test_until_the_day_from_which_the_employer_lets_her_she_does_not(ana_at_acme, ana, own_hours):
    own_hours.from_on = TUESDAY
    own_hours.save()
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC)), pytest.raises(NotYours):
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)
    with time_machine.travel(datetime(2026, 3, 3, 18, tzinfo=UTC)):
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)


def test_a_membership_that_has_ended_logs_nothing(ana_at_acme, sam):
    sam.employer_memberships.update(until_on=MONDAY - timedelta(days=1))
    with pytest.raises(NotYours):
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
