"""Progress snapshots: which are behind their facts, and what they must say."""

from django.db.models import F, Q
from django.utils import timezone

from apprentices.models import Apprenticeship
from apprentices.queries.facts import facts_for
from apprentices.queries.forecast import expected_finish, paces_for
from apprentices.queries.hours import waiting_hours
from apprentices.rules.journey_cards import ZERO, as_text, assess, counted_by_process
from reports.models import ProgressSnapshot


def behind(*, today):
    """Apprenticeships without a snapshot, or with one of an earlier state of their facts or of an earlier day (contract:
    Who and what is known)."""
    return Apprenticeship.objects.filter(
        Q(progress_snapshot__isnull=True)
        | Q(progress_snapshot__facts_position__lt=F("facts_position"))
        | Q(progress_snapshot__as_of__lt=today)
    )


def snapshots_of(apprenticeships, *, as_of):
    """Unsaved ProgressSnapshots of these apprenticeships (ids) as the rules answer now, in the order of their keys. Read
    it inside `consistent_read()`; a constant number of queries."""
    known = facts_for(Apprenticeship.objects.filter(pk__in=apprenticeships), as_of=as_of)
    paces = paces_for(list(known), as_of=as_of)
    waiting = waiting_hours(list(known))
    now = timezone.now()
    return [
        _snapshot(known[key], paces.get(key), waiting.get(key, ZERO), as_of=as_of, now=now) for key in sorted(known)
    ]


def _snapshot(known, pace, waiting, *, as_of, now):
    assessment = assess(known.standards, known.facts)
    finish = expected_finish(known, assessment, pace, as_of=as_of)
    return ProgressSnapshot(
        apprenticeship_id=known.apprenticeship_id,
        facts_position=known.facts_position,
        as_of=as_of,
        ojl_hours=assessment.of("OJL_TOTAL").actual,
        ri_hours=assessment.of("RI_TOTAL").actual,
        waiting_hours=waiting,
        processes=_processes(known),
        eligible=assessment.eligible,
        missing=[requirement.as_dict() for requirement in assessment.missing],
        expected_on=finish.expected,
        earliest_on=finish.earliest,
        latest_on=finish.latest,
        refreshed_at=now,
    )


def _processes(known):
    """In the order of the standards: hours approved, and those of them that count."""
    counted = counted_by_process(known.standards, known.facts)
    return [
        {
            "code": rule.code,
            "hours": as_text(known.facts.ojl_by_process.get(rule.code, ZERO)),
            "counted": as_text(counted[rule.code]),
            "required": as_text(rule.minimum),
        }
        for rule in known.standards.processes
    ]
