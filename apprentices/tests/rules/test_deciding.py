from datetime import UTC, date, datetime, timedelta

import pytest

from apprentices.rules.deciding import Claimed, can_be_undone, counts_at_once, is_late, may_approve

SAM, MARIA = 1, 2


@pytest.mark.parametrize(
    ("own_logging", "late", "claimed_by", "allowed"),
    [
        ("DECIDED", False, {SAM}, True),
        ("DECIDED", True, {SAM}, False),
        ("DECIDED", True, {MARIA}, True),
        ("AT_ONCE", False, {SAM}, True),
        ("AT_ONCE", True, {SAM}, False),
        ("SECOND_PERSON", False, {SAM}, False),
        ("SECOND_PERSON", False, {SAM, MARIA}, False),
        ("SECOND_PERSON", False, {MARIA}, True),
        ("SECOND_PERSON", True, {MARIA}, True),
    ],
)
def test_who_claimed_hours_approves_them_only_where_no_second_person_is_asked_for(
    own_logging, late, claimed_by, allowed
):
    assert may_approve(SAM, Claimed(own_logging, late, frozenset(claimed_by))) is allowed


@pytest.mark.parametrize(
    ("own_logging", "late", "claimed_by", "at_once"),
    [
        ("AT_ONCE", False, {SAM}, True),
        ("AT_ONCE", True, {SAM}, False),
        ("AT_ONCE", False, {SAM, MARIA}, False),
        ("DECIDED", False, {SAM}, False),
        ("SECOND_PERSON", False, {SAM}, False),
    ],
)
def test_only_ones_own_logging_for_others_counts_at_once_and_never_when_it_is_late(
    own_logging, late, claimed_by, at_once
):
    assert counts_at_once(SAM, Claimed(own_logging, late, frozenset(claimed_by))) is at_once


@pytest.mark.parametrize(
    ("days", "limit", "late"), [(14, 14, False), (15, 14, True), (0, 0, False), (1, 0, True), (999, None, False)]
)
def test_hours_are_late_after_the_employers_days(days, limit, late):
    worked_on = date(2026, 3, 2)
    assert is_late(worked_on, worked_on + timedelta(days=days), limit) is late


def test_an_approval_is_undone_within_ten_minutes():
    decided_at = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert can_be_undone(decided_at, decided_at + timedelta(minutes=10))
    assert not can_be_undone(decided_at, decided_at + timedelta(minutes=10, seconds=1))
