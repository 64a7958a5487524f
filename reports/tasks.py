"""What workers do. Rows say what is to be done (a snapshot behind its facts, a run that fell silent); a message
only says *look now*, so that losing one, or all of them, loses nothing: the sweep looks every 30 seconds and when a
worker starts."""

import time

import structlog
from celery import current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from imt.audit.actions import advance, note_error
from reports.actions.checks import CHECK, check_on, conclude, start_check
from reports.actions.runs import finish_runs, live_runs, silent_runs, start_run
from reports.actions.snapshots import refresh
from reports.queries.snapshots import behind

log = structlog.get_logger(__name__)

REFRESH = "refresh"
CHECK_SECONDS = 40  # of one message; the next one goes on, so that no task comes near its time limit
CHUNK = 250
CHUNK_EXPIRES = 120  # seconds; by then the sweep has asked again for what is still behind


@shared_task(name="reports.refresh_progress")
def refresh_progress(apprenticeships=None):
    """Refresh these few apprenticeships (ids), whose facts have changed, or all that are behind. Few are done here and
    now; many are fanned out in chunks, once: while a run is under way its chunks are not asked for again."""
    if apprenticeships is not None and not current_app.conf.task_always_eager:
        refresh_sparing(apprenticeships)  # whoever is named is behind: it need not be asked
        return
    # without workers nobody sweeps: whoever comes by does all
    if silent_runs(CHECK).exists():
        check_ledger.apply_async(retry=False)
    keys = _behind()
    if len(keys) <= CHUNK:
        refresh_sparing(keys)
        _settle()
        return
    run = start_run(REFRESH, left=len(keys))
    if run is None:
        return
    for chunk in chunks_of(keys):
        refresh_chunk.apply_async(kwargs={"run": run.pk, "apprenticeships": chunk}, retry=False, expires=CHUNK_EXPIRES)


@shared_task(name="reports.refresh_chunk")
def refresh_chunk(run, apprenticeships):
    """Refresh those of a chunk that are still behind, and count them in the run (id)."""
    advance(run, 0)
    keys = _behind(apprenticeships)
    spared = refresh_sparing(keys)
    if spared:
        note_error(run, f"could not be refreshed: {spared}")
    advance(run, len(keys) - len(spared))
    _settle()


def _behind(apprenticeships=None):
    """Ids of those that are behind today, by key; `apprenticeships`: only of these ids."""
    found = behind(today=timezone.localdate())
    if apprenticeships is not None:
        found = found.filter(pk__among=apprenticeships)
    return list(found.order_by("pk").values_list("pk", flat=True))


def chunks_of(keys):
    """Lists of neighbors, by key."""
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]


def _settle():
    """A run is over when nothing is behind, whoever did it."""
    if live_runs(REFRESH).exists() and not behind(today=timezone.localdate()).exists():
        finish_runs(REFRESH)


def refresh_sparing(keys):
    """Refresh these apprenticeships (ids), but for those whose facts no rule can answer for: one such must not keep the
    others waiting. Returns the ids of those; they stay behind and are tried again by each sweep."""
    if not keys:
        return []
    try:
        refresh(apprenticeships=keys, as_of=timezone.localdate())
    except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
        raise  # no fault of any of them
    except Exception:
        if len(keys) == 1:
            log.exception("snapshot.not_refreshed", apprenticeship=keys[0])
            return keys
        half = len(keys) // 2
        return refresh_sparing(keys[:half]) + refresh_sparing(keys[half:])
    return []


@shared_task(name="reports.check_ledger")
def check_ledger(run=None):
    """Check everything that must hold of the ledger, some people per message; the result stays in a Run. `run`
    (id): go on with this one. Without: begin one, or take up the one that fell silent."""
    found = start_check() if run is None else live_runs(CHECK).filter(pk=run).first()
    if found is None:
        return
    until = time.monotonic() + CHECK_SECONDS
    if check_on(found, is_over=lambda: time.monotonic() > until and not current_app.conf.task_always_eager):
        conclude(found)
    else:
        check_ledger.apply_async(kwargs={"run": found.pk}, retry=False)
