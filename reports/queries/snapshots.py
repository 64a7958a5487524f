"""Progress snapshots: which are behind their facts, and what they must say."""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from apprentices.models import Apprenticeship
from apprentices.queries.facts import facts_for
from apprentices.queries.forecast import expected_finish, has_pace, paces_for
from apprentices.queries.hours import waiting_hours
from apprentices.rules.journey_cards import ZERO, as_text, assess
from imt.fields import to_hundredths


class SnapshotRow(NamedTuple):
    """What a ProgressSnapshot says, without the moment it was made: hours in hundredths, the two lists as JSON."""

    apprenticeship_id: int
    facts_position: int
    as_of: date
    ojl_hours: int
    ri_hours: int
    waiting_hours: int
    processes: str
    eligible: bool
    missing: str
    expected_on: date | None
    earliest_on: date | None
    latest_on: date | None


def behind(*, today):
    """Apprenticeships without a snapshot, or with one of an earlier state of their facts or of an earlier day
    (contract: Who and what is known)."""
    return Apprenticeship.objects.filter(
        Q(progress_snapshot__isnull=True)
        | Q(progress_snapshot__facts_position__lt=F("facts_position"))
        | Q(progress_snapshot__as_of__lt=today)
    )


def snapshots_of(apprenticeships, *, as_of):
    """[SnapshotRow] of these apprenticeships (ids) as the rules answer now, in the order of their keys. Read it inside
    `consistent_read()`; a constant number of queries."""
    known = facts_for(Apprenticeship.objects.filter(pk__among=apprenticeships), as_of=as_of)
    assessments = {key: assess(one.standards, one.facts) for key, one in known.items()}
    at_work = [key for key, one in known.items() if has_pace(one, assessments[key])]
    paces = paces_for(at_work, as_of=as_of)
    waiting = waiting_hours(list(known))
    return [_row(known[key], assessments[key], paces.get(key), waiting.get(key, ZERO), as_of) for key in sorted(known)]


def _row(known, assessment, pace, waiting, as_of):
    finish = expected_finish(known, assessment, pace, as_of=as_of)
    actual = {requirement.code: requirement.actual for requirement in assessment.requirements}
    return SnapshotRow(
        known.apprenticeship_id,
        known.facts_position,
        as_of,
        to_hundredths(actual["OJL_TOTAL"]),
        to_hundredths(actual["RI_TOTAL"]),
        to_hundredths(waiting),
        json.dumps(_processes(known, actual)),
        assessment.eligible,
        json.dumps([requirement.as_dict() for requirement in assessment.missing]),
        finish.expected,
        finish.earliest,
        finish.latest,
    )


def _processes(known, actual):
    """In the order of the standards: the hours approved in each process, and those of them that count."""
    return [
        {
            "code": rule.code,
            "hours": as_text(known.facts.ojl_by_process.get(rule.code, ZERO)),
            "counted": as_text(actual[f"OJL_PROCESS:{rule.code}"]),
        }
        for rule in known.standards.processes
    ]
