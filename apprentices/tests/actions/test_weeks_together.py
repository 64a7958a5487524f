"""Saving the weeks of many people at once, late hours with their reason, and what was typed meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from apprentices.actions.apprenticeships import register
from apprentices.actions.typed_weeks import NotYours as TypedNotYours
from apprentices.actions.typed_weeks import Typed, forget_typed, keep_typed
from apprentices.actions.weeks import Cell, WeekRefused, WeekToSave, save_weeks
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TypedWeek
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, claimed, saved, submitted
from employers.models import EmployerSettings, WorkProcess

TUESDAY = MONDAY + timedelta(days=1)


def people(count, by):
    """`count` more apprenticeships at Acme."""
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="")
        for number in range(1, count + 1)
    ]
    register(rows=rows, by=by)
    return list(Apprenticeship.objects.filter(ref__startswith="T-1").select_related("employer").order_by("ref"))


def week_of(apprenticeship, worked, *, code="A", day=MONDAY, **options):
    process = WorkProcess.objects.get(standards=apprenticeship.standards, code=code)
    return WeekToSave(apprenticeship, day, [Cell(process.pk, day, Decimal(worked))], **options)


def test_a_refused_week_stands_beside_the_saved_ones(ana_at_acme, sam, priya):
    first, second = people(2, priya)
    submitted(first, [cell("A", MONDAY, "8")], by=sam)
    outcomes = save_weeks(weeks=[week_of(ana_at_acme, "8"), week_of(first, "7"), week_of(second, "25")], by=sam)
    assert [outcome.is_done for outcome in outcomes] == [True, False, False]
    assert "Recall it first" in outcomes[1].reason
    assert list(outcomes[2].errors.values()) == ["Hours of a day are above 0 and at most 24."]
    assert claimed(outcomes[0].timesheet) == [("A", MONDAY, "8.00", 1)]
    assert not Timesheet.objects.filter(apprenticeship=second).exists()


def test_somebody_elses_apprentices_are_refused_beside_ones_own(ana_at_acme, sam, oscar, priya):
    outcomes = save_weeks(weeks=[week_of(ana_at_acme, "8")], by=oscar)
    assert [(outcome.is_done, outcome.is_permitted) for outcome in outcomes] == [(False, False)]
    assert not HourEntry.objects.exists()


def test_a_person_s_day_is_shared_by_the_weeks_of_one_save(ana_at_acme, ana_elsewhere, priya):
    outcomes = save_weeks(weeks=[week_of(ana_at_acme, "16"), week_of(ana_elsewhere, "9")], by=priya)
    assert outcomes[0].is_done
    assert list(outcomes[1].errors.values()) == ["With this the day would have 25.00 hours."]
    again = save_weeks(weeks=[week_of(ana_at_acme, "25"), week_of(ana_elsewhere, "8")], by=priya)
    assert [outcome.is_done for outcome in again] == [False, True]  # what the refused week asked for takes no room


def test_no_weeks_are_no_outcomes(sam):
    assert save_weeks(weeks=[], by=sam) == []


@pytest.mark.parametrize("count", [2, 50])
def test_fifty_weeks_take_the_statements_of_two(ana_at_acme, sam, priya, django_assert_num_queries, count):
    crew = people(count, priya)
    new, changed = ([week_of(one, worked) for one in crew] for worked in ("8", "7"))
    statements = 20 if connection.vendor == "postgresql" else 19  # SQLite has no lock of moments to ask for
    with django_assert_num_queries(statements):
        save_weeks(weeks=new, by=sam)
    with django_assert_num_queries(statements):
        outcomes = save_weeks(weeks=changed, by=sam)
    assert all(outcome.is_done for outcome in outcomes)
    assert set(HourEntry.objects.values_list("hours", flat=True)) == {Decimal("7.00")}


# --- late hours ------------------------------------------------------------------------------------------------


@pytest.fixture
def late_after_14_days(acme):
    return EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, late_after_days=14)


def test_hours_older_than_the_employers_limit_need_a_reason(ana_at_acme, sam, late_after_14_days):
    with pytest.raises(WeekRefused, match="more than 14 days ago") as refusal:
        saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert refusal.value.at == "late_reason"
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, late_reason="The clock was broken")
    assert week.late_reason == "The clock was broken"


def test_a_reason_that_stands_is_asked_for_once_and_goes_with_the_next_version(ana_at_acme, sam, late_after_14_days):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, late_reason="The clock was broken")
    saved(ana_at_acme, [cell("A", MONDAY, "7")], by=sam)
    Timesheet.objects.update(state="APPROVED", submitted_by=sam, submitted_at="2026-03-09T12:00Z")
    with pytest.raises(WeekRefused, match="Say why"):
        saved(ana_at_acme, [cell("B", TUESDAY, "8")], by=sam)


def test_late_hours_that_stand_already_need_no_reason_and_neither_do_new_ones(ana_at_acme, sam, acme):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, late_after_days=14)
    assert saved(ana_at_acme, [cell("A", MONDAY, "8", note="Press 4")], by=sam).late_reason == ""


# --- a claim keeps where it came from --------------------------------------------------------------------------


def test_a_claim_keeps_its_source_where_the_save_says_none(ana_at_acme, sam):
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, source="SPLIT")
    saved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    assert dict(HourEntry.objects.values_list("work_process__code", "source")) == {"A": "SPLIT", "B": "LOGGED"}


def test_hours_take_the_place_of_the_reason_for_none(ana_at_acme, sam):
    saved(ana_at_acme, [], by=sam)
    Timesheet.objects.update(zero_reason="OTHER", zero_note="flood")
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    week.refresh_from_db()
    assert (week.zero_reason, week.zero_note) == ("", "")


# --- typed weeks -----------------------------------------------------------------------------------------------


def keep(apprenticeship, by, texts):
    keep_typed(
        weeks=[Typed(apprenticeship.pk, MONDAY, 1, texts)],
        apprenticeships=Apprenticeship.objects.all(),
        by=by,
        on=TUESDAY,
    )


def test_typed_texts_are_kept_as_typed_and_others_are_left_out(ana_at_acme, sam):
    keep(
        ana_at_acme, sam, {"hours-7-20260302": "eight", "hours-7-20269902": "8", "is_staff": "1", "note-n1": "x" * 2000}
    )
    assert TypedWeek.objects.get().typed == {"hours-7-20260302": "eight", "note-n1": "x" * 1000}


def test_the_last_texts_take_the_place_of_those_before_and_none_leave_nothing(ana_at_acme, sam):
    keep(ana_at_acme, sam, {"hours-7-20260302": "8"})
    keep(ana_at_acme, sam, {"hours-7-20260303": "7"})
    assert TypedWeek.objects.get().typed == {"hours-7-20260303": "7"}
    keep(ana_at_acme, sam, {})
    assert not TypedWeek.objects.exists()


def test_who_may_not_log_keeps_nothing(ana_at_acme, oscar):
    with pytest.raises(TypedNotYours):
        keep(ana_at_acme, oscar, {"hours-7-20260302": "8"})


def test_a_saved_week_forgets_what_its_editor_typed_and_nobody_else_s(ana_at_acme, sam, priya):
    keep(ana_at_acme, sam, {"hours-7-20260302": "8"})
    keep(ana_at_acme, priya, {"hours-7-20260302": "4"})
    saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert [row.user for row in TypedWeek.objects.all()] == [priya]
    forget_typed(apprenticeships=[ana_at_acme.pk], starts=[MONDAY], by=priya)
    assert not TypedWeek.objects.exists()


def test_an_approved_week_that_is_left_as_it_is_stays_approved(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    (outcome,) = save_weeks(weeks=[WeekToSave(ana_at_acme, MONDAY, [])], by=sam)
    assert (outcome.timesheet.pk, outcome.timesheet.state) == (week.pk, "APPROVED")
