from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.reviews import ReviewFacts, next_part, next_review_on, parts_of

START = date(2026, 1, 5)
ALL = ("APPRENTICE", "MENTOR", "LABOR", "MANAGEMENT")


def after(days):
    return START + timedelta(days=days)


def due(*statuses, held=None, interval=90):
    """The days after the registration on which the next review is due. Statuses and `held`: days after it, too."""
    history = ((START, "ACTIVE"), *((after(days), status) for days, status in statuses))
    on = next_review_on(ReviewFacts(START, interval, None if held is None else after(held), history))
    return None if on is None else (on - START).days


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # (statuses after the first, last review), due
        (([], None), 90),
        (([], 80), 170),
        (([], 100), 190),
        # on leave for 14 days in between
        (([(30, "SUSPENDED"), (44, "ACTIVE")], None), 104),
        (([(30, "SUSPENDED"), (44, "ACTIVE")], 20), 124),
        # the review was held in the middle of the leave, or on its last day, or after it
        (([(30, "SUSPENDED"), (44, "ACTIVE")], 40), 134),
        (([(30, "SUSPENDED"), (44, "ACTIVE")], 44), 134),
        (([(30, "SUSPENDED"), (44, "ACTIVE")], 50), 140),
        # away on the very day on which it was due; a day later it was overdue already
        (([(90, "SUSPENDED"), (100, "ACTIVE")], None), 100),
        (([(91, "SUSPENDED"), (100, "ACTIVE")], None), 90),
        # a second leave counts where the first one has moved the day behind it
        (([(80, "SUSPENDED"), (90, "ACTIVE"), (95, "SUSPENDED"), (98, "ACTIVE")], None), 103),
        # away now
        (([(30, "SUSPENDED")], None), None),
        (([(30, "COMPLETED")], None), None),
        (([(30, "CANCELLED")], 10), None),
        (([(30, "TRANSFERRED")], None), None),
    ],
)
def test_a_review_is_due_so_many_days_after_the_last_one_without_those_of_a_leave(facts, expected):
    statuses, held = facts
    assert due(*statuses, held=held) == expected


@pytest.mark.parametrize("interval", [None, 0])
def test_standards_without_an_interval_ask_for_no_review(interval):
    assert due(interval=interval) is None


def test_nothing_has_to_be_known_of_the_status():
    assert next_review_on(ReviewFacts(START, 90)) == after(90)


@given(st.lists(st.integers(1, 400), min_size=0, max_size=8, unique=True), st.integers(1, 200))
def test_what_is_due_lies_as_many_days_of_attendance_after_the_registration_as_the_standards_say(days, interval):
    statuses = [(day, "SUSPENDED" if number % 2 == 0 else "ACTIVE") for number, day in enumerate(sorted(days))]
    if len(statuses) % 2:
        statuses.append((500, "ACTIVE"))
    away = {
        day
        for (first, _on), (end, _off) in zip(statuses[::2], statuses[1::2], strict=True)
        for day in range(first, end)
    }
    there = [day for day in range(due(*statuses, interval=interval)) if day not in away]
    assert len(there) == interval


@pytest.mark.parametrize(
    ("signed", "covered", "uncovered"),
    [
        ((), "APPRENTICE", "APPRENTICE"),
        (("APPRENTICE",), "MENTOR", "MENTOR"),
        (("APPRENTICE", "MENTOR"), "LABOR", "MANAGEMENT"),
        (("APPRENTICE", "MENTOR", "LABOR"), "MANAGEMENT", "MANAGEMENT"),
        (ALL, None, None),
        # a local that covers the employer since then comes too late
        (("APPRENTICE", "MENTOR", "MANAGEMENT"), None, None),
    ],
)
def test_the_parts_come_in_their_order_and_labors_only_where_a_local_covers_the_employer(signed, covered, uncovered):
    assert (next_part(signed, is_covered=True), next_part(signed, is_covered=False)) == (covered, uncovered)


def test_a_part_that_labor_has_signed_stays_when_the_coverage_ends():
    assert parts_of(is_covered=False, signed=("APPRENTICE", "MENTOR", "LABOR")) == ALL
    assert parts_of(is_covered=False, signed=("APPRENTICE",)) == ("APPRENTICE", "MENTOR", "MANAGEMENT")
