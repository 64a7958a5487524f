"""How a week of claims moves, and which week a day belongs to.

DRAFT ──submit──▶ SUBMITTED ──approve──▶ APPROVED      (posted; new rows begin the next version as a draft)
  ▲                 │     │                 └──undo──▶ SUBMITTED, next version (within ten minutes)
  │                 │     └───return──▶ RETURNED ──submit──▶ SUBMITTED, next version
  └─────recall──────┘
"""

from datetime import timedelta

TRANSITIONS = {
    "submit": {"DRAFT": "SUBMITTED", "RETURNED": "SUBMITTED"},
    "recall": {"SUBMITTED": "DRAFT"},
    "approve": {"SUBMITTED": "APPROVED"},
    "return": {"SUBMITTED": "RETURNED"},
    "undo": {"APPROVED": "SUBMITTED"},
}

EDITABLE = frozenset({"DRAFT", "RETURNED", "APPROVED"})  # an approved week takes new rows as its next version


def after(act, state):
    """The state after the act, or None where the act is not due in this state."""
    return TRANSITIONS[act].get(state)


def week_start(day, first_weekday):
    """The day on which the week of `day` starts; `first_weekday` counts from 0, Monday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def first_weekday_on(day, settings):
    """The weekday in force on `day`: `settings` are (from day, weekday) pairs by day; Monday before the first."""
    in_force = 0
    for from_on, weekday in settings:
        if from_on > day:
            break
        in_force = weekday
    return in_force


def status_on(day, history):
    """The status on `day` of a history of (day, status) by day; "" before the first."""
    current = ""
    for from_on, status in history:
        if from_on > day:
            break
        current = status
    return current
