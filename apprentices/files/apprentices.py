"""apprentices.csv: one row is one registered agreement of a person (contract: The other files)."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from apprentices.files.cells import day, ref
from apprentices.models import Apprentice, Cohort, JobTitle, SelfIdentification, StatusChange
from apprentices.rules.rows import ApprenticeRow
from employers.files.cells import longest, read_rows
from employers.models import Employer, Sponsor

REQUIRED = ("apprentice_ref", "first_name", "last_name", "employer", "sponsor", "registered_on", "status")
OPTIONAL = (
    "email",
    "date_of_birth",
    "employer_state",
    "cohort",
    "job_title",
    "status_on",
    "status_reason",
    "sex",
    "ethnicity",
    "race",
    "veteran",
    "disability",
    "journeyworker_rate",
)

_FIRST, _LAST = longest(Apprentice, "first_name"), longest(Apprentice, "last_name")
_EMAIL = longest(Apprentice, "email")
_EMPLOYER, _SPONSOR = longest(Employer, "name"), longest(Sponsor, "name")
_COHORT, _TITLE, _REASON = longest(Cohort, "name"), longest(JobTitle, "title"), longest(StatusChange, "reason")
_STATUSES = tuple(StatusChange.Status.values)
_STATE = re.compile(r"[A-Z]{2}")
_RACES = {race.casefold(): race for race in SelfIdentification.RACE}
_DID_NOT = SelfIdentification.DID_NOT


def read_apprentices(source, name, **reading):
    """([ApprenticeRow], errors); `reading`: limits and progress of `read_rows`."""
    return read_rows(source, name, _row, required=REQUIRED, optional=OPTIONAL, **reading)


def _row(cells):
    return ApprenticeRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        first_name=cells.text("first_name", _FIRST, is_needed=True),
        last_name=cells.text("last_name", _LAST, is_needed=True),
        email=_email(cells),
        date_of_birth=day(cells, "date_of_birth", is_needed=False),
        employer=cells.text("employer", _EMPLOYER, is_needed=True),
        employer_state=_state(cells),
        sponsor=cells.text("sponsor", _SPONSOR, is_needed=True),
        cohort=cells.text("cohort", _COHORT),
        job_title=cells.text("job_title", _TITLE),
        registered_on=day(cells, "registered_on"),
        status=cells.choice("status", _STATUSES),
        status_on=day(cells, "status_on", is_needed=False),
        status_reason=cells.text("status_reason", _REASON),
        sex=_answer(cells, "sex", SelfIdentification.SEX),
        ethnicity=_answer(cells, "ethnicity", SelfIdentification.ETHNICITY),
        race=_race(cells),
        veteran=_answer(cells, "veteran", SelfIdentification.VETERAN),
        disability=_answer(cells, "disability", SelfIdentification.DISABILITY),
        journeyworker_rate=cells.hundredths("journeyworker_rate", _("dollars above 0 such as 24.50"), is_needed=False),
    )


def _email(cells):
    email = cells.text("email", _EMAIL).lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            cells.wrong("email", _("an e-mail address"))
    return email


def _state(cells):
    state = cells.text("employer_state", 60).upper()
    if state and not _STATE.fullmatch(state):
        cells.wrong("employer_state", _("two letters such as WI"))
    return state


def _answer(cells, name, values):
    """An empty cell means: did not self-identify."""
    answer = cells.choice(name, (*values, _DID_NOT), is_needed=False)
    return "" if answer == _DID_NOT else answer


def _race(cells):
    """Several are separated by ";"; kept in the form's order, so that the same answer is the same text."""
    said = [part.strip().casefold() for part in cells.text("race", 300).split(";") if part.strip()]
    if any(part not in _RACES and part != _DID_NOT.casefold() for part in said):
        cells.wrong("race", _("one or several of %(values)s, separated by ;") % {"values": ", ".join(_RACES.values())})
    return ";".join(race for folded, race in _RACES.items() if folded in said)
