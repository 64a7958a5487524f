"""Versions of standards as the rules read them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from apprentices.models import Apprenticeship, StandardsMove
from apprentices.rules.journey_cards import ProcessRule, StandardsFacts
from employers.models import Competency, Course, CredentialRequirement, Standards, WorkProcess


@dataclass(frozen=True, slots=True)
class Version:
    """One version of standards for reading facts: what the rules ask, and what stands behind the keys in the rows."""

    facts: StandardsFacts
    process_codes: dict  # {work process id: code}
    competency_pairs: dict  # {competency id: (process code, number)}


class _Parts(NamedTuple):
    """What lies below one version."""

    processes: list  # (id, code, minimum, maximum)
    courses: list  # (code,)
    credentials: list  # (code,)
    competencies: list  # (id, process code, number)


# A published version never changes (imt/triggers.py) but for its name. Known again by its key and the text that the
# facts carry (fact_rows): a digest of the content, and the name.
_published = {}


def standards_facts(keys):
    """{standards id: StandardsFacts}."""
    return {row.pk: version.facts for row, version in _read(keys)}


def standards_versions(known_by):
    """{standards id: Version} of {standards id: what its version is known again by}. No query where all were read
    before; five for new ones, however many."""
    found = {key: _published[key, text] for key, text in known_by.items() if (key, text) in _published}
    for row, version in _read(known_by.keys() - found.keys()):
        found[row.pk] = version
        if row.published_at is not None and row.content_digest:
            _published[row.pk, known_by[row.pk]] = version
    return found


def _read(keys):
    """(Standards, Version) of each."""
    rows = list(Standards.objects.filter(pk__in=keys).select_related("sponsor").order_by()) if keys else []
    parts = _parts([row.pk for row in rows]) if rows else {}
    return [(row, _version(row, parts[row.pk])) for row in rows]


def _parts(keys):
    processes = _by_standards(WorkProcess.objects.filter(standards__in=keys), "pk", "code", "minimum", "maximum")
    courses = _by_standards(Course.objects.filter(standards__in=keys), "code")
    credentials = _by_standards(CredentialRequirement.objects.filter(standards__in=keys), "code")
    competencies = defaultdict(list)
    for standards, *parts in Competency.objects.filter(work_process__standards__in=keys).values_list(
        "work_process__standards", "pk", "work_process__code", "number"
    ):
        competencies[standards].append(parts)
    return {key: _Parts(processes[key], courses[key], credentials[key], competencies[key]) for key in keys}


def _version(row, parts):
    pairs = {key: (code, number) for key, code, number in parts.competencies}
    return Version(
        facts=StandardsFacts(
            name=row.name,
            version=row.version,
            ojl_minimum=row.ojl_minimum,
            ri_minimum=row.ri_minimum,
            processes=tuple(ProcessRule(*process) for _key, *process in parts.processes),
            courses=tuple(code for (code,) in parts.courses),
            credentials=tuple(code for (code,) in parts.credentials),
            competencies=frozenset(pairs.values()) if row.needs_competencies else None,
            asks_for_committee=row.asks_for_committee,
        ),
        process_codes={key: code for key, code, *_hours in parts.processes},
        competency_pairs=pairs,
    )


def _by_standards(rows, *values):
    found = defaultdict(list)
    for standards, *parts in rows.order_by("position", "pk").values_list("standards", *values):
        found[standards].append(tuple(parts))
    return found


def process_codes(keys):
    """{work process id: code}."""
    return dict(WorkProcess.objects.filter(pk__in=keys).values_list("pk", "code"))


def competency_pairs(keys):
    """{competency id: (process code, number)}."""
    rows = Competency.objects.filter(pk__in=keys).order_by().values_list("pk", "work_process__code", "number")
    return {key: (code, number) for key, code, number in rows}


def standards_in_force(apprenticeships, *, on):
    """{apprenticeship id: standards id} on a day: the version of registration, or of the latest move by then."""
    in_force = dict(Apprenticeship.objects.filter(pk__among=apprenticeships).values_list("pk", "standards"))
    return in_force | moves_in_force(StandardsMove.objects.known().filter(apprenticeship__among=apprenticeships), on=on)


def moves_in_force(moves, *, on):
    """{apprenticeship id: standards id} of those who have moved by that day."""
    latest_last = moves.filter(happened_on__lte=on).order_by("happened_on", "recorded_at", "pk")
    return dict(latest_last.values_list("apprenticeship", "standards"))


def standards_by_day(apprenticeship, days):
    """{day: standards id} in force for one apprenticeship on each of the days, in one query."""
    moves = StandardsMove.objects.known().filter(apprenticeship=apprenticeship)
    history = list(moves.order_by("happened_on", "recorded_at", "pk").values_list("happened_on", "standards"))
    by_day = {}
    for day in days:
        by_day[day] = next((to for since, to in reversed(history) if since <= day), apprenticeship.standards_id)
    return by_day
