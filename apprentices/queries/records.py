"""Related instruction, credentials and competencies of one apprenticeship, beside what its standards ask for."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from apprentices.models import Credential, InstructionRecord, SignOff
from apprentices.rules.journey_cards import instruction_hours
from employers.models import Competency, Course, CredentialRequirement, CrosswalkRow, WorkProcess

PASSED, CREDITED, NOT_STARTED = "PASSED", "CREDITED", "NOT_STARTED"


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A course of the standards (or, with `is_required` false, one outside them) and every attempt at it.

    `state` is PASSED or CREDITED where it counts, else the result of the latest attempt, else NOT_STARTED. `hours` are
    those that count, `asked` those that the standards expect."""

    code: str
    title: str
    is_required: bool
    state: str
    hours: Decimal
    asked: Decimal | None
    attempts: tuple[InstructionRecord, ...]

    @property
    def counts(self):
        return self.state in (PASSED, CREDITED)


@dataclass(frozen=True, slots=True)
class CredentialProgress:
    """A required credential, and the one that is held or was held last. `is_held`: good on the day asked about."""

    code: str
    title: str
    issuer: str
    is_held: bool
    credential: Credential | None


@dataclass(frozen=True, slots=True)
class CompetencyGroup:
    """A work process with its competencies; `rows` are (Competency, SignOff or None)."""

    process: WorkProcess
    rows: tuple[tuple[Competency, SignOff | None], ...]

    @property
    def signed(self):
        return sum(1 for _competency, sign_off in self.rows if sign_off is not None)


def course_progress(apprenticeship, known, *, on):
    """CourseProgress for each required course in their order, then for each course outside the standards."""
    hours, _not_tied = instruction_hours(known.facts.instruction)
    passed = {line.course for line in known.facts.instruction if line.course and not line.is_credit}
    attempts = _attempts(apprenticeship, on)
    required = list(Course.objects.filter(standards=known.standards_id))
    codes = {course.code for course in required}

    def progress(code, title, asked, is_required):
        tries = tuple(attempts.get(code, ()))
        state = tries[-1].result if tries else NOT_STARTED
        if code in hours:
            state = PASSED if code in passed else CREDITED
        return CourseProgress(code, title, is_required, state, hours.get(code, Decimal("0.00")), asked, tries)

    others = sorted((hours.keys() | attempts.keys()) - codes)
    return [progress(course.code, course.title, course.hours, True) for course in required] + [
        progress(code, _title_outside(code, attempts), None, False) for code in others
    ]


def _attempts(apprenticeship, on):
    """{required or other course code: attempts, oldest first}: an offered course stands under each course that it
    meets, or under its own code where it meets none."""
    records = list(
        InstructionRecord.objects.known()
        .filter(Q(completed_on__isnull=True) | Q(completed_on__lte=on), apprenticeship=apprenticeship)
        .select_related("provider", "offered_course")
        .order_by("recorded_at", "pk")
    )
    meets = {}
    offered = {record.offered_course_id for record in records if record.offered_course_id}
    for key, code in CrosswalkRow.objects.filter(offered_course__in=offered).values_list("offered_course", "meets"):
        meets.setdefault(key, []).append(code)
    found = {}
    for record in sorted(records, key=lambda record: (record.completed_on is None, record.completed_on or on)):
        for code in meets.get(record.offered_course_id, [record.course_code]):
            found.setdefault(code, []).append(record)
    return found


def _title_outside(code, attempts):
    offered = next((record.offered_course for record in attempts.get(code, ()) if record.offered_course), None)
    return offered.title if offered else code


def credential_progress(apprenticeship, known, *, on):
    """CredentialProgress for each required credential, in the order of the standards."""
    latest = {
        credential.code: credential
        for credential in Credential.objects.known()
        .filter(apprenticeship=apprenticeship, earned_on__lte=on)
        .order_by("earned_on", "pk")
    }
    return [
        CredentialProgress(row.code, row.title, row.issuer, row.code in known.facts.credentials, latest.get(row.code))
        for row in CredentialRequirement.objects.filter(standards=known.standards_id)
    ]


def competency_groups(apprenticeship, known, *, on):
    """CompetencyGroups by work process; none where the standards are time-based."""
    if known.standards.competencies is None:
        return []
    return job_book(apprenticeship, known.standards_id, on=on)


def job_book(apprenticeship, standards, *, on):
    """CompetencyGroups by work process of the standards (their id), each competency with its sign-off of that day."""
    signed = {
        (sign_off.competency.work_process.code, sign_off.competency.number): sign_off
        for sign_off in SignOff.objects.known()
        .filter(apprenticeship=apprenticeship, signed_on__lte=on)
        .select_related("competency__work_process", "recorded_by")
    }
    rows = {}
    competencies = Competency.objects.filter(work_process__standards=standards)
    for competency in competencies.select_related("work_process").order_by("work_process__position", "number"):
        process = competency.work_process
        rows.setdefault(process, []).append((competency, signed.get((process.code, competency.number))))
    return [CompetencyGroup(process, tuple(found)) for process, found in rows.items()]
