"""Rows of files and forms on their way in: what became of each, and the error that says why none was taken.

Every import answers in the same words (contract: Files of hours): accepted, changed, skipped or error, with the field,
what was found in it and what is expected."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

ACCEPTED, CHANGED, SKIPPED, ERROR = "accepted", "changed", "skipped", "error"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one line. `line` counts from 1 at the top of the file; `field`, `found` and `expected` are those
    of an error, None elsewhere."""

    line: int
    outcome: str
    field: str | None = None
    found: str | None = None
    expected: str | None = None
    column: str | None = None  # the file's name of the field, where it is another


def refused(line, field, found, expected):
    """The outcome of a line that is an error; an empty cell is shown as nothing."""
    return RowOutcome(line, ERROR, field, shown(found), expected)


def shown(value):
    """A value as a message quotes it: at most 60 characters, "nothing" where it is empty."""
    text = "" if value is None else str(value).strip()
    if not text:
        return "nothing"
    return text if len(text) <= 60 else f"{text[:59]}…"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an action made of its rows: one outcome a line, and warnings as sentences that name their line."""

    outcomes: list[RowOutcome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def counts(self):
        """{"accepted": 38, "skipped": 2}"""
        return dict(Counter(outcome.outcome for outcome in self.outcomes))

    @property
    def changes_anything(self):
        return any(outcome.outcome in (ACCEPTED, CHANGED) for outcome in self.outcomes)


class RowError(ValueError):
    """Lines are wrong and nothing was written. `outcomes` are those of all lines, `errors` of the wrong ones."""

    def __init__(self, outcomes):
        self.outcomes = sorted(outcomes, key=lambda outcome: outcome.line)
        self.errors = [outcome for outcome in self.outcomes if outcome.outcome == ERROR]
        first = self.errors[0]
        super().__init__(f"line {first.line}, {first.field}: found {first.found}, expected {first.expected}")


def refuse_errors(outcomes):
    """RowError where a line is an error: whole or not at all."""
    if any(outcome.outcome == ERROR for outcome in outcomes):
        raise RowError(outcomes)


@dataclass(frozen=True, slots=True)
class OfferedCourseRow:
    """A course that a provider offers, and one required course that it meets. `meets` may be empty: it meets none."""

    line: int
    provider: str
    course: str
    title: str
    delivery: str
    meets: str
    meets_hours: Decimal | None
