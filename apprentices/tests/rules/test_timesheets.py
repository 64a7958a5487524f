"""How a week moves, and which week a day belongs to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.timesheets import after, first_weekday_on, status_on, week_start


@pytest.mark.parametrize(
    ("act", "state", "then"),
    [
        ("submit", "DRAFT", "SUBMITTED"),
        ("submit", "RETURNED", "SUBMITTED"),
        ("submit", "SUBMITTED", None),
        ("submit", "APPROVED", None),
        ("recall", "SUBMITTED", "DRAFT"),
        ("recall", "APPROVED", None),
        ("approve", "SUBMITTED", "APPROVED"),
        ("approve", "DRAFT", None),
        ("approve", "RETURNED", None),
        ("approve", "APPROVED", None),
        ("return", "SUBMITTED", "RETURNED"),
        ("return", "APPROVED", None),
    ],
)
def test_an_act_is_due_in_its_state_and_in_no_other(act, state, then):
    assert after(act, state) == then


@given(st.dates(), st.integers(0, 6))
def test_a_day_lies_in_the_week_that_starts_on_its_weekday(day, first_weekday):
    if day < date(1, 1, 8):
        return
    start = week_start(day, first_weekday)
    assert start.weekday() == first_weekday
    assert start <= day <= start + timedelta(days=6)


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(date(2026, 1, 1), 0), (date(2026, 3, 1), 6), (date(2026, 5, 31), 6), (date(2026, 6, 1), 2)],
)
def test_the_weekday_in_force_is_that_of_the_day(day, weekday):
    assert first_weekday_on(day, [(date(2026, 3, 1), 6), (date(2026, 6, 1), 2)]) == weekday


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 12, 31), ""),
        (date(2026, 1, 1), "ACTIVE"),
        (date(2026, 5, 31), "ACTIVE"),
        (date(2026, 6, 1), "SUSPENDED"),
    ],
)
def test_a_status_holds_from_the_start_of_its_day(day, status):
    assert status_on(day, [(date(2026, 1, 1), "ACTIVE"), (date(2026, 6, 1), "SUSPENDED")]) == status
