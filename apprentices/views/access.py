"""Whose rows a page may show: one place, so that a stranger's row answers exactly like a missing one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from apprentices.models import Apprenticeship, HourEntry

SHOWN = ("apprentice", "employer", "standards__sponsor")


def visible_apprenticeship(user, ref):
    """The Apprenticeship of that reference, 404 where the user may not see it or there is none."""
    return get_object_or_404(Apprenticeship.objects.visible_to(user).select_related(*SHOWN), ref=ref)


def own_apprenticeship(user, ref=""):
    """The user's own Apprenticeship of that reference; without one the latest. 404 where there is none."""
    own = Apprenticeship.objects.filter(apprentice__user=user).select_related(*SHOWN)
    if ref:
        return get_object_or_404(own, ref=ref)
    latest = own.order_by("-registered_on", "-pk").first()
    return latest or get_object_or_404(own)


def visible_entry(user, key):
    """The HourEntry with that key, 404 where the user may not see its apprenticeship."""
    entries = HourEntry.objects.select_related("work_process", "logged_by", "timesheet")
    return get_object_or_404(entries.filter(apprenticeship__in=Apprenticeship.objects.visible_to(user)), pk=key)


def is_permitted(permission, user, apprenticeship, *, on):
    """Whether a permission of `apprentices.permissions` (a function of user, queryset and day) holds for this one."""
    return permission(user, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=on).exists()


def refuse_unless(permitted):
    """Your row, not your act: 403."""
    if not permitted:
        raise PermissionDenied
