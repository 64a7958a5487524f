"""The runs that check files of hours and take them in. Whoever works at one holds a numbered start of it: what a start
that fell silent still writes is rolled back, so that a file is taken in once, and whole, or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.models import HourFile
from imt.audit.actions import STARTS, advance, fail, record, silent
from imt.audit.models import Run

State = HourFile.State
AT_WORK = (State.READING, State.TAKING_IN)


@dataclass(frozen=True, slots=True)
class Work:
    """One start of the run of a file."""

    hour_file: HourFile
    start: int

    @property
    def takes_in(self):
        return self.hour_file.state == State.TAKING_IN

    def progress(self, lines):
        """So many further lines are read: told at once, seen by whoever watches."""
        advance(self.hour_file.run_id, lines)


class Overtaken(Exception):
    """This start of the run was given up meanwhile: another one does the work."""


def waiting_files():
    """Ids of the files whose run waits for a worker, or lost the one that it had."""
    silent_runs = silent(Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING)))
    return list(
        HourFile.objects.filter(state__in=AT_WORK, run__in=silent_runs).order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def begin(key):
    """Start, or take up, the run of the file with that id: its Work. None where there is nothing to do, somebody is at
    it, or it died too often and has failed."""
    files = HourFile.objects.filter(pk=key, state__in=AT_WORK).select_related("run__queued_by", "employer")
    found = files.select_for_update(no_key=True, of=("self",)).first()
    if found is None:
        return None
    run = found.run
    if run.state == Run.State.RUNNING and not silent(Run.objects.filter(pk=run.pk)).exists():
        return None
    if run.starts >= STARTS:
        fail(run, f"started {run.starts} times and fell silent each time; {run.error}".rstrip("; "))
        found.state = State.FAILED
        found.error = _("The work stopped %(times)d times before its end. Nothing was taken in. Try again.") % {
            "times": run.starts
        }
        found.save(update_fields=["state", "error"])
        return None
    run.state, run.beat_at, run.done = Run.State.RUNNING, timezone.now(), 0
    run.starts += 1
    run.save(update_fields=["state", "beat_at", "done", "starts"])
    return Work(found, run.starts)


@transaction.atomic
def keep_preview(work, *, counts, outcomes, error=""):
    """The file was checked and nothing written: what was said of its lines; `error`: why, where more was asked."""
    found = _held(work)
    found.state, found.counts, found.outcomes, found.error = State.PREVIEWED, counts, outcomes, error
    found.save(update_fields=["state", "counts", "outcomes", "error"])
    _done(found.run, sum(counts.values()))


def close_file(work, *, taken, outcomes):
    """The file was taken in. Runs in the transaction that writes its hours: with them, or not at all."""
    found = _held(work)
    found.state, found.counts, found.outcomes, found.batch = State.TAKEN_IN, taken.counts, outcomes, taken.batch
    found.save(update_fields=["state", "counts", "outcomes", "batch"])
    _done(found.run, sum(taken.counts.values()))
    details = {"batch": taken.batch.pk, "counts": taken.counts, "approved": found.approve, "repairs": found.repairs}
    record("hour_file.taken_in", by=found.run.queued_by, subjects=[found], details=details)


@transaction.atomic
def give_up(work, error):
    """The file cannot be read or taken in, and trying again changes nothing: `error` says why."""
    found = _held(work)
    found.state, found.error = State.FAILED, error
    found.save(update_fields=["state", "error"])
    fail(found.run, error)


def _held(work):
    """The file of a start that still counts, held until the commit; else Overtaken."""
    files = HourFile.objects.select_for_update(no_key=True, of=("self",)).select_related("run__queued_by")
    found = files.get(pk=work.hour_file.pk)
    same = found.run_id == work.hour_file.run_id and found.run.starts == work.start
    if not same or found.state != work.hour_file.state or found.run.state != Run.State.RUNNING:
        raise Overtaken
    return found


def _done(run, lines):
    run.state, run.total, run.done, run.finished_at = Run.State.DONE, lines, lines, timezone.now()
    run.save(update_fields=["state", "total", "done", "finished_at"])
