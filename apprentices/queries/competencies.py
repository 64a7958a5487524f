"""Who of a crew has which competency of a work process: the matrix of the crew's job books."""

from collections import defaultdict
from dataclasses import dataclass

from apprentices.models import Apprenticeship, SignOff
from apprentices.queries.standards import standards_in_force
from employers.models import Competency, WorkProcess


@dataclass(frozen=True, slots=True)
class CrewRow:
    """One person and the sign-off of each competency in its order, None where it is open."""

    apprenticeship: Apprenticeship
    cells: tuple[SignOff | None, ...]

    @property
    def signed(self):
        return sum(1 for cell in self.cells if cell is not None)


def processes_of(apprenticeships, *, on):
    """[(WorkProcess, {apprenticeship id})] of the standards in force for these apprenticeships (ids), those with
    competencies, the standards' own order; one version after the other, the one of the most people first."""
    people = defaultdict(set)
    for apprenticeship, standards in standards_in_force(apprenticeships, on=on).items():
        people[standards].add(apprenticeship)
    found = WorkProcess.objects.filter(standards__in=people, competencies__isnull=False).distinct()
    rows = found.select_related("standards__sponsor").order_by("position", "pk")
    return sorted(
        ((process, people[process.standards_id]) for process in rows),
        key=lambda row: (-len(row[1]), row[0].standards_id),
    )


def competencies_of(process):
    """The Competencies of a work process, by number."""
    return list(Competency.objects.filter(work_process=process).order_by("number"))


def crew_rows(apprenticeships, process, competencies, *, on):
    """CrewRows for Apprenticeships (a list), in their order. A sign-off under another version counts for the competency
    of the same process and number."""
    signed = {}
    rows = SignOff.objects.known().filter(
        apprenticeship__in=[one.pk for one in apprenticeships],
        competency__work_process__code=process.code,
        signed_on__lte=on,
    )
    for row in rows.select_related("competency"):
        signed[row.apprenticeship_id, row.competency.number] = row
    return [
        CrewRow(one, tuple(signed.get((one.pk, competency.number)) for competency in competencies))
        for one in apprenticeships
    ]
