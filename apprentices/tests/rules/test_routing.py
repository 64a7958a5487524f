from datetime import date, timedelta

import pytest

from apprentices.rules.routing import EVERYBODY, MANAGER, SUBSTITUTE, SUPERVISOR, Deciders, Turn, turn

MONDAY = date(2026, 11, 2)
SAM, SUB, MARIA, FOREMAN = 1, 2, 3, 4
ALL = frozenset({SAM, SUB, MARIA, FOREMAN})
FULL = Deciders(frozenset({SAM}), frozenset({SUB}), frozenset({MARIA}), ALL)


def on(number):
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("days_later", "step", "people", "since", "passes_on"),
    [
        (0, SUPERVISOR, {SAM}, 0, 3),
        (2, SUPERVISOR, {SAM}, 0, 3),
        (3, SUBSTITUTE, {SUB}, 3, 6),
        (5, SUBSTITUTE, {SUB}, 3, 6),
        (6, MANAGER, {MARIA}, 6, None),
        (400, MANAGER, {MARIA}, 6, None),
    ],
)
def test_an_undecided_week_passes_on_after_the_employers_days(days_later, step, people, since, passes_on):
    found = turn(FULL, submitted_on=MONDAY, today=on(days_later), days=3)
    assert (found.step, found.people, found.since) == (step, frozenset(people), on(since))
    assert found.passes_on == (None if passes_on is None else on(passes_on))


def test_it_says_to_whom_it_passes():
    assert turn(FULL, submitted_on=MONDAY, today=MONDAY, days=3).next_people == {SUB}
    assert turn(FULL, submitted_on=MONDAY, today=on(3), days=3).next_people == {MARIA}
    assert turn(FULL, submitted_on=MONDAY, today=on(9), days=3).next_people == frozenset()


def test_without_a_substitute_it_passes_straight_to_the_managers():
    found = turn(
        Deciders(frozenset({SAM}), managers=frozenset({MARIA}), everybody=ALL),
        submitted_on=MONDAY,
        today=on(3),
        days=3,
    )
    assert (found.step, found.was_passed) == (MANAGER, True)


def test_without_a_manager_it_passes_to_everybody_who_may_decide():
    found = turn(Deciders(frozenset({SAM}), everybody=ALL), submitted_on=MONDAY, today=on(3), days=3)
    assert (found.step, found.people) == (EVERYBODY, ALL)


def test_where_only_a_substitute_is_named_it_lies_with_the_substitute_at_once():
    found = turn(
        Deciders(substitutes=frozenset({SUB}), managers=frozenset({MARIA})),
        submitted_on=MONDAY,
        today=MONDAY,
        days=1,
    )
    assert (found.step, found.was_passed) == (SUBSTITUTE, False)


def test_where_nobody_is_named_it_lies_with_everybody_for_good():
    found = turn(Deciders(managers=frozenset({MARIA}), everybody=ALL), submitted_on=MONDAY, today=on(99), days=3)
    assert found == Turn(EVERYBODY, ALL, MONDAY)


def test_a_week_submitted_later_in_the_day_elsewhere_is_not_yet_passed():
    assert turn(FULL, submitted_on=on(1), today=MONDAY, days=1).step == SUPERVISOR
