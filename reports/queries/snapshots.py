"""Progress snapshots: which are behind their facts, and what they must say."""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from apprentices.models import Apprenticeship
from apprentices.queries.facts import known_of
from apprentices.queries.forecast import expected_finish
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
    """[SnapshotRow] of these apprenticeships (ids) as the rules answer now, in the order of their keys. All of it is
    read in one statement, so from one state of the database."""
    known = known_of(sorted(apprenticeships), as_of=as_of, also=("PACE", "WAITING"))
    return [_row(one, as_of) for one in known.values()]


def _row(known, as_of):
    assessment = assess(known.standards, known.facts)
    finish = expected_finish(known, assessment, as_of=as_of)
    actual = {requirement.code: requirement.actual for requirement in assessment.requirements}
    return SnapshotRow(
        known.apprenticeship_id,
        known.facts_position,
        as_of,
        to_hundredths(actual["OJL_TOTAL"]),
        to_hundredths(actual["RI_TOTAL"]),
        to_hundredths(known.waiting),
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
