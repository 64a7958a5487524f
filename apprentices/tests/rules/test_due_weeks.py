from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules import due_weeks
from apprentices.rules.due_weeks import (
    DUE,
    EXPLAINED,
    NOT_DUE,
    OVERDUE,
    Person,
    Plant,
    Sheet,
    Week,
    WeekRules,
    due_day,
    due_week,
    pay_period_end,
    weeks_of,
)

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY + timedelta(days=6)
ANA = Person(date(2026, 1, 5), ((date(2026, 1, 5), "ACTIVE"),))
FULL_WEEK = Week(MONDAY, tuple(MONDAY + timedelta(days=number) for number in range(7)))
NO_WEEKDAYS = (Decimal(0),) * 7

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
rules = st.builds(
    WeekRules,
    from_on=st.dates(date(2025, 12, 1), date(2026, 6, 30)),
    week_starts_on=st.integers(0, 6),
    pay_period=st.sampled_from(["WEEK", "TWO_WEEKS", "HALF_MONTH", "MONTH"]),
    pay_period_starts_on=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    due_after_days=st.integers(0, 40),
)
plants = st.lists(rules, max_size=3, unique_by=lambda one: one.from_on).map(
    lambda found: Plant(tuple(sorted(found, key=lambda one: one.from_on)))
)


def plant_of(**said):
    closed = frozenset(said.pop("closed", ()))
    shifts = said.pop("shifts", ())
    return Plant((WeekRules(**said),), shifts, closed)


def judged(sheet=None, *, person=ANA, plant=None, today=SUNDAY, week=FULL_WEEK):
    return due_week(week, sheet or Sheet(), person=person, plant=plant or Plant(), today=today)


@pytest.mark.parametrize(
    ("day", "said", "end"),
    [
        (date(2026, 3, 4), {}, SUNDAY),
        (date(2026, 3, 4), {"week_starts_on": 6}, date(2026, 3, 7)),
        (date(2026, 3, 4), {"pay_period_starts_on": date(2026, 2, 26)}, date(2026, 3, 4)),
        (MONDAY, {"pay_period": "TWO_WEEKS", "pay_period_starts_on": date(2026, 2, 23)}, SUNDAY),
        (MONDAY, {"pay_period": "TWO_WEEKS", "pay_period_starts_on": MONDAY}, date(2026, 3, 15)),
        (MONDAY, {"pay_period": "TWO_WEEKS", "pay_period_starts_on": date(2027, 3, 1)}, date(2026, 3, 15)),
        (date(2026, 3, 15), {"pay_period": "HALF_MONTH"}, date(2026, 3, 15)),
        (date(2026, 3, 16), {"pay_period": "HALF_MONTH"}, date(2026, 3, 31)),
        (date(2026, 2, 20), {"pay_period": "HALF_MONTH"}, date(2026, 2, 28)),
        (date(2028, 2, 20), {"pay_period": "MONTH"}, date(2028, 2, 29)),
        (date(2026, 12, 31), {"pay_period": "MONTH"}, date(2026, 12, 31)),
    ],
)
def test_the_pay_period_of_a_day_ends_when_the_employer_says(day, said, end):
    assert pay_period_end(day, WeekRules(**said)) == end


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (MONDAY, NOT_DUE),
        (SUNDAY, NOT_DUE),
        (date(2026, 3, 9), DUE),
        (date(2026, 3, 10), DUE),
        (date(2026, 3, 11), OVERDUE),
    ],
)
def test_a_week_is_due_two_days_after_its_pay_period_and_then_overdue(today, standing):
    found = judged(today=today)
    assert (found.standing, found.due_on) == (standing, date(2026, 3, 10))
    assert found.overdue_since == (date(2026, 3, 11) if standing == OVERDUE else None)


def test_the_first_week_of_two_is_due_with_the_second():
    plant = plant_of(pay_period="TWO_WEEKS", pay_period_starts_on=MONDAY, due_after_days=3)
    assert judged(plant=plant, today=date(2026, 3, 15)).standing == NOT_DUE
    assert judged(plant=plant).due_on == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("sheet", "answer"),
    [
        (Sheet("SUBMITTED", has_claims=True), (EXPLAINED, "SUBMITTED", "")),
        (Sheet("APPROVED"), (EXPLAINED, "APPROVED", "")),
        (Sheet("SUBMITTED", "LAYOFF"), (EXPLAINED, "ZERO_ATTESTED", "LAYOFF")),
        (Sheet("APPROVED", "LEAVE"), (EXPLAINED, "ZERO_ATTESTED", "LEAVE")),
        (Sheet("DRAFT", "LAYOFF"), (OVERDUE, "", "")),
        (Sheet("DRAFT", has_claims=True), (OVERDUE, "", "")),
        (Sheet("DRAFT"), (OVERDUE, "", "")),
        (Sheet("RETURNED", has_claims=True), (OVERDUE, "", "")),
        (Sheet(), (OVERDUE, "", "")),
    ],
)
def test_what_was_put_up_explains_a_week_and_what_was_begun_does_not(sheet, answer):
    found = judged(sheet, today=date(2026, 4, 1))
    assert (found.standing, found.explanation, found.detail) == answer


@pytest.mark.parametrize(
    ("history", "explanation", "status"),
    [
        (((date(2026, 1, 5), "ACTIVE"), (MONDAY, "SUSPENDED")), "NOT_ACTIVE", "SUSPENDED"),
        (((date(2026, 1, 5), "ACTIVE"), (MONDAY + timedelta(days=1), "SUSPENDED")), "", ""),
        (((date(2026, 1, 5), "SUSPENDED"), (SUNDAY, "ACTIVE")), "NO_SHIFT", ""),
        (((date(2026, 1, 5), "ACTIVE"), (date(2026, 2, 1), "CANCELLED")), "NOT_ACTIVE", "CANCELLED"),
        (((date(2026, 1, 5), "REGISTERED"),), "NOT_ACTIVE", "REGISTERED"),
    ],
)
def test_a_week_on_leave_asks_for_nothing_and_a_day_of_work_in_it_does(history, explanation, status):
    found = judged(person=Person(date(2026, 1, 5), history), today=date(2026, 4, 1))
    assert (found.explanation, found.detail) == (explanation, status)


def test_a_week_before_the_registration_asks_for_nothing():
    person = Person(date(2026, 3, 9), ((date(2026, 1, 5), "ACTIVE"),))
    assert judged(person=person).explanation == "NOT_ACTIVE"


@pytest.mark.parametrize(
    ("closed", "explanation"), [(range(5), "PLANT_CLOSED"), (range(7), "PLANT_CLOSED"), (range(4), ""), ([5, 6], "")]
)
def test_a_plant_closed_the_whole_week_explains_it_and_an_open_day_does_not(closed, explanation):
    plant = plant_of(closed=[MONDAY + timedelta(days=number) for number in closed])
    assert judged(plant=plant).explanation == explanation


def test_a_week_without_a_shift_asks_for_nothing():
    assert judged(plant=plant_of(shifts=((date(2026, 1, 1), NO_WEEKDAYS),))).explanation == "NO_SHIFT"


def test_hours_logged_in_a_closed_week_have_to_be_submitted():
    plant = plant_of(closed=FULL_WEEK.days)
    assert judged(Sheet("DRAFT", has_claims=True), plant=plant).explanation == ""


@pytest.mark.parametrize(("through", "explanation"), [(SUNDAY, "ON_PAPER"), (SUNDAY - timedelta(days=1), "")])
def test_weeks_that_came_along_on_paper_ask_for_nothing(through, explanation):
    assert judged(person=Person(ANA.registered_on, ANA.history, through)).explanation == explanation


def test_from_the_day_on_which_weeks_begin_otherwise_the_old_week_is_cut_short():
    plant = Plant((WeekRules(), WeekRules(SUNDAY, week_starts_on=6)))
    first, second = weeks_of(plant, since=MONDAY, until=SUNDAY)
    assert (first.starts_on, first.ends_on) == (MONDAY, SUNDAY - timedelta(days=1))
    assert (second.starts_on, len(second.days)) == (SUNDAY, 7)
    assert due_day(first, plant) == SUNDAY + timedelta(days=2)


@given(plant=plants, since=st.dates(date(2025, 10, 1), date(2026, 8, 1)), length=st.integers(0, 100))
def test_every_day_belongs_to_exactly_one_week(plant, since, length):
    until = since + timedelta(days=length)
    found = [day for week in weeks_of(plant, since=since, until=until) for day in week.days]
    wanted = [since + timedelta(days=number) for number in range(length + 1)]
    assert len(found) == len(set(found))
    assert set(wanted) <= set(found)


@given(day=days, one=rules)
def test_a_pay_period_ends_on_or_after_its_days_and_the_next_one_begins_after_it(day, one):
    end = pay_period_end(day, one)
    assert day <= end <= day + timedelta(days=30)
    assert pay_period_end(end, one) == end
    assert pay_period_end(end + timedelta(days=1), one) > end


@given(
    plant=plants, start=st.dates(date(2026, 1, 5), date(2026, 6, 30)), sheet=st.sampled_from([Sheet(), Sheet("DRAFT")])
)
def test_a_week_that_nobody_explains_goes_from_not_due_over_due_to_overdue_and_never_back(plant, start, sheet):
    week = weeks_of(plant, since=start, until=start)[0]
    order = [NOT_DUE, DUE, OVERDUE]
    standings = [judged(sheet, plant=plant, week=week, today=start + timedelta(days=n)).standing for n in range(90)]
    if EXPLAINED in standings:  # so short a week that no shift falls into it
        assert set(standings) == {EXPLAINED}
    else:
        assert standings == sorted(standings, key=order.index)
        assert standings[-1] == OVERDUE
    assert due_weeks.due_day(week, plant) >= week.ends_on
