"""The one way into the audit log."""

import contextlib
import contextvars

from django.utils import timezone

from imt.audit.models import AuditEvent

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
    at = timezone.now()
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                event=event,
                at=at,
                by=by,
                origin=_origin.get(),
                subject_type=subject._meta.label_lower,
                subject_id=subject.pk,
                details=(details(subject) if callable(details) else details) or {},
            )
            for subject in subjects
        ],
        batch_size=1000,
    )
