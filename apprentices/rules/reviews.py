"""When the next review of somebody's progress is due, and whose turn it is in one that is under way.

APPRENTICE ──▶ MENTOR ──▶ LABOR, where a local covers the employer ──▶ MANAGEMENT ──▶ held
"""

from dataclasses import dataclass
from datetime import date, timedelta

from apprentices.rules.statuses import ENDED, SUSPENDED

APPRENTICE, MENTOR, LABOR, MANAGEMENT = "APPRENTICE", "MENTOR", "LABOR", "MANAGEMENT"
ORDER = (APPRENTICE, MENTOR, LABOR, MANAGEMENT)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """`interval_days`: the standards' days between reviews, None where they ask for none. `held_on`: the last review.
    `statuses`: (day, status) by day, each from the start of its day until the next."""

    registered_on: date
    interval_days: int | None
    held_on: date | None = None
    statuses: tuple[tuple[date, str], ...] = ()


def next_review_on(facts):
    """The last day on which the next review is held in time, or None where none is due: no interval, suspended, or no
    longer in the program.

    So many days after the last review, or the registration where there was none; days of a suspension do not count.
    (29 CFR 29.5(b)(6): periodic review and evaluation of the apprentice's performance on the job and in related
    instruction. How often is the sponsor's to say: it stands in the standards.)"""
    if not facts.interval_days or (facts.statuses and facts.statuses[-1][1] in ENDED):
        return None
    since = facts.held_on or facts.registered_on
    due_on = since + timedelta(days=facts.interval_days)
    for from_on, until_on in _suspensions(facts.statuses):
        if until_on is None:
            return None
        if until_on > since and from_on <= due_on:
            due_on += until_on - max(from_on, since)
    return due_on


def _suspensions(statuses):
    """(first day, day after the last one or None) by day."""
    ends = [*(day for day, _status in statuses), None][1:]
    return [(day, end) for (day, status), end in zip(statuses, ends, strict=True) if status == SUSPENDED]


def parts_of(*, is_covered, signed=()):
    """The parts of a review in their order. Labor's is one of them where a local covers the employer, or where labor
    has signed already."""
    return tuple(part for part in ORDER if part != LABOR or is_covered or LABOR in signed)


def next_part(signed, *, is_covered):
    """Whose turn it is after the parts that are signed; None once management, the last, has signed."""
    if MANAGEMENT in signed:
        return None
    return next((part for part in parts_of(is_covered=is_covered, signed=signed) if part not in signed), None)
