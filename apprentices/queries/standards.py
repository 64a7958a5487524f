"""Versions of standards as the rules read them."""

from collections import defaultdict

from apprentices.models import Apprenticeship, StandardsMove
from apprentices.rules.journey_cards import ProcessRule, StandardsFacts
from employers.models import Competency, Course, CredentialRequirement, Standards, WorkProcess


def standards_facts(keys):
    """{standards id: StandardsFacts} in five queries."""
    processes = _by_standards(WorkProcess.objects.filter(standards__in=keys), "code", "minimum", "maximum")
    courses = _by_standards(Course.objects.filter(standards__in=keys), "code")
    credentials = _by_standards(CredentialRequirement.objects.filter(standards__in=keys), "code")
    competencies = defaultdict(set)
    for standards, code, number in Competency.objects.filter(work_process__standards__in=keys).values_list(
        "work_process__standards", "work_process__code", "number"
    ):
        competencies[standards].add((code, number))
    return {
        version.pk: StandardsFacts(
            name=version.name,
            version=version.version,
            ojl_minimum=version.ojl_minimum,
            ri_minimum=version.ri_minimum,
            processes=tuple(ProcessRule(*row) for row in processes[version.pk]),
            courses=tuple(code for (code,) in courses[version.pk]),
            credentials=tuple(code for (code,) in credentials[version.pk]),
            competencies=frozenset(competencies[version.pk]) if version.needs_competencies else None,
            asks_for_committee=version.asks_for_committee,
        )
        for version in Standards.objects.filter(pk__in=keys).select_related("sponsor")
    }


def _by_standards(rows, *values):
    found = defaultdict(list)
    for standards, *parts in rows.order_by("position", "pk").values_list("standards", *values):
        found[standards].append(tuple(parts))
    return found


def process_codes(keys):
    """{work process id: code}."""
    return dict(WorkProcess.objects.filter(pk__in=keys).values_list("pk", "code"))


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
