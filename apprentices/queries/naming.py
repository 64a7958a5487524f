"""What rows name: apprenticeships by their ref; processes, courses, credentials and competencies of the standards that
are in force for them. For a whole file at once."""

from collections import defaultdict
from dataclasses import dataclass, field

from apprentices.models import Apprenticeship, LedgerLine
from apprentices.queries.standards import standards_in_force
from apprentices.rules.hour_lines import normalized, process_names
from employers.models import Competency, Course, CredentialRequirement, WorkProcess

AT_ONCE = 5_000  # keys named in one statement
LONGEST_CODE = LedgerLine._meta.get_field("course_code").max_length  # also of what the standards do not have


@dataclass(slots=True)
class Names:
    """One version of standards. `processes`: {name: work process id}; `courses`, `credentials`: {name: code}; a name is
    a code or title as `process_names` has them. `competencies`: {(work process id, number): id}; `codes`: {work process
    id: code}."""

    processes: dict = field(default_factory=dict)
    courses: dict = field(default_factory=dict)
    credentials: dict = field(default_factory=dict)
    competencies: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)

    def process(self, name):
        """The id of the work process, None where the standards have none of that name."""
        return self.processes.get(normalized(name))

    def course(self, name):
        """The code of the required course, None where the standards require none of that name."""
        return self.courses.get(normalized(name))

    def credential(self, name):
        return self.credentials.get(normalized(name))


@dataclass(frozen=True, slots=True)
class Named:
    """An apprenticeship that rows name, with the names of the standards in force for it."""

    pk: int
    ref: str
    names: Names


def apprenticeships_named(refs, *, on):
    """{ref: Named} of those that are known, under the standards in force on `on`."""
    keys = apprenticeship_keys(refs)
    in_force = {}
    for some in _some(sorted(keys.values())):
        in_force.update(standards_in_force(some, on=on))
    names = names_of_standards(set(in_force.values()))
    return {ref: Named(pk, ref, names[in_force[pk]]) for ref, pk in keys.items()}


def apprenticeship_keys(refs):
    """{ref: apprenticeship id} of those that are known."""
    keys = {}
    for some in _some(sorted(set(refs))):
        keys.update(Apprenticeship.objects.filter(ref__in=some).order_by().values_list("ref", "pk"))
    return keys


def names_of_standards(keys):
    """{standards id: Names} in four queries."""
    found = {key: Names() for key in keys}
    for standards, processes in _parts(WorkProcess, keys).items():
        found[standards].processes = process_names(processes)
        found[standards].codes = {pk: code for pk, code, _title in processes}
    for standards, courses in _parts(Course, keys).items():
        found[standards].courses = process_names((code, code, title) for _pk, code, title in courses)
    for standards, credentials in _parts(CredentialRequirement, keys).items():
        found[standards].credentials = process_names((code, code, title) for _pk, code, title in credentials)
    competencies = Competency.objects.filter(work_process__standards__in=keys).order_by()
    for pk, process, number, standards in competencies.values_list(
        "pk", "work_process", "number", "work_process__standards"
    ):
        found[standards].competencies[process, number] = pk
    return found


def _parts(model, keys):
    """{standards id: [(id, code, title)]}."""
    parts = defaultdict(list)
    rows = model.objects.filter(standards__in=keys).order_by("position", "pk")
    for standards, *part in rows.values_list("standards", "pk", "code", "title"):
        parts[standards].append(tuple(part))
    return parts


def live_rows(model, apprenticeships, *values, **conditions):
    """Values of the facts of a model that stand now, of these apprenticeships (ids)."""
    for some in _some(sorted(apprenticeships)):
        rows = model.objects.known().filter(apprenticeship__in=some, **conditions).order_by("pk")
        yield from rows.values_list("apprenticeship", *values).iterator()


def _some(keys):
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
