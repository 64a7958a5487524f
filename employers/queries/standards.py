"""Versions of standards: by name, and as the content that a workbook has."""

from employers.models import Standards
from employers.rules.standards import (
    AgencyRules,
    CompetencyContent,
    CourseContent,
    CredentialContent,
    ProcessContent,
    StandardsContent,
    WageStepContent,
    standards_findings,
)
from imt.fields import to_hundredths


class UnknownStandards(LookupError):
    """No standards of that name, or not in that version."""


def standards_named(name):
    """The versions that `NAME` or `NAME@VERSION` means: one version of one program, or the newest of each occupation.

    NAME is "sponsor, occupation" or the occupation alone, which several sponsors may share. UnknownStandards where
    there is none."""
    wanted, version = _name_and_version(name)
    by_program = {}
    for standards in Standards.objects.select_related("sponsor").order_by("version"):
        if wanted in (standards.name, standards.occupation) and version in (None, standards.version):
            by_program[standards.sponsor_id, standards.occupation] = standards
    if not by_program:
        raise UnknownStandards(name)
    return list(by_program.values())


def _name_and_version(name):
    before, at, after = name.rpartition("@")
    if at and after.isascii() and after.isdigit():
        return before.strip(), int(after)
    return name.strip(), None


def rules_of(agency):
    """The AgencyRules of a RegistrationAgency."""
    return AgencyRules(
        ojl_floor=to_hundredths(agency.ojl_floor),
        ri_hours_a_year=to_hundredths(agency.ri_hours_a_year),
        ri_weight=agency.ri_weight,
        probation_percent=agency.probation_percent,
        probation_days=agency.probation_days,
    )


def findings_of(standards):
    """What the rules of the agencies with which this version is registered say of it, each finding once."""
    content = content_of(standards)
    agencies = [registration.agency for registration in standards.registrations.select_related("agency")]
    rules = [rules_of(agency) for agency in agencies] or [None]
    found = {finding.message: finding for each in rules for finding in standards_findings(content, each)}
    return tuple(found.values())


def content_of(standards):
    """The StandardsContent of a version, without where it is registered."""
    return StandardsContent(
        sponsor_name=standards.sponsor.name,
        occupation=standards.occupation,
        existing_title=standards.existing_title,
        onet_code=standards.onet_code,
        rapids_code=standards.rapids_code,
        approach=standards.approach,
        term_months=standards.term_months,
        ojl_minimum=_hundredths(standards.ojl_minimum),
        ojl_maximum=_hundredths(standards.ojl_maximum),
        ri_minimum=_hundredths(standards.ri_minimum),
        ri_maximum=_hundredths(standards.ri_maximum),
        ratio=standards.ratio,
        probation=standards.probation,
        registration_state="",
        agency_kind="",
        registered_on=None,
        updated_on=None,
        processes=_processes(standards),
        courses=tuple(
            CourseContent(row.code, row.title, row.description, row.organization, row.position, _hundredths(row.hours))
            for row in standards.courses.all()
        ),
        wage_steps=tuple(
            WageStepContent(
                row.position,
                row.title,
                _hundredths(row.ojl_hours),
                _hundredths(row.ri_hours),
                row.months,
                row.percentage,
            )
            for row in standards.wage_steps.all()
        ),
        credentials=tuple(
            CredentialContent(row.code, row.title, row.issuer, row.position)
            for row in standards.credential_requirements.all()
        ),
    )


def _processes(standards):
    return tuple(
        ProcessContent(
            code=row.code,
            title=row.title,
            description=row.description,
            sub_category=row.sub_category,
            position=row.position,
            minimum=_hundredths(row.minimum),
            maximum=_hundredths(row.maximum),
            competencies=tuple(CompetencyContent(each.number, each.title) for each in row.competencies.all()),
        )
        for row in standards.work_processes.prefetch_related("competencies")
    )


def _hundredths(hours):
    return None if hours is None else to_hundredths(hours)
