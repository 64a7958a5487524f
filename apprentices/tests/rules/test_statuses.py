from datetime import date

import pytest

from apprentices.rules.statuses import (
    ACTIVE,
    CANCELLED,
    COMPLETED,
    ENDED,
    FOLLOWING,
    REGISTERED,
    SUSPENDED,
    DatedStatus,
    first_statuses,
    may_follow,
    status_difference,
)

REGISTERED_ON, JUNE, SEPTEMBER = date(2026, 1, 5), date(2026, 6, 1), date(2026, 9, 1)
HISTORY = [DatedStatus(REGISTERED_ON, ACTIVE), DatedStatus(JUNE, SUSPENDED, "Layoff")]


@pytest.mark.parametrize(
    ("before", "following"),
    [
        (REGISTERED, {ACTIVE, CANCELLED}),
        (ACTIVE, {SUSPENDED, *ENDED}),
        (SUSPENDED, {ACTIVE, *ENDED}),
        *((ended, set()) for ended in sorted(ENDED)),
    ],
)
def test_a_status_is_followed_by_those_of_the_table(before, following):
    assert {status for status in FOLLOWING if may_follow(status, before)} == following


@pytest.mark.parametrize(
    ("said", "history"),
    [
        (DatedStatus(REGISTERED_ON, ACTIVE), [DatedStatus(REGISTERED_ON, ACTIVE)]),
        (DatedStatus(REGISTERED_ON, COMPLETED), [DatedStatus(REGISTERED_ON, COMPLETED)]),
        (DatedStatus(JUNE, SUSPENDED, "Layoff"), HISTORY),
    ],
)
def test_a_new_agreement_was_active_until_the_status_that_its_row_says(said, history):
    assert first_statuses(REGISTERED_ON, said) == history


@pytest.mark.parametrize(
    ("said", "difference"),
    [
        (DatedStatus(SEPTEMBER, ACTIVE), None),
        (DatedStatus(SEPTEMBER, COMPLETED, "Done"), None),
        (DatedStatus(JUNE, SUSPENDED, "Layoff"), "same"),
        (DatedStatus(REGISTERED_ON, ACTIVE), "same"),
        (DatedStatus(JUNE, SUSPENDED, "Strike"), "status_reason"),
        (DatedStatus(JUNE, CANCELLED), "status"),
        (DatedStatus(REGISTERED_ON, SUSPENDED), "status"),
        (DatedStatus(date(2026, 5, 1), SUSPENDED), "status_on"),
    ],
)
def test_a_row_beside_the_history_is_a_change_the_same_or_an_error(said, difference):
    found = status_difference(HISTORY, said)
    assert (found[0] if isinstance(found, tuple) else found) == difference


def test_a_status_in_the_history_is_the_same_however_many_came_after_it():
    history = [*HISTORY, DatedStatus(SEPTEMBER, ACTIVE)]
    assert status_difference(history, HISTORY[1]) == "same"
