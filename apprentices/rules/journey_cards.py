"""Is this person ready for the journey card, and if not, what is missing?

The answer is a list of requirements, each with required, actual and met; never a bare boolean. Hours are Decimals with
two places throughout. Source: the sponsor's registered standards (29 CFR 29.5 and their Appendix A), as the contract's
"Eligibility" words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ProcessRule:
    code: str
    minimum: Decimal
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class StandardsFacts:
    """One version of standards, as far as the card asks. `competencies` is None where they are time-based."""

    name: str
    version: int
    ojl_minimum: Decimal
    ri_minimum: Decimal
    processes: tuple[ProcessRule, ...]
    courses: tuple[str, ...]
    credentials: tuple[str, ...]
    competencies: frozenset[tuple[str, int]] | None
    asks_for_committee: bool


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """A standing RI line. `is_credit`: granted rather than passed. An empty `course` is not tied to one."""

    course: str
    hours: Decimal
    is_credit: bool
    happened_on: date
    posted_at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one apprenticeship on a day: OJL sums net of reversals, records, status."""

    status: str
    ojl_by_process: Mapping[str, Decimal]
    ojl_not_tied: Decimal
    instruction: tuple[InstructionLine, ...]
    credentials: frozenset[str]
    signed_off: frozenset[tuple[str, int]]
    is_recommended: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """`required` and `actual` are hours (Decimal), a count (int), or a status (str)."""

    code: str
    required: Decimal | int | str
    actual: Decimal | int | str
    met: bool

    @property
    def shortfall(self):
        """required − actual, never below zero; for a status 0 or 1."""
        if isinstance(self.required, str):
            return 0 if self.met else 1
        return max(self.required - self.actual, self.required - self.required)

    def as_dict(self):
        """The contract's form: everything a string but `met`."""
        return {
            "code": self.code,
            "required": as_text(self.required),
            "actual": as_text(self.actual),
            "met": self.met,
            "shortfall": as_text(self.shortfall),
        }

    def refusal(self):
        """One line for a person: `OJL_TOTAL 2735.99 of 2736.00, 0.01 h short`."""
        if isinstance(self.required, str):
            return f"{self.code} {self.actual}, must be {self.required}"
        unit = " h" if isinstance(self.required, Decimal) else ""
        return f"{self.code} {as_text(self.actual)} of {as_text(self.required)}, {as_text(self.shortfall)}{unit} short"


@dataclass(frozen=True, slots=True)
class Assessment:
    requirements: tuple[Requirement, ...]

    @property
    def eligible(self):
        return all(requirement.met for requirement in self.requirements)

    @property
    def missing(self):
        return tuple(requirement for requirement in self.requirements if not requirement.met)

    def of(self, code):
        """The requirement with this code; KeyError when the standards do not ask for it."""
        for requirement in self.requirements:
            if requirement.code == code:
                return requirement
        raise KeyError(code)


def as_text(value):
    """Hours with two places, counts whole, a status as it is."""
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def assess(standards, facts):
    """Every requirement of the card, in the order of the domain's table; inside a kind in that of the standards."""
    counted = counted_by_process(standards, facts)
    courses, not_tied = instruction_hours(facts.instruction)
    requirements = [
        at_least("OJL_TOTAL", standards.ojl_minimum, sum(counted.values(), facts.ojl_not_tied)),
        *(at_least(f"OJL_PROCESS:{rule.code}", rule.minimum, counted[rule.code]) for rule in standards.processes),
        at_least("RI_TOTAL", standards.ri_minimum, sum(courses.values(), not_tied)),
        *(at_least(f"RI_COURSE:{code}", 1, int(code in courses)) for code in standards.courses),
        *(at_least(f"CREDENTIAL:{code}", 1, int(code in facts.credentials)) for code in standards.credentials),
    ]
    if standards.competencies is not None:
        signed = len(standards.competencies & facts.signed_off)
        requirements.append(at_least("COMPETENCIES", len(standards.competencies), signed))
    if standards.asks_for_committee:
        requirements.append(at_least("COMMITTEE", 1, int(facts.is_recommended)))
    requirements.append(Requirement("STATUS", "ACTIVE", facts.status, facts.status == "ACTIVE"))
    return Assessment(tuple(requirements))


def at_least(code, required, actual):
    return Requirement(code, required, actual, actual >= required)


def counted_by_process(standards, facts):
    """Hours per process of the standards, cut at its maximum: a surplus never counts and carries over nowhere."""
    counted = {}
    for rule in standards.processes:
        hours = facts.ojl_by_process.get(rule.code, ZERO)
        counted[rule.code] = hours if rule.maximum is None else min(hours, rule.maximum)
    return counted


def instruction_hours(lines):
    """({course: hours}, hours not tied to a course).

    A course counts once: with the hours of its latest passing record (day, then posted, then position), else with the
    sum of its credits. Courses outside the standards count in the total the same way."""
    passed, credited, not_tied = {}, {}, ZERO
    for line in lines:
        if not line.course:
            not_tied += line.hours
        elif line.is_credit:
            credited[line.course] = credited.get(line.course, ZERO) + line.hours
        else:
            latest = passed.get(line.course)
            if latest is None or _when(latest) < _when(line):
                passed[line.course] = line
    return credited | {course: line.hours for course, line in passed.items()}, not_tied


def _when(line):
    return line.happened_on, line.posted_at, line.position
