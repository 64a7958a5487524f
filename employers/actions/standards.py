"""Loading versions of standards, and publishing them: from then on their numbers and codes no longer change."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.actions.agencies import agency_for
from employers.actions.employers import sponsor_of
from employers.models import (
    Competency,
    Course,
    CredentialRequirement,
    Sponsor,
    Standards,
    StandardsRegistration,
    WageStep,
    WorkProcess,
)
from employers.permissions import require_keeper
from employers.queries.standards import content_of, findings_of, rules_of
from employers.rules.findings import Finding
from employers.rules.standards import content_digest, standards_findings
from imt.audit.actions import record
from imt.fields import from_hundredths

CREATED, SKIPPED, REPLACED, NEXT_VERSION, REGISTERED = "created", "skipped", "replaced", "next version", "registered"


class PublishingRefused(ValueError):
    """The agency's rules forbid it. `findings`: those that refuse."""

    def __init__(self, findings):
        self.findings = tuple(findings)
        super().__init__(" ".join(_(finding.sentence) % finding.values for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A version, what became of it (created, skipped, replaced, next version, or registered: known already, its
    registration is new or has other dates), and what the agency's rules say of it."""

    standards: Standards
    outcome: str
    findings: tuple[Finding, ...]


@transaction.atomic
def load_standards(*, content, by):
    """Take in the content (StandardsContent) of a workbook. Returns Loaded.

    Contract, import_standards: content that a version has already is skipped; other content replaces the last version
    where nobody points at it yet, else it becomes the next version. Never refused for an agency's rule."""
    require_keeper(by)
    sponsor = sponsor_of(name=content.sponsor_name, by=by)
    Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor.pk)  # one load at a time counts a sponsor's versions
    agency = agency_for(state=content.registration_state, kind=content.agency_kind, by=by)
    standards, outcome = _version_for(content, sponsor, by)
    if _register_with(agency, standards, content, by) and outcome == SKIPPED:
        outcome = REGISTERED
    if outcome not in (SKIPPED, REGISTERED):
        details = {"version": standards.version, "digest": standards.content_digest}
        record(
            f"standards.{'replaced' if outcome == REPLACED else 'loaded'}", by=by, subjects=[standards], details=details
        )
    return Loaded(standards, outcome, standards_findings(content, rules_of(agency) if agency else None))


def _version_for(content, sponsor, by):
    """(Standards, outcome). Only what staff set by hand is carried over from the last version."""
    versions = list(sponsor.standards.filter(occupation=content.occupation).order_by("-version"))
    digest = content_digest(content)
    same = next((version for version in versions if version.content_digest == digest), None)
    if same:
        return same, SKIPPED
    last = versions[0] if versions else None
    if last and not _is_in_use(last):
        return _replace(last, content, by), REPLACED
    settings = _settings_of(last) if last else {}
    standards = _write(content, sponsor, version=last.version + 1 if last else 1, by=by, **settings)
    return standards, NEXT_VERSION if last else CREATED


def _is_in_use(standards):
    return standards.published_at is not None or standards.apprenticeships.exists() or standards.moves_here.exists()


def _settings_of(standards):
    return {
        name: getattr(standards, name) for name in ("asks_for_committee", "review_interval_days", "allows_week_totals")
    }


def _fields_of(content):
    return {
        "existing_title": content.existing_title,
        "onet_code": content.onet_code,
        "rapids_code": content.rapids_code,
        "approach": content.approach,
        "term_months": content.term_months,
        "ojl_minimum": from_hundredths(content.ojl_minimum),
        "ojl_maximum": from_hundredths(content.ojl_maximum),
        "ri_minimum": from_hundredths(content.ri_minimum),
        "ri_maximum": from_hundredths(content.ri_maximum),
        "ratio": content.ratio,
        "probation": content.probation,
        "content_digest": content_digest(content),
    }


def _write(content, sponsor, *, version, by, **settings):
    standards = Standards.objects.create(
        sponsor=sponsor,
        occupation=content.occupation,
        version=version,
        recorded_at=timezone.now(),
        recorded_by=by,
        **_fields_of(content),
        **settings,
    )
    _write_parts(standards, content)
    return standards


def _replace(standards, content, by):
    Competency.objects.filter(work_process__standards=standards).delete()
    for parts in (
        standards.work_processes,
        standards.courses,
        standards.credential_requirements,
        standards.wage_steps,
    ):
        parts.all().delete()
    for name, value in _fields_of(content).items():
        setattr(standards, name, value)
    standards.recorded_at, standards.recorded_by = timezone.now(), by
    standards.save()
    _write_parts(standards, content)
    return standards


def _write_parts(standards, content):
    _write_processes(standards, content.processes)
    Course.objects.bulk_create(
        Course(
            standards=standards,
            position=course.position,
            code=course.code,
            title=course.title,
            description=course.description,
            organization=course.organization,
            hours=from_hundredths(course.hours),
        )
        for course in content.courses
    )
    CredentialRequirement.objects.bulk_create(
        CredentialRequirement(
            standards=standards,
            position=credential.position,
            code=credential.code,
            title=credential.title,
            issuer=credential.issuer,
        )
        for credential in content.credentials
    )
    WageStep.objects.bulk_create(
        WageStep(
            standards=standards,
            position=step.position,
            title=step.title,
            ojl_hours=from_hundredths(step.ojl_hours),
            ri_hours=from_hundredths(step.ri_hours),
            months=step.months,
            percentage=step.percentage,
        )
        for step in content.wage_steps
    )


def _write_processes(standards, said):
    processes = WorkProcess.objects.bulk_create(
        WorkProcess(
            standards=standards,
            position=process.position,
            code=process.code,
            title=process.title,
            description=process.description,
            sub_category=process.sub_category,
            minimum=from_hundredths(process.minimum),
            maximum=from_hundredths(process.maximum),
        )
        for process in said
    )
    Competency.objects.bulk_create(
        Competency(work_process=process, number=competency.number, title=competency.title)
        for process, content in zip(processes, said, strict=True)
        for competency in content.competencies
    )


def _register_with(agency, standards, content, by):
    """The dated registration of this version with the agency. True where it is new or has other dates."""
    if agency is None:
        return False
    dates = {"registered_on": content.registered_on, "updated_on": content.updated_on}
    registration = standards.registrations.filter(agency=agency).first()
    if registration is None:
        registration = StandardsRegistration(standards=standards, agency=agency)
    elif (registration.registered_on, registration.updated_on) == tuple(dates.values()):
        return False
    for name, value in dates.items():
        setattr(registration, name, value)
    registration.recorded_at, registration.recorded_by = timezone.now(), by
    registration.save()
    details = {name: value and value.isoformat() for name, value in dates.items()}
    record("standards.registered", by=by, subjects=[standards], details={"agency": agency.code, **details})
    return True


@transaction.atomic
def publish(*, standards, by):
    """The office publishes a version. PublishingRefused where a rule of its agency forbids what it says."""
    require_keeper(by)
    refusals = [finding for finding in findings_of(standards) if finding.refuses]
    if refusals:
        raise PublishingRefused(refusals)
    freeze(standards=[standards], by=by)


def freeze(*, standards, by):
    """From now on these versions stay as they are: somebody is registered under them. Part of the action that does
    that."""
    moment = timezone.now()
    keys = [version.pk for version in standards if version.published_at is None]
    open_versions = list(
        Standards.objects.select_for_update(no_key=True).filter(pk__in=keys, published_at__isnull=True)
    )
    Standards.objects.filter(pk__in=[version.pk for version in open_versions]).update(published_at=moment)
    for version in standards:
        version.published_at = version.published_at or moment
    record("standards.published", by=by, subjects=open_versions, details=lambda version: {"version": version.version})


@transaction.atomic
def ask_for_committee(*, standards, asks, by):
    """Staff decide whether the card asks for the committee's recommendation; no workbook says it. Returns the version
    that says so: this one, or the next version with the same content where this one is published already."""
    require_keeper(by)
    if standards.asks_for_committee == asks:
        return standards
    if standards.published_at is not None:
        last = standards.sponsor.standards.filter(occupation=standards.occupation).latest("version")
        settings = {**_settings_of(standards), "asks_for_committee": asks}
        version = last.version + 1
        standards_before, standards = (
            standards,
            _write(content_of(standards), standards.sponsor, version=version, by=by, **settings),
        )
        _take_registrations_along(standards_before, standards, by)
    else:
        standards.asks_for_committee = asks
        standards.save(update_fields=["asks_for_committee"])
    record("standards.committee_decided", by=by, subjects=[standards], details={"asks": asks})
    return standards


def _take_registrations_along(before, after, by):
    for registration in before.registrations.all():
        registration.pk = None
        registration.standards, registration.recorded_at, registration.recorded_by = after, timezone.now(), by
        registration.save(force_insert=True)
