"""Employers, known by their name, and what stands on them: worksites and how many journeyworkers they have."""

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import Employer, JourneyworkerCount, Sponsor, Worksite
from imt.audit.actions import record

# The zone of the most of a state; the office corrects it for a firm elsewhere in it.
_ZONES = {
    **dict.fromkeys(("MI", "PA", "IN", "OH", "KY", "NY", "NJ", "MD", "DE", "WV", "VA", "NC", "GA"), "America/New_York"),
    **dict.fromkeys(("WI", "MN", "IL", "IA", "MO"), "America/Chicago"),
}


class EmployerStateError(ValueError):
    """The employer is known in another state. `name`, `found` and `expected` say which."""

    def __init__(self, name, found, expected):
        super().__init__(_("%(name)s is in %(expected)s, not in %(found)s") % vars_of(name, found, expected))
        self.name, self.found, self.expected = name, found, expected


def vars_of(name, found, expected):
    return {"name": name, "found": found, "expected": expected}


def employers_named(names):
    """{name: Employer} of those that are known."""
    names = sorted(set(names))
    found = {}
    for start in range(0, len(names), 1000):
        for employer in Employer.objects.filter(name__in=names[start : start + 1000]):
            found[employer.name] = employer
    return found


@transaction.atomic
def employers_of(*, states, by):
    """{name: Employer} of {name: state}: known ones are found, new ones created, a state that was open is filled in.

    An employer is known by its name; with another state it is an EmployerStateError (contract: Cohorts)."""
    known = employers_named(states)
    completed = []
    for name, employer in known.items():
        state = states[name]
        if state and employer.state and state != employer.state:
            raise EmployerStateError(name, state, employer.state)
        if state and not employer.state:
            employer.state = state
            completed.append(employer)
    new = [Employer(name=name, state=state, **_zone(state)) for name, state in states.items() if name not in known]
    Employer.objects.bulk_create(new, batch_size=500)
    Employer.objects.bulk_update(completed, ["state"], batch_size=500)
    record("employer.added", by=by, subjects=new, details=lambda employer: {"name": employer.name})
    record("employer.completed", by=by, subjects=completed, details=lambda employer: {"state": employer.state})
    return known | {employer.name: employer for employer in new}


def _zone(state):
    return {"time_zone": _ZONES[state]} if state in _ZONES else {}


def employer_of(*, name, state="", by):
    """The one employer of that name, created where it is new."""
    return employers_of(states={name: state}, by=by)[name]


@transaction.atomic
def sponsor_of(*, name, by):
    """The sponsor of that name, created where it is new."""
    sponsor, is_new = Sponsor.objects.get_or_create(name=name)
    if is_new:
        record("sponsor.added", by=by, subjects=[sponsor], details={"name": name})
    return sponsor


@transaction.atomic
def count_journeyworkers(*, employer, worksite, count, on, by):
    """From this day the worksite (by its name; a new one is created) has so many journeyworkers. Said again for the
    same day, the later word counts."""
    site, _is_new = Worksite.objects.get_or_create(employer=employer, name=worksite)
    counted, _is_new = JourneyworkerCount.objects.update_or_create(worksite=site, from_on=on, defaults={"count": count})
    record("journeyworkers.counted", by=by, subjects=[site], details={"from_on": on.isoformat(), "count": count})
    return counted
