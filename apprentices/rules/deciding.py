"""Who may decide on a week, and until when an approval can be undone.

Nobody decides on hours of their own; that is a permission (apprentices/permissions.py). Here is what an employer asks
for beyond it: its settings of what a supervisor logs for others, and of how old entries may be."""

from dataclasses import dataclass
from datetime import timedelta

UNDO_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One version of a week as somebody is about to decide on it. `own_logging` is the employer's setting DECIDED,
    AT_ONCE or SECOND_PERSON; `is_late`: it holds entries older than the employer's limit; `claimed_by`: keys of those
    who logged an entry of the version or submitted it."""

    own_logging: str
    is_late: bool
    claimed_by: frozenset


def needs_second_person(claimed):
    """Whether who claimed the hours may not approve them as well: the employer asks for it, or they are late."""
    return claimed.is_late or claimed.own_logging == "SECOND_PERSON"


def may_approve(user, claimed):
    """Whether this user (a key), who may decide on such weeks, may approve this version."""
    return not (needs_second_person(claimed) and user in claimed.claimed_by)


def counts_at_once(user, claimed):
    """Whether what this user (a key) submits for others is approved in the same act: the employer lets it, every hour
    of it is young enough, and nobody else logged it."""
    return claimed.own_logging == "AT_ONCE" and not claimed.is_late and claimed.claimed_by <= {user}


def is_late(worked_on, logged_on, late_after_days):
    """Whether hours of a day were logged later than the employer's limit of days; None is no limit."""
    return late_after_days is not None and logged_on - worked_on > timedelta(days=late_after_days)


def can_be_undone(decided_at, now):
    """Within ten minutes an approval is undone as if it had been a slip; afterwards hours are amended."""
    return now - decided_at <= UNDO_WITHIN
