"""Who has not reported: weeks that are over, due, and not submitted, of the people whose hours somebody decides on."""

from dataclasses import dataclass

from apprentices.models import Apprenticeship
from apprentices.permissions import decidable_by
from apprentices.queries.crew import IN_PROGRAM, with_status
from apprentices.queries.due_weeks import due_weeks
from apprentices.rules.due_weeks import DUE, OVERDUE, DueWeek


@dataclass(frozen=True, slots=True)
class Unreported:
    """One person and the DueWeeks that nobody has submitted, oldest first."""

    apprenticeship: Apprenticeship
    weeks: list[DueWeek]


def unreported_weeks(user, *, on):
    """Unreported ones of the user's own employers, by name. Eight queries."""
    mine = with_status(decidable_by(user, Apprenticeship.objects.of_employers_of(user), on=on), on=on)
    people = list(
        mine.filter(status__in=IN_PROGRAM)
        .select_related("apprentice")
        .order_by("apprentice__last_name", "apprentice__first_name", "ref")
    )
    due = due_weeks(people, today=on)
    found = [Unreported(one, [week for week in due[one.pk] if _is_waited_for(week, on)]) for one in people]
    return [one for one in found if one.weeks]


def _is_waited_for(week, on):
    return week.standing in (DUE, OVERDUE) and week.week.ends_on < on
