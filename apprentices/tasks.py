"""What workers do with files of hours, and what the clock asks for. Which file waits, and what was told, stands in
rows; a message only says *look now*, and the next one makes good what a lost message or a killed worker left."""

import structlog
from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.hour_file_runs import Overtaken, begin, close_file, give_up, keep_preview, waiting_files
from apprentices.actions.hours_import import FileOfHours, import_hours
from apprentices.actions.hours_staging import outcomes_by_line, staging
from apprentices.actions.morning_reminders import remind_this_morning
from apprentices.files.hour_previews import packed, preview_of
from apprentices.files.hour_shapes import open_uploaded
from apprentices.queries.hour_file_words import people_of_files
from employers.permissions import NotAllowed
from imt.audit.actions import note_error, origin
from imt.sheets import TableRefused

log = structlog.get_logger(__name__)


@shared_task(name="apprentices.take_up_hour_files")
def take_up_hour_files():
    """Work on every file whose run waits, or fell silent."""
    for key in waiting_files():
        work_on_hour_file.apply_async(kwargs={"hour_file": key}, retry=False)


@shared_task(name="apprentices.work_on_hour_file")
def work_on_hour_file(hour_file):
    """Check the file with this id, or take it in, as its state says. Safe to run twice and side by side."""
    work = begin(hour_file)
    if work is None:
        return
    try:
        with origin("task apprentices.work_on_hour_file"):
            _work_on(work)
    except Overtaken:
        log.warning("hour_file.overtaken", hour_file=hour_file)
    except Exception as error:
        note_error(work.hour_file.run_id, repr(error)[:500])
        raise


def _work_on(work):
    """Judge the file, and write it where that was asked, by the action that the command uses."""
    found, by = work.hour_file, work.hour_file.run.queued_by
    try:
        records = open_uploaded(found)
        people = people_of_files(by, found.employer, on=timezone.localdate())
        file = FileOfHours(
            name=found.file_name,
            sha256=found.sha256,
            by=by,
            day_first=found.day_first,
            approve=found.approve and work.takes_in,
            partial=found.partial,
            dry_run=not work.takes_in,
        )
        with staging() as private:

            def outcomes():
                return packed(preview_of(records, outcomes_by_line(private)))

            def conclude(taken):
                if taken.batch is not None:
                    close_file(work, taken=taken, outcomes=outcomes())

            taken = import_hours(
                records=records,
                people=people,
                private=private,
                file=file,
                progress=work.progress,
                conclude=conclude,
            )
            if taken.batch is None:
                keep_preview(work, counts=taken.counts, outcomes=outcomes(), error=_why(work, taken))
    except TableRefused as error:
        give_up(work, str(error))
    except NotAllowed as error:
        keep_preview(work, counts=found.counts, outcomes=bytes(found.outcomes), error=str(error))


def _why(work, taken):
    """Why nothing was written, where that was asked."""
    if not work.takes_in:
        return ""
    if taken.errors:
        return _("Nothing was taken in: something changed since the file was checked, and lines are wrong now.")
    return _("Everything in this file is known already: there was nothing to take in.")


@shared_task(name="apprentices.remind")
def remind():
    """Queue the reminders that are due this morning. Safe to run twice and side by side."""
    remind_this_morning(moment=timezone.now())
