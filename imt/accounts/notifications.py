"""Telling people: a notice becomes a mail in the reader's own language.

The words stand in templates/notices/<kind>.txt, the subject on the first line."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override

from imt.accounts.models import Notice


def queue(kind, *, to, details, moment):
    """Put down, in the caller's transaction, that `kind` is to be told to these users. Returns the notices."""
    return Notice.objects.bulk_create(
        Notice(
            kind=kind,
            to=user,
            details=details,
            queued_at=moment,
            state=Notice.State.QUEUED if user.email else Notice.State.NO_ADDRESS,
        )
        for user in to
    )


def send(notice):
    """Send one notice now. What the mail server says against it comes through as an OSError or SMTPException."""
    with override(notice.to.language or "en"):
        text = render_to_string(f"notices/{notice.kind}.txt", {"to": notice.to, **notice.details})
    subject, _line_feed, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [notice.to.email])
