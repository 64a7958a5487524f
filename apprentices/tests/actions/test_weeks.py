"""Logging a week of hours as a draft: which cells can be saved, by whom, and what becomes of two editors."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from apprentices.actions.statuses import change_status
from apprentices.actions.weeks import Cell, CellsRefused, save_week
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.tests.cast import REGISTERED_ON, small_content
from apprentices.tests.weeks import (
    MONDAY,
    approved,
    cell,
    claimed,
    saved,
)
from employers.actions.standards import load_standards
from employers.models import EmployerSettings, WorkProcess
from imt.audit.queries import history_of

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


# --- what is saved ---------------------------------------------------------------------------------------------


def test_a_saved_week_is_a_draft_of_claims(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "7.25")], by=sam)
    assert (week.state, week.version, week.week_starts_on) == ("DRAFT", 1, MONDAY)
    assert claimed(week) == [("A", MONDAY, "8.00", 1), ("B", TUESDAY, "7.25", 1)]


def test_a_draft_counts_for_nothing(ana_at_acme, sam):
    before = Apprenticeship.objects.get(pk=ana_at_acme.pk)
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    after = Apprenticeship.objects.get(pk=ana_at_acme.pk)
    assert not LedgerLine.objects.exists()
    assert (after.facts_position, after.ledger_position) == (before.facts_position, 0)


def test_a_claim_says_who_logged_it_when_and_how(ana_at_acme, sam, acme):
    saved(ana_at_acme, [cell("A", MONDAY, "8", note="new press", department="Line 2")], by=sam)
    entry = HourEntry.objects.get()
    assert (entry.logged_by, entry.source, entry.note, entry.department) == (sam, "LOGGED", "new press", "Line 2")
    assert (entry.apprenticeship, entry.employer, entry.batch, entry.entry_ref) == (ana_at_acme, acme, None, "")


def test_what_is_saved_again_replaces_what_stood(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    week = saved(ana_at_acme, [cell("A", MONDAY, "6"), cell("A", TUESDAY, "2")], by=sam)
    assert claimed(week) == [("A", MONDAY, "6.00", 1), ("A", TUESDAY, "2.00", 1)]


def test_zero_empties_a_cell(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert claimed(saved(ana_at_acme, [cell("A", MONDAY, "0")], by=sam)) == []


def test_a_note_alone_is_saved_too(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    saved(ana_at_acme, [cell("A", MONDAY, "8", note="later")], by=sam)
    assert HourEntry.objects.get().note == "later"


def test_who_changes_a_claim_stands_on_it_and_the_others_keep_theirs(ana_at_acme, sam, priya):
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", TUESDAY, "8")], by=sam)
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", TUESDAY, "7")], by=priya)
    logged_by = dict(HourEntry.objects.values_list("worked_on", "logged_by__name"))
    assert logged_by == {MONDAY: "Sam", TUESDAY: "Priya"}


def test_the_source_may_say_that_hours_were_split(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, source=HourEntry.Source.SPLIT)
    assert HourEntry.objects.get().source == "SPLIT"


def test_the_history_of_the_week_tells_what_each_save_changed(ana_at_acme, sam):
    process = ana_at_acme.standards.work_processes.get(code="A").pk
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", TUESDAY, "8")], by=sam)
    week = saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", TUESDAY, "7.5")], by=sam)
    first, second = history_of(week)
    assert (first.event, first.by) == ("hours.saved", sam)
    assert first.details == {f"{process}@2026-03-02": [None, "8.00"], f"{process}@2026-03-03": [None, "8.00"]}
    assert second.details == {f"{process}@2026-03-03": ["8.00", "7.50"]}


def test_any_day_of_the_week_names_the_week(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", SUNDAY, "4")], by=sam)
    assert week.week_starts_on == MONDAY
    assert saved(ana_at_acme, [cell("A", MONDAY, "4")], by=sam) == week


def test_a_week_is_saved_in_a_constant_number_of_queries(ana_at_acme, sam, django_assert_max_num_queries):
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    saved(ana_at_acme, [cell("A", day, "1") for day in days], by=sam)
    with django_assert_max_num_queries(30):
        saved(ana_at_acme, [cell(code, day, "2") for day in days for code in "AB"], by=sam)


# --- weeks that start on another day -------------------------------------------------------------------------


def test_the_week_starts_on_the_day_that_the_employer_set(ana_at_acme, sam, acme):
    EmployerSettings.objects.create(employer=acme, from_on=date(2026, 2, 1), week_starts_on=6)
    assert saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam).week_starts_on == date(2026, 3, 1)


def test_before_the_setting_s_day_weeks_start_as_they_did(ana_at_acme, sam, acme):
    EmployerSettings.objects.create(employer=acme, from_on=SUNDAY, week_starts_on=6)
    assert saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam).week_starts_on == MONDAY
    assert saved(ana_at_acme, [cell("A", SUNDAY, "8")], by=sam).week_starts_on == SUNDAY


def test_hours_that_stand_in_a_week_of_the_old_kind_are_not_logged_twice(ana_at_acme, sam, acme):
    saved(ana_at_acme, [cell("A", SUNDAY, "4")], by=sam)
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, week_starts_on=6)
    assert set(refused(ana_at_acme, [cell("A", SUNDAY, "4")], by=sam)) == {("A", SUNDAY)}


# --- cells that are refused ----------------------------------------------------------------------------------


def test_a_refused_cell_is_named_and_nothing_is_written(ana_at_acme, sam):
    errors = refused(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "24.25")], by=sam)
    assert set(errors) >= {("B", MONDAY)}
    assert not Timesheet.objects.exists() and not HourEntry.objects.exists()


@pytest.mark.parametrize("worked", ["-1", "24.01"])
def test_hours_are_above_zero_and_at_most_a_day(ana_at_acme, sam, worked):
    assert "at most 24" in refused(ana_at_acme, [cell("A", MONDAY, worked)], by=sam)["A", MONDAY]


@pytest.mark.parametrize("worked", ["0.01", "24", "24.00"])
def test_a_hundredth_is_the_least_and_a_day_the_most(ana_at_acme, sam, worked):
    assert claimed(saved(ana_at_acme, [cell("A", MONDAY, worked)], by=sam))[0][2] == f"{Decimal(worked):.2f}"


def test_a_day_of_another_week_is_refused(ana_at_acme, sam):
    errors = refused(ana_at_acme, [cell("A", MONDAY - timedelta(days=1), "8")], by=sam, day=MONDAY)
    assert "not a day of this week" in errors["A", MONDAY - timedelta(days=1)]


def test_a_process_of_other_standards_is_refused(ana_at_acme, sam, priya):
    other = load_standards(content=small_content(occupation="Welder"), by=priya).standards
    foreign = Cell(other.work_processes.get(code="A").pk, MONDAY, Decimal(8))
    with pytest.raises(CellsRefused, match="does not belong"):
        save_week(apprenticeship=ana_at_acme, day=MONDAY, cells=[foreign], by=sam)


def test_a_day_to_come_is_refused(ana_at_acme, sam):
    with time_machine.travel(datetime(2026, 3, 3, 18, tzinfo=UTC)):
        errors = refused(ana_at_acme, [cell("A", TUESDAY + timedelta(days=1), "8")], by=sam)
    assert "still to come" in errors["A", TUESDAY + timedelta(days=1)]


def test_today_is_today_at_the_employer(ana_at_acme, sam, acme):
    acme.time_zone = "America/Los_Angeles"
    acme.save()
    ana_at_acme.refresh_from_db()
    late_on_monday = datetime(2026, 3, 3, 6, tzinfo=UTC)  # Tuesday in London and in Chicago
    with time_machine.travel(late_on_monday):
        assert set(refused(ana_at_acme, [cell("A", TUESDAY, "8")], by=sam)) == {("A", TUESDAY)}
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)


def test_a_day_before_the_registration_is_refused(ana_at_acme, priya):
    before = REGISTERED_ON - timedelta(days=1)
    assert "began on" in refused(ana_at_acme, [cell("A", before, "8")], by=priya)["A", before]


def test_a_day_on_which_the_apprenticeship_rests_is_refused(ana_at_acme, sam, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", reason="lay-off", by=priya, on=TUESDAY)
    errors = refused(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", TUESDAY, "8")], by=sam)
    assert set(errors) == {("A", TUESDAY)}


def test_a_day_holds_24_hours_of_all_processes_together(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "12"), cell("B", MONDAY, "12")], by=sam)
    errors = refused(ana_at_acme, [cell("A", MONDAY, "12"), cell("B", MONDAY, "12.25")], by=sam)
    assert errors == {("B", MONDAY): "With this the day would have 24.25 hours."}


def test_a_day_is_shared_by_all_employers_of_a_person(ana_at_acme, ana_elsewhere, sam, priya):
    saved(ana_at_acme, [cell("A", MONDAY, "16")], by=sam)
    saved(ana_elsewhere, [cell("A", MONDAY, "8")], by=priya)
    assert set(refused(ana_elsewhere, [cell("A", MONDAY, "8.01")], by=priya)) == {("A", MONDAY)}


def test_hours_that_count_take_their_share_of_the_day(ana_at_acme, ana_elsewhere, sam, priya):
    approved(ana_at_acme, [cell("A", MONDAY, "16")], by=sam)
    assert set(refused(ana_elsewhere, [cell("A", MONDAY, "9")], by=priya)) == {("A", MONDAY)}


def test_cells_that_stand_already_are_not_judged_again(ana_at_acme, sam, priya):
    saved(ana_at_acme, [cell("A", TUESDAY, "8")], by=sam)
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", reason="lay-off", by=priya, on=TUESDAY)
    week = saved(ana_at_acme, [cell("A", TUESDAY, "8"), cell("A", MONDAY, "8")], by=sam)
    assert len(claimed(week)) == 2
