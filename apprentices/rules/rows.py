"""Clean rows, as files and forms hand them to the actions: text trimmed, days as dates, hours as Decimals with two
places.

`line` is the place in the file, counted from 1 at its top; a form's row is line 1. Fields are named as the columns are
(contract: The other files); an error names the field."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SELF_IDENTIFICATION = ("sex", "ethnicity", "race", "veteran", "disability")


@dataclass(frozen=True, slots=True)
class ApprenticeRow:
    """One registered agreement of a person. `email` in lower case or empty; `date_of_birth` None where unknown; the
    five answers of the self-identification in the form's own words, empty: did not self-identify; `race` several by
    ";"."""

    line: int
    apprentice_ref: str
    first_name: str
    last_name: str
    employer: str
    sponsor: str
    registered_on: date
    status: str
    email: str = ""
    date_of_birth: date | None = None
    employer_state: str = ""
    cohort: str = ""
    job_title: str = ""
    status_on: date | None = None
    status_reason: str = ""
    sex: str = ""
    ethnicity: str = ""
    race: str = ""
    veteran: str = ""
    disability: str = ""
    journeyworker_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """Earned on paper before the first day here. `kind` OJL or RI."""

    line: int
    apprentice_ref: str
    kind: str
    work_process_or_course: str
    hours: Decimal
    through_on: date
    evidence: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One attempt at a course. `completed_on` is None while it is under way (IN_PROGRESS), and only then."""

    line: int
    apprentice_ref: str
    course: str
    provider: str
    term: str
    hours: Decimal
    completed_on: date | None
    result: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class CreditRow:
    """Hours granted for prior experience. An empty `work_process_or_course`: not tied to one."""

    line: int
    apprentice_ref: str
    kind: str
    work_process_or_course: str
    hours: Decimal
    decided_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A credential held. `expires_on`: the last day it is good, None for ever."""

    line: int
    apprentice_ref: str
    credential: str
    earned_on: date
    credential_number: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """A competency, by its number in the process, signed off; `signed_by` is a name."""

    line: int
    apprentice_ref: str
    work_process: str
    competency: int
    signed_on: date
    signed_by: str
    note: str = ""
