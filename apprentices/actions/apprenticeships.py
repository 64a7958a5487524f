"""Registering people: a row is one agreement; the person is known again by e-mail and birth date."""

from django.db import transaction

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.registering import Register
from apprentices.models import (
    Apprentice,
    Apprenticeship,
    Cohort,
    JobTitle,
    SelfIdentification,
    StatusChange,
)
from apprentices.queries.naming import apprenticeship_keys
from apprentices.queries.registrations import agreements_by_ref, newest_standards, people_by_email
from employers.actions.employers import employers_named, employers_of
from employers.actions.standards import freeze
from employers.models import StandardsRegistration
from employers.permissions import require_keeper
from employers.rules.rows import Taken, refuse_errors
from imt.audit.actions import record

AT_ONCE = 1_000


@transaction.atomic
def register(*, rows, by, standards=(), strict=False, guardian_signed=False):
    """Take in ApprenticeRows: new agreements, and later statuses of known ones. Returns Taken with the warnings of age,
    guardian and ratio; RowError where a row is wrong (contract: The other files; Who and what is known).

    A person goes under the newest version of the row's sponsor; `standards`: versions to take where a sponsor has
    several. `strict`, in the office: what a rule forbids is refused instead of warned of. Whoever is registered first
    under a version publishes it."""
    require_keeper(by)
    moment = lock_facts(apprenticeship_keys(row.apprentice_ref for row in rows).values())
    people = people_by_email(row.email for row in rows if row.email)
    register = Register(
        agreements=agreements_by_ref((row.apprentice_ref for row in rows), people),
        people=people,
        employers=employers_named(row.employer for row in rows),
        newest=newest_standards(row.sponsor for row in rows),
        chosen=standards,
        refuses=strict,
        guardian_signed=guardian_signed,
    )
    outcomes = [register.judge(row) for row in rows]
    refuse_errors(outcomes)
    new, changed = register.new_agreements, register.changed_agreements
    _write_new(new, register.states, by, moment)
    _write_answers([agreement.person for agreement in register.agreements.values()], by, moment)
    _write_statuses([*new, *changed], by, moment)
    facts_changed([agreement.apprenticeship.pk for agreement in [*new, *changed]])
    freeze(standards=list({agreement.apprenticeship.standards for agreement in new}), by=by)
    register.check_ratios()
    return Taken(outcomes, register.warnings)


def _write_new(agreements, states, by, moment):
    """The people who are new, their agreements, cohorts and job titles."""
    employers = employers_of(states=states, by=by)
    people = {
        id(agreement.person): agreement.person.apprentice
        for agreement in agreements
        if agreement.person.apprentice.pk is None
    }
    for person in people.values():
        person.recorded_at = moment
    Apprentice.objects.bulk_create(people.values(), batch_size=AT_ONCE)
    cohorts = _cohorts(agreements, employers, by)
    filed_under = _registrations([agreement.apprenticeship.standards for agreement in agreements])
    for agreement in agreements:
        apprenticeship, values = agreement.apprenticeship, agreement.values
        apprenticeship.apprentice = agreement.person.apprentice
        apprenticeship.employer = employers[values["employer"]]
        apprenticeship.cohort = cohorts.get((values["employer"], values["cohort"]))
        apprenticeship.registration = _filed_under(filed_under, apprenticeship)
        apprenticeship.recorded_at, apprenticeship.recorded_by = moment, by
    Apprenticeship.objects.bulk_create([agreement.apprenticeship for agreement in agreements], batch_size=AT_ONCE)
    JobTitle.objects.bulk_create(
        [
            JobTitle(
                apprenticeship=agreement.apprenticeship,
                from_on=agreement.values["registered_on"],
                title=agreement.values["job_title"],
                recorded_at=moment,
                recorded_by=by,
            )
            for agreement in agreements
            if agreement.values["job_title"]
        ],
        batch_size=AT_ONCE,
    )
    record(
        "apprenticeship.registered",
        by=by,
        subjects=[agreement.apprenticeship for agreement in agreements],
        details=lambda apprenticeship: {
            "ref": apprenticeship.ref,
            "employer": apprenticeship.employer.name,
            "standards": str(apprenticeship.standards),
            "registered_on": apprenticeship.registered_on.isoformat(),
        },
    )


def _cohorts(agreements, employers, by):
    """{(employer name, cohort name): Cohort}, created where they are new."""
    wanted = {
        (agreement.values["employer"], agreement.values["cohort"])
        for agreement in agreements
        if agreement.values["cohort"]
    }
    if not wanted:
        return {}
    known = {
        (cohort.employer.name, cohort.name): cohort
        for cohort in Cohort.objects.filter(name__in={name for _employer, name in wanted}).select_related("employer")
    }
    new = [
        Cohort(employer=employers[employer], name=name)
        for employer, name in sorted(wanted)
        if (employer, name) not in known
    ]
    Cohort.objects.bulk_create(new, batch_size=AT_ONCE)
    record("cohort.added", by=by, subjects=new, details=lambda cohort: {"name": cohort.name})
    return known | {(cohort.employer.name, cohort.name): cohort for cohort in new}


def _registrations(standards):
    """{standards id: [StandardsRegistration]}."""
    found = {}
    keys = {version.pk for version in standards}
    for registration in (
        StandardsRegistration.objects.filter(standards__in=keys).select_related("agency").order_by("pk")
    ):
        found.setdefault(registration.standards_id, []).append(registration)
    return found


def _filed_under(registrations, apprenticeship):
    """The registration in the employer's state, else the only one there is."""
    of_version = registrations.get(apprenticeship.standards.pk, [])
    state = apprenticeship.employer.state
    there = [registration for registration in of_version if state and registration.agency.state == state]
    found = there or of_version
    return found[0] if len(found) == 1 or there else None


def _write_answers(people, by, moment):
    """Self-identification: the answers of a person are one live row; a fuller one takes the place of the one before."""
    changed = list({id(person): person for person in people if person.has_new_answers}.values())
    replaced = SelfIdentification.objects.known().filter(apprentice__in=[person.apprentice for person in changed])
    replaced.update(voided_at=moment, voided_by=by)
    SelfIdentification.objects.bulk_create(
        [
            SelfIdentification(apprentice=person.apprentice, recorded_at=moment, recorded_by=by, **person.answers)
            for person in changed
        ],
        batch_size=AT_ONCE,
    )
    # what was said stays out of the log
    record("self_identification.recorded", by=by, subjects=[person.apprentice for person in changed])


def _write_statuses(agreements, by, moment):
    changes = [
        StatusChange(
            apprenticeship=agreement.apprenticeship,
            status=said.status,
            happened_on=said.on,
            reason=said.reason,
            recorded_at=moment,
            recorded_by=by,
        )
        for agreement in agreements
        for said in agreement.to_record
    ]
    StatusChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    recorded = {agreement.apprenticeship.pk: agreement.to_record for agreement in agreements}
    record(
        "apprenticeship.status_recorded",
        by=by,
        subjects=[agreement.apprenticeship for agreement in agreements],
        details=lambda apprenticeship: {
            "statuses": [[said.on.isoformat(), said.status, said.reason] for said in recorded[apprenticeship.pk]]
        },
    )
