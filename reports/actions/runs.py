"""Long runs whose progress can be watched: at most one of a kind is under way.

The rows that are still to be done say what is left; a run only says how far it is. A run without a sign of life is
taken up again by the sweep, and the third start that dies marks it failed."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from imt.accounts.actions import system_user
from imt.accounts.models import User
from imt.audit.actions import STARTS, fail, silent
from imt.audit.models import Run


@transaction.atomic
def start_run(kind, *, left, arguments=None):
    """Begin a run with `left` things to do, or take up the one that fell silent. None: somebody is at work on it."""
    user = system_user()
    # held until the commit: of two that start at once, the second sees the first's run
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    now = timezone.now()
    run = live_runs(kind).order_by("pk").last()
    if run is not None and not silent_runs(kind).filter(pk=run.pk).exists():
        return None
    if run is not None and run.starts >= STARTS:
        fail(run, f"started {run.starts} times and fell silent each time; {run.error}".rstrip("; "))
        run = None
    if run is None:
        return Run.objects.create(
            kind=kind,
            state=Run.State.RUNNING,
            total=left,
            starts=1,
            arguments=arguments or {},
            queued_at=now,
            beat_at=now,
            queued_by=user,
        )
    run.total = max(run.total, left)
    run.done = run.total - left
    run.starts += 1
    run.beat_at = now
    run.save(update_fields=["total", "done", "starts", "beat_at"])
    return run


def live_runs(kind):
    return Run.objects.filter(kind=kind, state__in=(Run.State.QUEUED, Run.State.RUNNING))


def silent_runs(kind):
    """Those under way without a sign of life: whoever worked at them died, or their messages were lost."""
    return silent(live_runs(kind))


def finish_runs(kind):
    """Nothing is left to do: whatever runs for it is done."""
    live_runs(kind).update(state=Run.State.DONE, done=F("total"), finished_at=timezone.now())
