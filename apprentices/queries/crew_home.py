"""The first page of who runs, supervises, mentors or represents a crew: what waits, who has not reported, how far
everyone is. However many people there are, the number of queries is the same."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min

from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import decidable_by
from apprentices.queries.crew import crew_of
from apprentices.queries.due_weeks import due_weeks
from apprentices.queries.facts import known_of
from apprentices.queries.hours import status_histories
from apprentices.queries.ratios import RatioAt, ratios_beside
from apprentices.queries.reviews import CrewReview, crew_reviews
from apprentices.queries.wages import wage_answers
from apprentices.queries.weeks import WEEK, hours_by_day
from apprentices.rules.due_weeks import DUE, OVERDUE, DueWeek
from apprentices.rules.journey_cards import ZERO, Requirement, assess
from apprentices.rules.statuses import ACTIVE, REGISTERED
from apprentices.rules.wages import WageAnswer

PEOPLE_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Member:
    """One apprenticeship: hours done and left, the next wage step, and this week. `this_week` is None before the
    registration; `logged`: what stands in it so far, whatever its state."""

    apprenticeship: Apprenticeship
    ojl: Requirement
    ri: Requirement
    wage: WageAnswer
    waiting: Decimal
    this_week: DueWeek | None
    logged: Decimal


@dataclass(frozen=True, slots=True)
class NotReported:
    """Somebody with weeks that are over and that nobody has submitted, the oldest first."""

    apprenticeship: Apprenticeship
    weeks: list[DueWeek]

    @property
    def is_overdue(self):
        return any(week.standing == OVERDUE for week in self.weeks)


@dataclass(frozen=True, slots=True)
class CrewHome:
    """`members`: the first PEOPLE_SHOWN by name of `count`. `waiting`: submitted weeks that the user may decide on, and
    `waiting_since` the first day of the oldest; `reported`: how many of those active have explained their last week."""

    count: int
    members: list[Member]
    not_reported: list[NotReported]
    reported: int
    to_report: int
    waiting: int
    waiting_since: date | None
    ratios: list[RatioAt]
    reviews: list[CrewReview]

    @property
    def overdue(self):
        return sum(week.standing == OVERDUE for one in self.not_reported for week in one.weeks)


def crew_home(user, *, on, employers):
    """The CrewHome of a user on a day. `employers`: ids of those whose ratio the user may ask about."""
    people = list(crew_of(user, on=on).select_related("apprentice", "employer", "standards"))
    keys = [one.pk for one in people]
    histories = status_histories(keys)
    weeks = due_weeks(people, today=on, histories=histories)
    not_reported = [NotReported(one, _not_reported(weeks[one.pk])) for one in people]
    last = [_last_over(weeks[one.pk]) for one in people]
    waiting, since = _waiting(user, on)
    return CrewHome(
        count=len(people),
        members=_members(people[:PEOPLE_SHOWN], weeks, on),
        not_reported=[one for one in not_reported if one.weeks],
        reported=sum(week is not None and not week.is_open for week in last),
        to_report=sum(week is not None for week in last),
        waiting=waiting,
        waiting_since=since,
        ratios=_ratios(people, employers),
        reviews=crew_reviews(user, people, on, histories=histories),
    )


def _members(people, weeks, on):
    keys = [one.pk for one in people]
    known = known_of(keys, as_of=on, also=("WAITING",))
    assessments = {key: assess(known[key].standards, known[key].facts) for key in keys}
    wages = wage_answers(people, known, assessments, as_of=on)
    hours = hours_by_day(keys, since=on - WEEK, until=on)
    return [
        Member(
            apprenticeship=one,
            ojl=assessments[one.pk].of("OJL_TOTAL"),
            ri=assessments[one.pk].of("RI_TOTAL"),
            wage=wages[one.pk],
            waiting=known[one.pk].waiting,
            this_week=weeks[one.pk][-1] if weeks[one.pk] else None,
            logged=_logged(weeks[one.pk], hours[one.pk]),
        )
        for one in people
    ]


def _logged(weeks, hours):
    days = weeks[-1].week.days if weeks else ()
    return sum((hours[day] for day in days if day in hours), ZERO)


def _not_reported(weeks):
    """The weeks before this one that are due; this one is asked for when it is over."""
    return [week for week in weeks[:-1] if week.standing in (DUE, OVERDUE)]


def _last_over(weeks):
    """The last week that is over; None where there is none."""
    return weeks[-2] if len(weeks) > 1 else None


def _waiting(user, on):
    mine = decidable_by(user, Apprenticeship.objects.all(), on=on)
    waiting = Timesheet.objects.awaiting_decision().filter(apprenticeship__in=mine).order_by()
    return tuple(waiting.aggregate(count=Count("pk"), since=Min("week_starts_on")).values())


def _ratios(people, employers):
    """Of those registered or active: both may work beside a journeyworker."""
    counts, found = Counter(), {}
    for one in people:
        if one.employer_id in employers and one.status in (REGISTERED, ACTIVE):
            counts[one.employer_id, one.standards.ratio] += 1
            found[one.employer_id] = one.employer
    return ratios_beside(found.values(), counts) if found else []
