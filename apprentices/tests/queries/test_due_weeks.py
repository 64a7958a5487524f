from datetime import timedelta

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.statuses import change_status
from apprentices.models import Apprenticeship, OpeningBalance
from apprentices.queries.due_weeks import due_weeks
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell, saved, submitted
from employers.models import ClosedDay, EmployerSettings, ShiftPattern

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
TODAY = MONDAY + 3 * WEEK  # a Monday: the week before it is not due yet


def standings(apprenticeship, weeks=3):
    found = due_weeks([apprenticeship], today=TODAY, weeks=weeks)[apprenticeship.pk]
    return [(one.week.starts_on, one.explanation or one.standing) for one in found]


def test_each_week_is_explained_or_due(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    submitted(ana_at_acme, [cell("A", MONDAY + WEEK, "8")], by=sam)
    saved(ana_at_acme, [cell("A", MONDAY + 2 * WEEK, "8")], by=sam)
    assert standings(ana_at_acme) == [
        (MONDAY, "APPROVED"),
        (MONDAY + WEEK, "SUBMITTED"),
        (MONDAY + 2 * WEEK, "DUE"),
        (TODAY, "NOT_DUE"),
    ]


def test_an_attested_week_is_explained_once_it_is_put_up(ana_at_acme, sam):
    week = saved(ana_at_acme, [], by=sam, day=MONDAY)
    week.zero_reason = "LAYOFF"
    week.save()
    assert standings(ana_at_acme)[0] == (MONDAY, "OVERDUE")
    week.state, week.submitted_at, week.submitted_by = "SUBMITTED", "2026-03-09T12:00:00Z", sam
    week.save()
    assert standings(ana_at_acme)[0] == (MONDAY, "ZERO_ATTESTED")


def test_leave_closed_days_and_opening_balances_explain_their_weeks(ana_at_acme, acme, priya):
    OpeningBalance.objects.create(
        apprenticeship=ana_at_acme,
        kind="OJL",
        hours="10",
        through_on=MONDAY + timedelta(days=6),
        evidence="binder",
        recorded_at="2026-03-01T12:00:00Z",
        recorded_by=priya,
    )
    for number in range(5):
        day = MONDAY + WEEK + timedelta(days=number)
        ClosedDay.objects.create(employer=acme, closed_on=day, title="Shutdown")
    back = MONDAY + 2 * WEEK
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=back, by=priya, reason="Leave")
    assert [standing for _day, standing in standings(ana_at_acme)] == [
        "ON_PAPER",
        "PLANT_CLOSED",
        "NOT_ACTIVE",
        "NOT_ACTIVE",
    ]


def test_the_employers_own_pay_periods_and_shifts_say_what_is_due(ana_at_acme, acme):
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, pay_period="MONTH", due_after_days=5)
    nothing = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), 0)
    ShiftPattern.objects.create(employer=acme, from_on=MONDAY + 2 * WEEK, **nothing)
    assert [standing for _day, standing in standings(ana_at_acme)] == ["NOT_DUE", "NOT_DUE", "NO_SHIFT", "NO_SHIFT"]


def test_no_week_is_asked_for_from_before_the_registration(ana_at_acme):
    assert standings(ana_at_acme, weeks=30)[0][0] == ana_at_acme.registered_on


@pytest.mark.parametrize("count", [1, 20])
def test_six_queries_answer_for_however_many(ana_at_acme, priya, django_assert_num_queries, count):
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-1{number:03d}", first_name=f"P{number}", email="")
        for number in range(1, count + 1)
    ]
    register(rows=rows, by=priya)
    people = list(Apprenticeship.objects.all())
    with django_assert_num_queries(6):
        due_weeks(people, today=TODAY)
