"""What stands in weeks and days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from apprentices.actions.amendments import amend
from apprentices.actions.statuses import change_status
from apprentices.models import HourEntry
from apprentices.queries.hours import days_at, status_histories, waiting_hours, week_of, worked_by_day
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, returned, saved, submitted
from employers.models import EmployerSettings
from employers.queries.calendars import today_at

SUNDAY = MONDAY + timedelta(days=6)


def worked(apprenticeship, **about):
    """{day: hours} of the person in the week of MONDAY."""
    person = apprenticeship.apprentice_id
    found = worked_by_day([person], since=MONDAY, until=SUNDAY, **about)
    return {day: str(hours) for (_person, day), hours in found.items()}


@pytest.mark.parametrize("kind", [saved, submitted, returned, approved])
def test_hours_take_their_share_of_the_day_in_whatever_state_the_week_is(ana_at_acme, sam, kind):
    kind(ana_at_acme, [cell("A", MONDAY, "5"), cell("B", MONDAY, "2.5")], by=sam)
    assert worked(ana_at_acme) == {MONDAY: "7.50"}


def test_decided_and_further_hours_of_a_week_are_counted_once_each(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "5")], by=sam)
    saved(ana_at_acme, [cell("B", MONDAY, "2")], by=sam)
    assert worked(ana_at_acme) == {MONDAY: "7.00"}


def test_amended_hours_count_as_they_were_amended(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "5")], by=sam)
    amend(entry=HourEntry.objects.get(), hours=Decimal(4), reason="clock", by=sam, on=DECIDED_ON)
    assert worked(ana_at_acme) == {MONDAY: "4.00"}


def test_claims_that_are_about_to_be_replaced_are_left_out(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "5"), cell("B", MONDAY, "2")], by=sam)
    assert worked(ana_at_acme, but=HourEntry.objects.filter(work_process__code="A")) == {MONDAY: "2.00"}


def test_days_outside_are_left_out(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY - timedelta(days=1), "5")], by=sam)
    assert worked(ana_at_acme) == {}


@pytest.mark.parametrize(("kind", "waiting"), [(saved, {}), (submitted, "5.00"), (returned, {}), (approved, {})])
def test_only_submitted_hours_wait(ana_at_acme, sam, kind, waiting):
    kind(ana_at_acme, [cell("A", MONDAY, "5")], by=sam)
    expected = {ana_at_acme.pk: Decimal(waiting)} if waiting else {}
    assert waiting_hours([ana_at_acme.pk]) == expected


def test_of_a_next_version_only_its_own_hours_wait(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "5")], by=sam)
    submitted(ana_at_acme, [cell("B", MONDAY, "2")], by=sam)
    assert waiting_hours([ana_at_acme.pk]) == {ana_at_acme.pk: Decimal("2.00")}


def test_weeks_start_on_monday_unless_the_employer_says_otherwise(acme):
    assert week_of(acme, SUNDAY) == MONDAY
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, week_starts_on=6)
    assert week_of(acme, SUNDAY) == SUNDAY


def test_a_history_is_told_by_day_and_without_what_was_taken_back(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", reason="lay-off", by=priya, on=MONDAY)
    change_status(apprenticeships=[ana_at_acme], status="ACTIVE", reason="back", by=priya, on=SUNDAY)
    ana_at_acme.status_changes.filter(happened_on=SUNDAY).update(voided_at=ana_at_acme.recorded_at, voided_by=priya)
    assert status_histories([ana_at_acme.pk]) == {
        ana_at_acme.pk: [(REGISTERED_ON, "ACTIVE"), (MONDAY, "SUSPENDED")],
    }


def test_today_is_another_day_elsewhere(acme):
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    acme.time_zone = "America/New_York"
    assert today_at(acme, late) == date(2026, 3, 2)
    assert days_at({"America/New_York", "Europe/Berlin"}, late) == {
        "America/New_York": date(2026, 3, 2),
        "Europe/Berlin": date(2026, 3, 3),
    }
