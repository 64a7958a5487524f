"""The content of registered program standards, and what an agency's rules say of it.

Hours are whole hundredths here, as the columns keep them: 2,736 hours are 273_600."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from employers.rules.findings import REFUSAL, WARNING, Finding, gettext_noop

TIME_BASED = "TIME_BASED"
COMPETENCY_BASED = "COMPETENCY_BASED"
HYBRID = "HYBRID"

FEDERAL_OFFICE = "OA"
STATE_AGENCY = "SAA"

HOURS, DAYS, WEEKS, MONTHS, YEARS = "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS"

# what says where and when the standards are registered; the rest is what they say
_REGISTRATION = ("registration_state", "agency_kind", "registered_on", "updated_on")
_LENGTH = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d+)\s*-?\s*(hour|hr|day|week|month|year)s?\b", flags=re.IGNORECASE | re.ASCII
)
_UNITS = {"hour": HOURS, "hr": HOURS, "day": DAYS, "week": WEEKS, "month": MONTHS, "year": YEARS}
_DAYS_IN = {
    DAYS: 12,
    WEEKS: 7 * 12,
    MONTHS: 365,
    YEARS: 365 * 12,
}  # in twelfths of a day, so that nothing is rounded


@dataclass(frozen=True, slots=True)
class CompetencyContent:
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ProcessContent:
    code: str
    title: str
    description: str
    sub_category: str
    position: int
    minimum: int
    maximum: int | None
    competencies: tuple[CompetencyContent, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseContent:
    code: str
    title: str
    description: str
    organization: str
    position: int
    hours: int | None


@dataclass(frozen=True, slots=True)
class WageStepContent:
    """`percentage` is of the journeyworker rate. Hours and months count from the start of the apprenticeship."""

    position: int
    title: str
    ojl_hours: int | None
    ri_hours: int | None
    months: int | None
    percentage: Decimal | None


@dataclass(frozen=True, slots=True)
class CredentialContent:
    code: str
    title: str
    issuer: str
    position: int


@dataclass(frozen=True, slots=True)
class StandardsContent:
    """`approach` is TIME_BASED, COMPETENCY_BASED or HYBRID; `agency_kind` OA, SAA or empty; `ratio` and `probation` are
    text as registered ("1:1", "750 hours"). Parts stand in the order of the standards."""

    sponsor_name: str
    occupation: str
    existing_title: str
    onet_code: str
    rapids_code: str
    approach: str
    term_months: int | None
    ojl_minimum: int
    ojl_maximum: int | None
    ri_minimum: int
    ri_maximum: int | None
    ratio: str
    probation: str
    registration_state: str
    agency_kind: str
    registered_on: date | None
    updated_on: date | None
    processes: tuple[ProcessContent, ...]
    courses: tuple[CourseContent, ...] = ()
    wage_steps: tuple[WageStepContent, ...] = ()
    credentials: tuple[CredentialContent, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyRules:
    """The row of a registration agency, as far as standards are checked. `ri_weight`: RECOMMENDED or REQUIRED."""

    ojl_floor: int
    ri_hours_a_year: int
    ri_weight: str
    probation_percent: int
    probation_days: int


def content_digest(content):
    """Hex SHA-256 over what the standards say, apart from where and when they are registered: the same program
    registered with a second agency is the same content (contract: import_standards, "same content skipped")."""
    said = {name: value for name, value in asdict(content).items() if name not in _REGISTRATION}
    form = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(form.encode()).hexdigest()


def standards_findings(content, rules):
    """Every breach, in a fixed order; `rules` (AgencyRules) is None where no agency is known: then the sums alone.

    Contract: import_standards ("144 hours a year, 2,000 hours, probation, sums of minimums above or maximums below the
    total"). An import prints them and goes on; publishing and registering refuse where one of them `refuses`."""
    findings = [*_sum_findings(content), *_wage_findings(content.wage_steps)]
    if rules is not None:
        findings += [*_hours_findings(content, rules), *_probation_findings(content, rules)]
    return tuple(findings)


def _sum_findings(content):
    minimums = sum(process.minimum for process in content.processes)
    if minimums > content.ojl_minimum:
        yield Finding(
            "MINIMUMS_ABOVE_TOTAL",
            REFUSAL,
            gettext_noop("The minimums of the work processes sum up to %(found)s hours, above the %(total)s in all."),
            {"found": hours_text(minimums), "total": hours_text(content.ojl_minimum)},
        )
    maximums = [process.maximum for process in content.processes]
    if None not in maximums and sum(maximums) < content.ojl_minimum:
        yield Finding(
            "MAXIMUMS_BELOW_TOTAL",
            REFUSAL,
            gettext_noop("The maximums of the work processes sum up to %(found)s hours, below the %(total)s in all."),
            {"found": hours_text(sum(maximums)), "total": hours_text(content.ojl_minimum)},
        )


def _wage_findings(steps):
    """29 CFR 29.5(b)(5): a progressively increasing schedule of wages. A step that asks no more than the one before it
    would be reached together with it."""
    for before, step in pairwise(steps):
        asks_more = any(
            (getattr(step, kind) or 0) > (getattr(before, kind) or 0) for kind in ("ojl_hours", "ri_hours", "months")
        )
        if not asks_more:
            yield Finding(
                "WAGE_STEPS_DO_NOT_RISE",
                WARNING,
                gettext_noop("Wage step %(step)s asks for no more hours or months than the step before it."),
                {"step": step.title},
            )


def _hours_findings(content, rules):
    """29 CFR 29.4: 2,000 hours of OJL, RI not counted. 29 CFR 29.5(b)(4): 144 hours of RI a year are recommended;
    Wisconsin requires them."""
    if content.ojl_minimum < rules.ojl_floor:
        yield Finding(
            "OJL_FLOOR",
            REFUSAL,
            gettext_noop("%(found)s OJL hours; the agency registers no fewer than %(floor)s."),
            {"found": hours_text(content.ojl_minimum), "floor": hours_text(rules.ojl_floor)},
        )
    if content.term_months is None:
        yield Finding(
            "TERM_MISSING",
            WARNING,
            gettext_noop("Without a term in months, neither RI hours a year nor the probation can be checked."),
        )
    elif content.ri_minimum * 12 < rules.ri_hours_a_year * content.term_months:
        yield Finding(
            "RI_HOURS_A_YEAR",
            REFUSAL if rules.ri_weight == "REQUIRED" else WARNING,
            gettext_noop(
                "%(found)s RI hours over %(months)s months are %(yearly)s a year; the agency asks for %(floor)s."
            ),
            {
                "found": hours_text(content.ri_minimum),
                "months": content.term_months,
                "yearly": hours_text(content.ri_minimum * 12 // content.term_months),
                "floor": hours_text(rules.ri_hours_a_year),
            },
        )


def _probation_findings(content, rules):
    """29 CFR 29.5(b)(8): at most a quarter of the program or one year, whichever is shorter. Hours are compared
    with those of the whole program, OJL and RI; whether they take longer than a year shows in each apprenticeship."""
    length = probation_length(content.probation)
    if length is None:
        if content.probation:
            yield Finding(
                "PROBATION_UNREADABLE",
                WARNING,
                gettext_noop("The probation “%(found)s” is no number of hours, days, weeks, months or years."),
                {"found": content.probation},
            )
        return
    amount, unit = length
    if unit == HOURS:
        limit = rules.probation_percent * (content.ojl_minimum + content.ri_minimum)
        is_too_long = amount * 100 * 100 > limit
    else:
        share = None if content.term_months is None else rules.probation_percent * content.term_months * 365
        twelfths = amount * _DAYS_IN[unit]
        is_too_long = twelfths > rules.probation_days * 12 or (share is not None and twelfths * 100 > share)
    if is_too_long:
        yield Finding(
            "PROBATION_TOO_LONG",
            REFUSAL,
            gettext_noop(
                "A probation of %(found)s; at most %(percent)s %% of the program or %(days)s days, the shorter of both."
            ),
            {"found": content.probation, "percent": rules.probation_percent, "days": rules.probation_days},
        )


def probation_length(text):
    """("750 hours") → (750, HOURS); None for text that names no length, or more than one."""
    found = _LENGTH.findall(text)
    if len(found) != 1:
        return None
    amount, unit = found[0]
    return int(amount.replace(",", "")), _UNITS[unit.lower()]


def hours_text(hundredths):
    """273600 → "2736.00"."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
