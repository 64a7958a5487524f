"""The one way into the audit log."""

import contextlib
import contextvars
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from imt.audit.models import AuditEvent
from imt.tables import insert_rows

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
