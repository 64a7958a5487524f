from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from apprentices.actions.amendments import amend
from apprentices.actions.standards_moves import move
from apprentices.actions.statuses import change_status
from apprentices.models import HourEntry
from apprentices.queries.week_grids import BEFORE_START, NOT_ACTIVE, TO_COME, week_grid
from apprentices.queries.weeks import MISSING, NOT_DUE, last_weeks
from apprentices.tests.cast import small_content
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, saved
from employers.actions.standards import load_standards
from employers.models import EmployerSettings, WorkProcess
from imt.audit.actions import save_row

pytestmark = pytest.mark.django_db
TODAY = MONDAY + timedelta(days=10)


def closed(grid):
    return [one.closed for one in grid.days]


def test_days_are_closed_before_the_start_to_come_and_while_suspended(ana_at_acme, priya):
    start = ana_at_acme.registered_on
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=start + timedelta(days=2), by=priya, reason="x")
    grid = week_grid(ana_at_acme, start, today=start + timedelta(days=3))
    assert closed(grid) == ["", "", NOT_ACTIVE, NOT_ACTIVE, TO_COME, TO_COME, TO_COME]
    assert closed(week_grid(ana_at_acme, start - timedelta(days=1), today=TODAY)) == [BEFORE_START] * 7


def test_from_a_move_in_mid_week_on_only_the_new_versions_processes_are_open(ana_at_acme, priya):
    wednesday = MONDAY + timedelta(days=2)
    after = load_standards(content=small_content(ri_minimum=900), by=priya).standards
    move(apprenticeships=[ana_at_acme], to=after, on=wednesday, reason="New version", by=priya)
    grid = week_grid(ana_at_acme, MONDAY, today=TODAY)
    openings = {
        (process.standards.version, process.code): [cell.is_open for cell in cells][:4] for process, cells in grid.rows
    }
    assert openings[1, "A"] == [True, True, False, False]
    assert openings[2, "A"] == [False, False, True, True]


def test_an_entry_amended_into_another_process_says_where_it_counts(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    other = WorkProcess.objects.get(standards=ana_at_acme.standards, code="B")
    entry = HourEntry.objects.get()
    amend(entry=entry, hours=Decimal("6.00"), work_process=other, reason="Set-up", by=sam, on=DECIDED_ON)
    grid = week_grid(ana_at_acme, MONDAY, today=TODAY)
    (decided,) = grid.rows[0][1][0].decided
    assert (decided.counts, decided.counts_as, decided.is_amended) == (Decimal("6.00"), other.pk, True)


def test_an_entry_amended_to_nothing_counts_nothing_and_stays_closed(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)
    amend(entry=HourEntry.objects.get(), hours=0, reason="On leave", by=sam, on=DECIDED_ON)
    cell_of_monday = week_grid(ana_at_acme, MONDAY, today=TODAY).rows[0][1][0]
    assert (cell_of_monday.hours, cell_of_monday.has_input) == (0, False)


def test_the_week_begins_on_the_employers_day(ana_at_acme, acme, priya):
    settings = EmployerSettings(employer=acme, from_on=ana_at_acme.registered_on, week_starts_on=6)
    save_row(settings, by=priya)
    grid = week_grid(ana_at_acme, MONDAY, today=TODAY)
    assert grid.timesheet.week_starts_on == MONDAY - timedelta(days=1)
    weeks = last_weeks([ana_at_acme], today=TODAY, count=3)[ana_at_acme.pk]
    assert [week.starts_on.weekday() for week in weeks] == [6, 6, 6]


def test_past_weeks_are_missing_or_not_due_and_the_present_one_is_neither(ana_at_acme, sam, priya):
    today = timezone.localdate()
    saved(ana_at_acme, [cell("A", today - timedelta(weeks=2), "8.00")], by=sam)
    change_status(
        apprenticeships=[ana_at_acme], status="SUSPENDED", on=today - timedelta(weeks=1, days=6), by=priya, reason="x"
    )
    states = [week.state for week in last_weeks([ana_at_acme], today=today, count=4)[ana_at_acme.pk]]
    assert states[0] == MISSING
    assert states[1] == "DRAFT"
    assert states[2] in (MISSING, NOT_DUE)  # the suspension may begin within it
    assert states[3] == ""
