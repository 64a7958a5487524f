import time

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from imt.audit.actions import advance
from imt.audit.models import Run
from imt.queue import wake
from reports.actions.runs import finish_runs, start_run
from reports.actions.snapshots import mark_all_behind
from reports.queries.snapshots import behind
from reports.tasks import CHUNK, REFRESH, chunks_of, refresh_sparing

POLL_SECONDS = 0.2


class Command(BaseCommand):
    help = "Bring every progress snapshot up to its facts: through the workers, or here where there is no broker."

    def add_arguments(self, parser):
        parser.add_argument("--wait", action="store_true", help="until no snapshot is behind; exit 1 if a run fails")
        parser.add_argument("--all", action="store_true", help="make all anew, also those that are up to their facts")
        parser.add_argument("--limit", type=float, default=600, metavar="SECONDS", help="wait no longer; default: 600")

    def handle(self, *, limit, **options):
        if options["all"]:
            mark_all_behind()
        began = timezone.now()
        total = _behind().count()
        if not total:
            self.stdout.write("no snapshot is behind")
        elif current_app.conf.task_always_eager:
            self._refresh_here(total)
        else:
            wake("reports.refresh_progress")
            self.stdout.write(f"{total} snapshots are behind; the workers are asked")
            if options["wait"]:
                self._wait(total, began, limit)

    def _refresh_here(self, total):
        """The same chunks as the workers', one after the other; a run shows others how far a long one is."""
        keys = list(_behind().order_by("pk").values_list("pk", flat=True))
        run = start_run(REFRESH, left=len(keys)) if len(keys) > CHUNK else None
        spared = []
        with tqdm(total=total, unit=" snapshots", disable=None) as bar:
            for chunk in chunks_of(keys):
                spared += refresh_sparing(chunk)
                bar.update(len(chunk))
                if run is not None:
                    advance(run.pk, len(chunk))
        if run is not None and not spared:
            finish_runs(REFRESH)
        if spared:
            raise CommandError(f"{len(spared)} of {total} could not be refreshed, first apprenticeship {spared[0]}")
        self.stdout.write(f"{total} snapshots refreshed")

    def _wait(self, total, began, limit):
        """Until the rows say that all is done; the messages on the way to the workers say nothing about that."""
        until = time.monotonic() + limit
        with tqdm(total=total, unit=" snapshots", disable=None) as bar:
            while left := _behind().count():
                bar.update(max(0, total - left - bar.n))
                failed = Run.objects.filter(kind=REFRESH, state=Run.State.FAILED, finished_at__gte=began).first()
                if failed is not None:
                    raise CommandError(f"the run failed: {failed.error}")
                if time.monotonic() > until:
                    raise CommandError(f"{left} snapshots are still behind after {limit:.0f} seconds")
                time.sleep(POLL_SECONDS)
            bar.update(total - bar.n)
        self.stdout.write(f"{total} snapshots refreshed")


def _behind():
    return behind(today=timezone.localdate())
