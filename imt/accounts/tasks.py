"""Sending what is queued, one notice a transaction, so that none is sent twice for another one's fault."""

from smtplib import SMTPException

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from imt.accounts.models import Notice
from imt.accounts.notifications import Overtaken, send

MOST_ATTEMPTS = 5
AT_ONCE = 500


@shared_task(name="accounts.send_notices")
def send_notices():
    """Send the notices that are queued, oldest first. Safe to run twice and side by side: each is locked while it is
    sent, and a worker passes over what another one holds."""
    for key in Notice.objects.unsent().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            queued = Notice.objects.unsent().select_related("to").filter(pk=key)
            if notice := queued.select_for_update(
                skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",)
            ).first():
                _send(notice)


def _send(notice):
    notice.attempts += 1
    try:
        send(notice)
    except (SMTPException, OSError) as error:
        notice.error = repr(error)
        if notice.attempts >= MOST_ATTEMPTS:
            notice.state = Notice.State.FAILED
    except Overtaken as reason:
        notice.state, notice.error = Notice.State.FAILED, str(reason)
    else:
        notice.state, notice.sent_at, notice.error = Notice.State.SENT, timezone.now(), ""
    notice.save(update_fields=["attempts", "state", "sent_at", "error"])
