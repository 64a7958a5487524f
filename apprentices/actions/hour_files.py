"""A file of hours on its way in through the browser: uploaded, its columns and words settled, checked, repaired, taken
in. The checking and the taking in are done by a run (actions/hour_file_runs.py); here stands who asks for it and when.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.hour_shapes import remember_shape, remember_words
from apprentices.models import HourFile
from apprentices.permissions import imports_hours_of
from employers.permissions import NotAllowed
from imt.audit.actions import record
from imt.audit.models import Run
from imt.queue import wake

State = HourFile.State
WORK = "apprentices.work_on_hour_file"
MOST_IN_AN_HOUR = 60  # uploads of one user: each costs a check of up to 20,000 lines
CHECK, TAKE_IN = "hour file check", "hour file import"
IN_HAND = (State.UPLOADED, State.PREVIEWED, State.FAILED)  # a person's turn


class FileNotReady(ValueError):
    """The act is not due: the message says why. Nothing was changed."""


@transaction.atomic
def upload(*, employer, file_name, content, columns, day_first, by):
    """Keep an uploaded file with its columns as they were recognized; returns the HourFile. FileNotReady where the
    user has uploaded too many within the hour."""
    _require(employer, by)
    now = timezone.now()
    recent = HourFile.objects.filter(uploaded_by=by, uploaded_at__gt=now - timedelta(hours=1))
    if recent.count() >= MOST_IN_AN_HOUR:
        raise FileNotReady(
            _("%(count)d files were uploaded within an hour. Wait a while.") % {"count": MOST_IN_AN_HOUR}
        )
    hour_file = HourFile.objects.create(
        employer=employer,
        file_name=file_name[:255],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        columns=columns,
        day_first=day_first,
        uploaded_at=now,
        uploaded_by=by,
    )
    details = {"file": hour_file.file_name, "sha256": hour_file.sha256, "employer": employer.pk}
    record("hour_file.uploaded", by=by, subjects=[hour_file], details=details)
    return hour_file


@transaction.atomic
def name_columns(*, hour_file, columns, day_first, by, remember_as=""):
    """Settle what the columns are: {header text: field, "" where left out}. `remember_as`: the name under which the
    employer's files of this shape are known from now on."""
    found = _locked(hour_file, by)
    if (found.columns, found.day_first) != (columns, day_first):
        found.columns, found.day_first, found.repairs = columns, day_first, {}
        found.state, found.counts, found.outcomes = State.UPLOADED, {}, b""
        found.save(update_fields=["columns", "day_first", "repairs", "state", "counts", "outcomes"])
        record("hour_file.columns_named", by=by, subjects=[found], details={"columns": columns})
    if remember_as:
        remember_shape(employer=found.employer, name=remember_as, columns=columns, day_first=day_first, by=by)
    return found


@transaction.atomic
def settle_words(*, hour_file, words, by):
    """Keep what words of the file mean at its employer: {(field, as written): meaning}."""
    found = _locked(hour_file, by)
    remember_words(employer=found.employer, words=words, by=by)
    return found


@transaction.atomic
def check(*, hour_file, by, repairs=None):
    """Have the file checked, with these further repairs {line: {field: text}}; returns the Run."""
    found = _locked(hour_file, by)
    if repairs:
        for line, cells in repairs.items():
            found.repairs.setdefault(str(line), {}).update(cells)
        record("hour_file.repaired", by=by, subjects=[found], details={"repairs": repairs})
    return _start(found, CHECK, State.READING, by=by)


@transaction.atomic
def take_in(*, hour_file, by, approve=False, partial=False):
    """Have the file taken in, whole or its good part; `approve`: decide what it brings, too. Returns the Run."""
    found = _locked(hour_file, by)
    if found.state != State.PREVIEWED:
        raise FileNotReady(_("The file has not been checked yet."))
    if found.counts.get("error") and not partial:
        raise FileNotReady(_("The file has errors. Repair them, or take in the good part."))
    found.approve, found.partial = approve, partial
    return _start(found, TAKE_IN, State.TAKING_IN, by=by)


@transaction.atomic
def discard(*, hour_file, by):
    """Put the file aside: nothing of it was taken in, and nothing will be."""
    found = _locked(hour_file, by)
    found.state = State.DISCARDED
    found.save(update_fields=["state"])
    record("hour_file.discarded", by=by, subjects=[found])
    return found


def _require(employer, by):
    if not imports_hours_of(by, employer, on=timezone.localdate()):
        raise NotAllowed(_("These files are not yours to take in."))


def _locked(hour_file, by):
    """The file as it stands now, held until the commit; it must be a person's turn."""
    _require(hour_file.employer, by)
    found = (
        HourFile.objects.select_for_update(no_key=True, of=("self",)).select_related("employer").get(pk=hour_file.pk)
    )
    if found.state not in IN_HAND:
        raise FileNotReady(
            _("The file is not at that point: it is “%(state)s”.") % {"state": found.get_state_display()}
        )
    return found


def _start(hour_file, kind, state, *, by):
    lines = sum(hour_file.counts.values())
    run = Run.objects.create(kind=kind, total=lines, arguments={"hour_file": hour_file.pk}, queued_by=by)
    hour_file.run, hour_file.state, hour_file.error = run, state, ""
    hour_file.save(update_fields=["run", "state", "error", "repairs", "approve", "partial"])
    wake(WORK, hour_file=hour_file.pk)
    return run
