"""With whom an undecided week lies: first with the supervisors and mentors, then with the substitutes, then with the
managers. Each has the employer's days to decide. Others who may decide still may: this says only whose turn it is."""

from dataclasses import dataclass
from datetime import date, timedelta

SUPERVISOR, SUBSTITUTE, MANAGER, EVERYBODY = "SUPERVISOR", "SUBSTITUTE", "MANAGER", "EVERYBODY"


@dataclass(frozen=True, slots=True)
class Deciders:
    """Keys of those who may decide on somebody's weeks, by what they are to that person or to the employer."""

    supervisors: frozenset = frozenset()  # supervisors and mentors by name
    substitutes: frozenset = frozenset()
    managers: frozenset = frozenset()
    everybody: frozenset = frozenset()  # all managers and supervisors of the employer

    def without(self, users):
        """The same but for these: who claimed hours that need a second person is not waited for."""
        return Deciders(
            self.supervisors - users, self.substitutes - users, self.managers - users, self.everybody - users
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """`step` has had the week since `since`; on `passes_on` it passes to `next_people`. None and empty: it stays."""

    step: str
    people: frozenset
    since: date
    passes_on: date | None = None
    next_people: frozenset = frozenset()
    was_passed: bool = False


def turn(deciders, *, submitted_on, today, days):
    """Whose turn it is on `today`. A step that nobody fills is left out, and where nobody is named for the person the
    week lies with all managers and supervisors of the employer, for good."""
    steps = _steps(deciders)
    number = min(max((today - submitted_on).days, 0) // days, len(steps) - 1)
    step, people = steps[number]
    since = submitted_on + timedelta(days=number * days)
    if number + 1 == len(steps):
        return Turn(step, people, since, was_passed=number > 0)
    return Turn(step, people, since, since + timedelta(days=days), steps[number + 1][1], was_passed=number > 0)


def _steps(deciders):
    named = [
        (step, people)
        for step, people in ((SUPERVISOR, deciders.supervisors), (SUBSTITUTE, deciders.substitutes))
        if people
    ]
    if not named:
        return [(EVERYBODY, deciders.everybody)]
    last = (MANAGER, deciders.managers) if deciders.managers else (EVERYBODY, deciders.everybody)
    return [*named, last]
