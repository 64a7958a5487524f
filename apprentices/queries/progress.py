"""One person's progress, computed from the ledger at once, through the same rules that decide on the card."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from apprentices.models import (
    Apprenticeship,
    HourEntry,
    JobTitle,
    JourneyCard,
    StatusChange,
    Timesheet,
    WageRate,
)
from apprentices.queries.deciders import WithWhom, with_whom
from apprentices.queries.facts import Known, known_of
from apprentices.queries.forecast import expected_finish
from apprentices.queries.records import (
    CompetencyGroup,
    CourseProgress,
    CredentialProgress,
    competency_groups,
    course_progress,
    credential_progress,
)
from apprentices.queries.requirements import DescribedRequirement, described
from apprentices.queries.wages import paid_rates, wage_answers
from apprentices.queries.weeks import WeekState, last_weeks
from apprentices.rules.forecast import Forecast
from apprentices.rules.journey_cards import ZERO, Assessment, Requirement, assess, counted_by_process
from apprentices.rules.wages import WageAnswer
from employers.models import WorkProcess
from imt.moments import consistent_read

WEEKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ProcessProgress:
    """`hours` approved; `counted`: those of them up to the maximum; `waiting`: submitted and not decided yet."""

    code: str
    title: str
    hours: Decimal
    counted: Decimal
    minimum: Decimal
    maximum: Decimal | None
    waiting: Decimal

    @property
    def left(self):
        return max(self.minimum - self.counted, ZERO)

    @property
    def surplus(self):
        return self.hours - self.counted


@dataclass(frozen=True, slots=True)
class WaitingWeek:
    """A submitted week and its hours; `whom`: with whom it lies, since when, and to whom it passes."""

    timesheet: Timesheet
    hours: Decimal
    whom: WithWhom


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the page of one apprenticeship shows. `not_tied`: credit that belongs to no process."""

    apprenticeship: Apprenticeship
    as_of: date
    known: Known
    assessment: Assessment
    requirements: list[DescribedRequirement]
    processes: list[ProcessProgress]
    waiting: list[WaitingWeek]
    courses: list[CourseProgress]
    credentials: list[CredentialProgress]
    competencies: list[CompetencyGroup]
    wage: WageAnswer
    paid: WageRate | None
    job_title: JobTitle | None
    forecast: Forecast
    weeks: list[WeekState]
    card: JourneyCard | None

    @property
    def ojl(self) -> Requirement:
        return self.assessment.of("OJL_TOTAL")

    @property
    def ri(self) -> Requirement:
        return self.assessment.of("RI_TOTAL")

    @property
    def not_tied(self):
        return self.known.facts.ojl_not_tied

    @property
    def status_label(self):
        return StatusChange.Status(self.known.facts.status).label

    @property
    def missing(self):
        return [row for row in self.requirements if not row.requirement.met]

    @property
    def met(self):
        return [row for row in self.requirements if row.requirement.met]

    @property
    def is_raise_due(self):
        """The firm pays less than the step that is reached."""
        return bool(self.paid and self.wage.amount and self.paid.hourly_rate < self.wage.amount)

    @property
    def waiting_hours(self):
        return sum((week.hours for week in self.waiting), ZERO)


def progress_of(apprenticeship, *, as_of):
    """The Progress of one Apprenticeship on a day, read from one state of the database."""
    with consistent_read():
        known = known_of([apprenticeship.pk], as_of=as_of, also=("PACE",))
        facts = known[apprenticeship.pk]
        assessment = assess(facts.standards, facts.facts)
        wages = wage_answers([apprenticeship], known, {apprenticeship.pk: assessment}, as_of=as_of)
        titles = JobTitle.objects.known().filter(apprenticeship=apprenticeship, from_on__lte=as_of)
        return Progress(
            apprenticeship=apprenticeship,
            as_of=as_of,
            known=facts,
            assessment=assessment,
            requirements=described(assessment.requirements, standards=facts.standards_id),
            processes=_processes(apprenticeship, facts),
            waiting=waiting_weeks(apprenticeship, on=as_of),
            courses=course_progress(apprenticeship, facts, on=as_of),
            credentials=credential_progress(apprenticeship, facts, on=as_of),
            competencies=competency_groups(apprenticeship, facts, on=as_of),
            wage=wages[apprenticeship.pk],
            paid=paid_rates([apprenticeship.pk], on=as_of).get(apprenticeship.pk),
            job_title=titles.last(),
            forecast=expected_finish(facts, assessment, as_of=as_of),
            weeks=last_weeks([apprenticeship], today=as_of, count=WEEKS_SHOWN)[apprenticeship.pk],
            card=JourneyCard.objects.live().filter(apprenticeship=apprenticeship).first(),
        )


def _processes(apprenticeship, facts):
    counted = counted_by_process(facts.standards, facts.facts)
    waiting = dict(
        HourEntry.objects.filter(
            apprenticeship=apprenticeship,
            timesheet__state=Timesheet.State.SUBMITTED,
            version=F("timesheet__version"),
        )
        .order_by()
        .values_list("work_process__code")
        .annotate(total=Sum("hours"))
    )
    return [
        ProcessProgress(
            code=process.code,
            title=process.title,
            hours=facts.facts.ojl_by_process.get(process.code, ZERO),
            counted=counted[process.code],
            minimum=process.minimum,
            maximum=process.maximum,
            waiting=waiting.get(process.code, ZERO),
        )
        for process in WorkProcess.objects.filter(standards=facts.standards_id)
    ]


def waiting_weeks(apprenticeship, *, on):
    """The weeks that are up for a decision, oldest first, with whose turn it is."""
    weeks = list(
        apprenticeship.timesheets.awaiting_decision()
        .filter(entries__version=F("version"))
        .annotate(total=Sum("entries__hours"))
        .select_related("apprenticeship")
        .order_by("week_starts_on")
    )
    whom = with_whom(weeks, today=on) if weeks else {}
    return [WaitingWeek(week, week.total, whom[week.pk]) for week in weeks]
