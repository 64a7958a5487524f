"""The nightly check of the ledger, kept as a run: how far it is, and what it found."""

import structlog
from django.utils import timezone

from apprentices.models import Apprentice
from imt.audit.actions import advance, fail
from imt.audit.models import Run
from imt.moments import consistent_read
from reports.actions.runs import finish_runs, live_runs, start_run
from reports.queries.ledger_check import (
    breaches_of,
    slices,
    transfers_stay_with_the_person,
    triggers_stand,
    work_undone,
)

log = structlog.get_logger(__name__)

CHECK = "check"
KEPT = 20  # breaches that a run keeps; one is reason enough to look


def start_check():
    """A new run over everybody, or the one that fell silent; None where one is under way."""
    live = live_runs(CHECK).last()
    after = live.arguments.get("after", 0) if live else 0
    return start_run(CHECK, left=Apprentice.objects.filter(pk__gt=after).count(), arguments={"breaches": []})


def check_on(run, *, is_over):
    """Check slice after slice from where the Run stands. True when everybody was checked; False when `is_over()`
    said so between two slices: then the rest is for a later call."""
    if "after" not in run.arguments:
        _note(run, 0, [*triggers_stand(), *transfers_stay_with_the_person()])
    for after, people, apprenticeships in slices(run.arguments["after"]):
        with consistent_read():
            found = list(breaches_of(apprenticeships))
        _note(run, after, found)
        advance(run.pk, people)
        if is_over():
            return False
    return True


def _note(run, after, breaches):
    for breach in breaches[:KEPT]:
        log.error("ledger.breach", invariant=breach.invariant, what=breach.what)
    kept = [*run.arguments["breaches"], *map(str, breaches)]
    run.arguments = {**run.arguments, "after": after, "breaches": list(dict.fromkeys(kept))[:KEPT]}
    run.save(update_fields=["arguments"])


def conclude(run):
    """All slices are done: failed where anything was found, else done. What was left undone is kept beside it (I8)."""
    run = Run.objects.get(pk=run.pk)
    behind, runs = work_undone(today=timezone.localdate())
    run.arguments = {**run.arguments, "behind": behind, "unfinished_runs": runs - 1}
    run.save(update_fields=["arguments"])
    if run.arguments["breaches"]:
        fail(run, run.arguments["breaches"][0])
    else:
        finish_runs(CHECK)
