"""Progress snapshots: which are behind their facts, and what they must say."""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from apprentices.models import Apprenticeship
from apprentices.queries.facts import facts_for
from apprentices.queries.forecast import expected_finish, paces_for
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
    paces = paces_for(known, as_of=as_of)
    waiting = waiting_hours(list(known))
    return [_row(known[key], paces.get(key), waiting.get(key, ZERO), as_of) for key in sorted(known)]


def _row(known, pace, waiting, as_of):
    assessment = assess(known.standards, known.facts)
    finish = expected_finish(known, assessment, pace, as_of=as_of)
    return SnapshotRow(
        known.apprenticeship_id,
        known.facts_position,
        as_of,
        to_hundredths(assessment.of("OJL_TOTAL").actual),
        to_hundredths(assessment.of("RI_TOTAL").actual),
        to_hundredths(waiting),
        json.dumps(_processes(known, assessment)),
        assessment.eligible,
        json.dumps([requirement.as_dict() for requirement in assessment.missing]),
        finish.expected,
        finish.earliest,
        finish.latest,
    )


def _processes(known, assessment):
    """In the order of the standards: the hours approved in each process, and those of them that count."""
    return [
        {
            "code": rule.code,
            "hours": as_text(known.facts.ojl_by_process.get(rule.code, ZERO)),
            "counted": as_text(assessment.of(f"OJL_PROCESS:{rule.code}").actual),
        }
        for rule in known.standards.processes
    ]
