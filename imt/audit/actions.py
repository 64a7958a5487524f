"""The one way into the audit log; and how far a long run is, for those who watch it."""

import contextlib
import contextvars
import json
import re
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from imt.audit.models import AuditEvent, Run
from imt.fields import EncryptedTextField
from imt.tables import insert_rows

SILENT_AFTER = timedelta(seconds=20)  # below the sweep's interval: the second sweep after a death takes the work up
STARTS = 3

_origin = contextvars.ContextVar("origin", default="")


@contextlib.contextmanager
def origin(text):
    """Say from where the acts inside come: `web 10.0.0.7`, `command import_hours`, `task reports.refresh_progress`."""
    token = _origin.set(text[:200])
    try:
        yield
    finally:
        _origin.reset(token)


def record(event, *, by, subjects, details=None):
    """Write one row per subject in one insert, inside the caller's transaction.

    `event` is `noun.past_tense`; `subjects` are saved model instances; `details` is one dict for all of them, or a
    function of the subject that returns one. Encrypted values never belong in details."""
    rows = [
        (subject._meta.label_lower, subject.pk, (details(subject) if callable(details) else details) or {})
        for subject in subjects
    ]
    _insert(event, by, rows)


def record_keys(event, *, by, model, details):
    """As `record`, for many subjects of one model: `details` {primary key: dict}."""
    _insert(event, by, ((model._meta.label_lower, key, of_key) for key, of_key in details.items()))


def _insert(event, by, rows):
    at, origin_text = timezone.now(), _origin.get()
    insert_rows(
        AuditEvent._meta.db_table,
        ("event", "at", "by_id", "origin", "subject_type", "subject_id", "details"),
        (
            (event, at, by.pk, origin_text, subject_type, subject_id, json.dumps(details, cls=DjangoJSONEncoder))
            for subject_type, subject_id, details in rows
        ),
    )


@transaction.atomic
def save_row(row, *, by):
    """Save a plain row (an employer, an agency, a setting) and record it as `noun.added` or `noun.changed`, with what
    each changed field was before and is now. Encrypted fields are named, their values left out.

    For rows that are neither facts nor claims: those have actions of their own."""
    model = type(row)
    stored = model.objects.filter(pk=row.pk).first() if row.pk else None
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    row.full_clean()
    row.save()
    changed = {
        field.name: _told(field, stored, row)
        for field in fields
        if stored is None or getattr(stored, field.attname) != getattr(row, field.attname)
    }
    noun = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    if changed:
        record(f"{noun}.{'changed' if stored else 'added'}", by=by, subjects=[row], details=changed)
    return row


def _told(field, stored, row):
    """[before, now] as text; None where there was or is nothing."""
    if isinstance(field, EncryptedTextField):
        return ["…", "…"]
    return [None if one is None else _text(getattr(one, field.attname)) for one in (stored, row)]


def _text(value):
    return value if value is None or isinstance(value, bool | int) else str(value)


def silent(runs):
    """Those of a queryset of live Runs that show no sign of life: whoever worked at them died, or their messages were
    lost."""
    return runs.filter(Q(beat_at__isnull=True) | Q(beat_at__lt=timezone.now() - SILENT_AFTER))


def advance(run, done):
    """`done` more things of the run (id) are done; 0 is a sign of life."""
    live = Run.objects.filter(pk=run, state=Run.State.RUNNING)
    live.update(done=Least(F("done") + done, F("total")), beat_at=timezone.now())


def note_error(run, error):
    """Keep what went wrong in a run (id) that goes on."""
    Run.objects.filter(pk=run, state=Run.State.RUNNING).update(error=error)


def fail(run, error):
    """The run (a Run) is over without having done all."""
    run.state, run.error, run.finished_at = Run.State.FAILED, error, timezone.now()
    run.save(update_fields=["state", "error", "finished_at"])
