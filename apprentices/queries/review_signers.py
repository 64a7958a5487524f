"""Who may sign which part of a review, and who is told that it is their turn. Set-based throughout."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from apprentices.models import Part, Supervision
from employers.models import EmployerMembership, LocalCoverage, LocalMembership


@dataclass(frozen=True, slots=True)
class Signers:
    """Ids of the users who may sign the parts of one review on a day, by part.

    `told`: those of them who are told that it is their turn. `writers`: who writes down what an apprentice without a
    sign-in says; empty where the apprentice signs. `is_covered`: a local covers the employer."""

    by_part: dict
    told: dict
    writers: frozenset
    is_covered: bool


def review_signers(apprenticeships, *, on):
    """{apprenticeship id: Signers} for Apprenticeships (a list, with their apprentice).

    The mentor's part: the dated mentors, supervisors and substitutes, and the employer's supervisors. Management's: the
    employer's managers. Where an employer has only one of the two kinds, that one may sign either, but nobody both.
    Labor's: the members of the locals that cover the employer. Nobody signs one of these of the own review."""
    keys = [one.pk for one in apprenticeships]
    employers = {one.employer_id for one in apprenticeships}
    dated = _dated(keys, on)
    members = _members(employers, on)
    labor = _labor(employers, on)
    covered = covered_employers(employers, on=on)
    return {
        one.pk: _signers(
            one.apprentice.user_id, dated[one.pk], members[one.employer_id], labor[one.employer_id], one, covered
        )
        for one in apprenticeships
    }


def _signers(own, dated, members, labor, one, covered):
    supervisors, managers = members["SUPERVISOR"], members["MANAGER"]
    others = frozenset({own} if own else ())
    mentors = (frozenset().union(*dated.values()) | (supervisors or managers)) - others
    management = (managers or supervisors) - others
    writers = frozenset() if own else mentors
    first = next((dated[role] - others for role in ("MENTOR", "SUPERVISOR") if dated[role] - others), mentors)
    by_part = {
        Part.APPRENTICE.value: others or writers,
        Part.MENTOR.value: mentors,
        Part.LABOR.value: labor - others,
        Part.MANAGEMENT.value: management,
    }
    return Signers(
        by_part=by_part,
        told=by_part | {Part.APPRENTICE.value: others or first, Part.MENTOR.value: first},
        writers=writers,
        is_covered=one.employer_id in covered,
    )


def _dated(keys, on):
    """{apprenticeship id: {role: user ids}}."""
    found = defaultdict(lambda: defaultdict(frozenset))
    rows = Supervision.objects.in_force(on).filter(apprenticeship__in=keys, user__is_active=True)
    for apprenticeship, role, user in rows.values_list("apprenticeship", "role", "user"):
        found[apprenticeship][role] |= {user}
    return found


def _members(employers, on):
    """{employer id: {role: user ids}}."""
    found = defaultdict(lambda: defaultdict(frozenset))
    rows = EmployerMembership.objects.in_force(on).filter(employer__in=employers, user__is_active=True)
    for employer, role, user in rows.values_list("employer", "role", "user"):
        found[employer][role] |= {user}
    return found


def _labor(employers, on):
    """{employer id: user ids}."""
    found = defaultdict(frozenset)
    holds = Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))
    covers = Q(local__coverages__from_on__lte=on) & (
        Q(local__coverages__until_on__isnull=True) | Q(local__coverages__until_on__gte=on)
    )
    rows = LocalMembership.objects.filter(holds, covers, local__coverages__employer__in=employers, user__is_active=True)
    for employer, user in rows.values_list("local__coverages__employer", "user"):
        found[employer] |= {user}
    return found


def covered_employers(employers, *, on):
    """Those of the employers (ids) that a local covers on that day."""
    return set(LocalCoverage.objects.in_force(on).filter(employer__in=employers).values_list("employer", flat=True))
