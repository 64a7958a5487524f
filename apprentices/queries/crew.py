"""The people of a crew, as their supervisor looks at them: how far each is, and how the last weeks stand."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from apprentices.models import Apprenticeship, StatusChange
from apprentices.queries.facts import facts_for
from apprentices.queries.hours import waiting_hours
from apprentices.queries.weeks import MISSING, WeekState, last_weeks
from apprentices.rules.journey_cards import Assessment, Requirement, assess

Status = StatusChange.Status
IN_PROGRAM = (Status.REGISTERED, Status.ACTIVE, Status.SUSPENDED)
WEEKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CrewMember:
    """One apprenticeship of the crew. `weeks` run from the oldest shown to the one of today."""

    apprenticeship: Apprenticeship
    status: str
    assessment: Assessment
    waiting: Decimal
    weeks: list[WeekState]

    @property
    def status_label(self):
        return Status(self.status).label

    @property
    def ojl(self) -> Requirement:
        return self.assessment.of("OJL_TOTAL")

    @property
    def ri(self) -> Requirement:
        return self.assessment.of("RI_TOTAL")

    @property
    def missing_weeks(self):
        return [week for week in self.weeks if week.state == MISSING]


def with_status(apprenticeships, *, on):
    """The queryset with `status`, the one of that day."""
    changes = StatusChange.objects.known().filter(apprenticeship=OuterRef("pk"), happened_on__lte=on)
    latest = changes.order_by("-happened_on", "-recorded_at", "-pk").values("status")[:1]
    return apprenticeships.annotate(status=Coalesce(Subquery(latest), Value(Status.REGISTERED.value)))


def crew_of(user, *, on, words="", everyone=False):
    """The apprenticeships that the user may see of others, by name, with `status` and their person and employer.

    `words` are looked for in name, reference and employer; without `everyone` only those still in the program."""
    found = with_status(Apprenticeship.objects.visible_to(user), on=on).exclude(apprentice__user=user)
    for word in words.split()[:5]:
        found = found.filter(
            Q(apprentice__first_name__icontains=word)
            | Q(apprentice__last_name__icontains=word)
            | Q(ref__icontains=word)
            | Q(employer__name__icontains=word)
        )
    if not everyone:
        found = found.filter(status__in=IN_PROGRAM)
    return found.select_related("apprentice", "employer").order_by(
        "apprentice__last_name", "apprentice__first_name", "ref"
    )


def crew_members(apprenticeships, *, today):
    """CrewMembers for a list of Apprenticeships that came from `crew_of`, in its order."""
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    known = facts_for(Apprenticeship.objects.filter(pk__in=keys), as_of=today)
    weeks = last_weeks(apprenticeships, today=today, count=WEEKS_SHOWN)
    waiting = waiting_hours(keys)
    return [
        CrewMember(
            apprenticeship=one,
            status=one.status,
            assessment=assess(known[one.pk].standards, known[one.pk].facts),
            waiting=waiting.get(one.pk, Decimal("0.00")),
            weeks=weeks[one.pk],
        )
        for one in apprenticeships
    ]
