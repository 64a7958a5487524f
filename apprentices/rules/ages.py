"""Is this person old enough to be registered, and who must sign?"""

from dataclasses import dataclass
from datetime import date

from employers.rules.findings import REFUSAL, WARNING, Finding, gettext_noop

MINIMUM_AGE = 16
GUARDIAN_BELOW = 18


@dataclass(frozen=True, slots=True)
class AgeFacts:
    """`birth_on` is None where it is not known. `minimum_age` may be higher by the standards, never lower."""

    birth_on: date | None
    registered_on: date
    guardian_signed: bool
    minimum_age: int = MINIMUM_AGE


def age_on(birth_on, day):
    """Full years. Who is born on February 29 turns a year older on March 1 where there is no such day."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def age_findings(facts):
    """What speaks against a registration: 29 CFR 29.2 (16 on the day of registration), 29.7 (a parent or guardian signs
    for a minor). An import prints the findings and goes on, the office refuses."""
    if facts.birth_on is None:
        return (
            Finding(
                "BIRTH_DATE_MISSING",
                WARNING,
                gettext_noop("Without a birth date the age at registration cannot be checked."),
            ),
        )
    age = age_on(facts.birth_on, facts.registered_on)
    findings = []
    minimum_age = max(MINIMUM_AGE, facts.minimum_age)
    if age < minimum_age:
        findings.append(
            Finding(
                "UNDER_AGE",
                REFUSAL,
                gettext_noop("%(age)s years old at registration; at least %(minimum)s are asked for."),
                {"age": age, "minimum": minimum_age},
            )
        )
    if age < GUARDIAN_BELOW and not facts.guardian_signed:
        findings.append(
            Finding(
                "GUARDIAN_MISSING",
                REFUSAL,
                gettext_noop("%(age)s years old at registration: a parent or guardian signs, too."),
                {"age": age},
            )
        )
    return tuple(findings)
