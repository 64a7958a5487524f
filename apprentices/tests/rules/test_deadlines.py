from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.deadlines import (
    ProbationFacts,
    add_months,
    deadline,
    dormancy,
    full_months,
    notice_due_on,
    probation_end,
)

EVENT = date(2026, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(("days", "due_on"), [(45, date(2026, 2, 15)), (40, date(2026, 2, 10))])
def test_an_event_on_day_0_is_due_on_the_agency_s_day(days, due_on):
    assert notice_due_on(EVENT, days) == due_on


@pytest.mark.parametrize(
    ("day", "color"),
    [(0, "GREEN"), (34, "GREEN"), (35, "AMBER"), (45, "AMBER"), (46, "RED"), (400, "RED")],
)
def test_a_notice_is_amber_ten_days_before_and_red_the_day_after(day, color):
    assert deadline(notice_due_on(EVENT, 45), as_of=EVENT + timedelta(days=day)).color == color


@pytest.mark.parametrize(("day", "color"), [(45, "FILED"), (46, "FILED_LATE")])
def test_a_filed_notice_stays_filed_and_says_whether_it_was_late(day, color):
    filed_on = EVENT + timedelta(days=day)
    assert deadline(notice_due_on(EVENT, 45), as_of=date(2030, 1, 1), filed_on=filed_on).color == color


def test_the_days_that_are_left_go_below_zero():
    due_on = notice_due_on(EVENT, 45)
    assert deadline(due_on, as_of=due_on - timedelta(days=3)).days_left == 3
    assert deadline(due_on, as_of=due_on + timedelta(days=3)).days_left == -3


def end_of(probation="", *, term_months=18, hours_reached_on=None, started_on=date(2024, 9, 9)):
    return probation_end(ProbationFacts(started_on, term_months, probation, 25, 365, hours_reached_on))


@pytest.mark.parametrize(
    ("probation", "term_months", "ends_on"),
    [
        ("", 18, date(2025, 1, 22)),  # a quarter of 546 days
        ("", 72, date(2025, 9, 8)),  # one year is shorter
        ("", None, date(2025, 9, 8)),
        ("90 days", 18, date(2024, 12, 7)),
        ("2 weeks", 18, date(2024, 9, 22)),
        ("3 months", 18, date(2024, 12, 8)),
        ("6 months", 18, date(2025, 1, 22)),  # longer than a quarter: cut
        ("1 year", 72, date(2025, 9, 8)),
        ("as agreed", 18, date(2025, 1, 22)),
    ],
)
def test_the_probation_ends_with_the_shortest_of_its_limits(probation, term_months, ends_on):
    assert end_of(probation, term_months=term_months).ends_on == ends_on


def test_a_probation_in_hours_ends_with_the_day_that_completes_them():
    assert end_of("750 hours", hours_reached_on=date(2025, 1, 10)).ends_on == date(2025, 1, 10)


def test_a_probation_in_hours_ends_with_the_other_limits_while_they_are_not_reached():
    assert end_of("750 hours").ends_on == date(2025, 1, 22)
    assert end_of("750 hours", hours_reached_on=date(2025, 3, 1)).ends_on == date(2025, 1, 22)


def test_the_end_says_which_limits_were_looked_at():
    assert dict(end_of("90 days").limits) == {
        "STANDARDS": date(2024, 12, 7),
        "SHARE_OF_TERM": date(2025, 1, 22),
        "LONGEST": date(2025, 9, 8),
    }


def test_the_last_day_still_belongs_to_the_probation():
    end = end_of("90 days")
    assert end.includes(date(2024, 12, 7))
    assert not end.includes(date(2024, 12, 8))


@pytest.mark.parametrize(
    ("as_of", "color"),
    [
        (date(2026, 9, 30), "GREEN"),
        (date(2026, 10, 1), "AMBER"),
        (date(2027, 1, 1), "AMBER"),
        (date(2027, 1, 2), "RED"),
    ],
)
def test_a_program_may_be_without_an_active_apprentice_for_a_year(as_of, color):
    assert dormancy(date(2026, 1, 1), as_of=as_of).color == color


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 9, 9), 0, date(2024, 9, 9)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_month_s_last(day, months, expected):
    assert add_months(day, months) == expected


def test_a_month_is_full_on_its_day():
    assert full_months(date(2024, 9, 9), date(2024, 10, 8)) == 0
    assert full_months(date(2024, 9, 9), date(2024, 10, 9)) == 1


def test_before_the_start_no_month_is_full():
    assert full_months(date(2024, 9, 9), date(2024, 1, 1)) == 0


@given(start_on=DAYS, later=st.integers(0, 4_000))
def test_full_months_are_the_most_that_fit(start_on, later):
    day = start_on + timedelta(days=later)
    months = full_months(start_on, day)
    assert add_months(start_on, months) <= day < add_months(start_on, months + 1)
