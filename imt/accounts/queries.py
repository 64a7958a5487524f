"""What somebody was told."""

from datetime import datetime, timedelta

from django.utils import timezone

from imt.accounts.models import Notice

SHOWN_FOR = timedelta(days=14)


def notices_of(user):
    """The user's Notices, the newest first; not the mails whose one use is their link."""
    shown = Notice.objects.filter(to=user).exclude(kind__in=("account.invited", "account.password_reset"))
    return shown.select_related("to").order_by("-pk")


def told_lately(user, *, since):
    """What was put down for the user since that moment (ISO text, "" for: ever), of the last two weeks."""
    from_at = timezone.now() - SHOWN_FOR
    if since:
        from_at = max(from_at, datetime.fromisoformat(since))
    return notices_of(user).filter(queued_at__gte=from_at)[:10]
