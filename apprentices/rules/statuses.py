"""How an apprenticeship's status moves by an act of a person, and what a row of a file says of the past.

REGISTERED ──▶ ACTIVE ⇄ SUSPENDED
    │             └───────┴──▶ COMPLETED | CANCELLED | TRANSFERRED      (29 CFR 29.6, 29.7)
    └──▶ CANCELLED             who never began may be cancelled, too
"""

from dataclasses import dataclass
from datetime import date

REGISTERED, ACTIVE, SUSPENDED = "REGISTERED", "ACTIVE", "SUSPENDED"
COMPLETED, CANCELLED, TRANSFERRED = "COMPLETED", "CANCELLED", "TRANSFERRED"
ENDED = frozenset((COMPLETED, CANCELLED, TRANSFERRED))

FOLLOWING = {
    REGISTERED: frozenset((ACTIVE, CANCELLED)),
    ACTIVE: frozenset((SUSPENDED, *ENDED)),
    SUSPENDED: frozenset((ACTIVE, *ENDED)),
    COMPLETED: frozenset(),
    CANCELLED: frozenset(),
    TRANSFERRED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class DatedStatus:
    """The status from the start of a day on."""

    on: date
    status: str
    reason: str = ""


def may_follow(status, after):
    """May an act of a person change the status `after` into `status`? Imports record states as they stand."""
    return status in FOLLOWING[after]


def first_statuses(registered_on, said):
    """The history of a new apprenticeship from what its row says (DatedStatus), by day.

    Contract, Who and what is known: it was ACTIVE from the registration to the day before."""
    before = [DatedStatus(registered_on, ACTIVE)] if said.on > registered_on else []
    return [*before, said]


def status_difference(history, said):
    """What a row says beside a history (DatedStatus by day) that is there: None where it is a change to record, "same"
    where the history has it, however many came after; else (field, found, expected)."""
    last = history[-1] if history else None
    on_that_day = [known for known in history if known.on == said.on]
    for known in on_that_day:
        if known.status == said.status:
            if known.reason == said.reason:
                return "same"
            return "status_reason", said.reason, known.reason or "no reason"
    if last is None or said.on > last.on:
        return None
    if on_that_day:
        return "status", said.status, f"{on_that_day[-1].status} as on {said.on}, or a later status_on"
    return "status_on", said.on.isoformat(), f"a day after {last.on}, from when the status is {last.status}"
