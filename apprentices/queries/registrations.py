"""What is registered already, as a file's rows say it: agreements by their ref, people by their e-mail."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from apprentices.models import Apprentice, Apprenticeship, JobTitle, SelfIdentification, StatusChange
from apprentices.queries.naming import AT_ONCE
from apprentices.rules.rows import SELF_IDENTIFICATION
from apprentices.rules.statuses import DatedStatus
from employers.models import Standards


@dataclass(slots=True)
class Person:
    """`answers`: of the live self-identification, by field, empty where nothing was said. `agreements`: how many."""

    apprentice: Apprentice
    date_of_birth: date | None
    answers: dict
    agreements: int = 0
    has_new_answers: bool = False


@dataclass(slots=True)
class Agreement:
    """One apprenticeship: `values` by column name as recorded, its statuses by day, and those still to be recorded."""

    apprenticeship: Apprenticeship
    person: Person
    values: dict
    history: list = field(default_factory=list)
    to_record: list = field(default_factory=list)


def people_by_email(emails):
    """{e-mail in lower case: Person} of those that are known."""
    found = []
    for some in _some(emails):
        found += Apprentice.objects.filter(email__in=some)
    return {person.apprentice.email: person for person in _people(found).values()}


def agreements_by_ref(refs, people):
    """{ref: Agreement} of those that are known. `people`: {e-mail: Person}, so that a person is one object."""
    rows = []
    for some in _some(refs):
        found = Apprenticeship.objects.filter(ref__in=some).order_by()
        rows += found.select_related("apprentice", "employer", "cohort", "standards__sponsor")
    others = _people([row.apprentice for row in rows if row.apprentice.email not in people])
    keys = [row.pk for row in rows]
    titles, histories = _titles(keys), _histories(keys)
    return {
        row.ref: Agreement(
            row,
            people.get(row.apprentice.email) or others[row.apprentice_id],
            _values(row, titles.get((row.pk, row.registered_on), "")),
            histories[row.pk],
        )
        for row in rows
    }


def newest_standards(sponsor_names):
    """{sponsor name: [the newest version of each occupation]}."""
    newest = defaultdict(dict)
    rows = Standards.objects.filter(sponsor__name__in=set(sponsor_names)).select_related("sponsor")
    for standards in rows.order_by("version"):
        newest[standards.sponsor.name][standards.occupation] = standards
    return {name: list(by_occupation.values()) for name, by_occupation in newest.items()}


def _people(apprentices):
    """{apprentice id: Person}."""
    people = {
        apprentice.pk: Person(
            apprentice,
            date.fromisoformat(apprentice.date_of_birth) if apprentice.date_of_birth else None,
            dict.fromkeys(SELF_IDENTIFICATION, ""),
        )
        for apprentice in apprentices
    }
    for some in _some(people):
        for said in SelfIdentification.objects.known().filter(apprentice__in=some):
            people[said.apprentice_id].answers = {name: getattr(said, name) for name in SELF_IDENTIFICATION}
        for key in Apprenticeship.objects.filter(apprentice__in=some).values_list("apprentice", flat=True):
            people[key].agreements += 1
    return people


def _values(row, job_title):
    return {
        "employer": row.employer.name,
        "employer_state": row.employer.state,
        "sponsor": row.standards.sponsor.name,
        "cohort": row.cohort.name if row.cohort else "",
        "job_title": job_title,
        "registered_on": row.registered_on,
        "journeyworker_rate": row.journeyworker_rate,
    }


def _titles(apprenticeships):
    """{(apprenticeship id, from day): job title}."""
    titles = {}
    for some in _some(apprenticeships):
        rows = JobTitle.objects.known().filter(apprenticeship__in=some)
        for key, from_on, title in rows.values_list("apprenticeship", "from_on", "title"):
            titles[key, from_on] = title
    return titles


def _histories(apprenticeships):
    """{apprenticeship id: [DatedStatus by day]}."""
    histories = defaultdict(list)
    for some in _some(apprenticeships):
        rows = StatusChange.objects.known().filter(apprenticeship__in=some)
        for key, on, status, reason in rows.order_by("happened_on", "recorded_at", "pk").values_list(
            "apprenticeship", "happened_on", "status", "reason"
        ):
            histories[key].append(DatedStatus(on, status, reason))
    return histories


def _some(keys):
    keys = sorted(set(keys))
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
