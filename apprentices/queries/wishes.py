"""Wishes of apprentices: the committee's list."""

from apprentices.models import Apprenticeship, Wish


def wishes_of(user, *, answered):
    """Wishes about others that the user may read: open ones oldest first, answered ones newest first."""
    visible = Apprenticeship.objects.visible_to(user).exclude(apprentice__user=user)
    found = Wish.objects.filter(apprenticeship__in=visible, answered_at__isnull=not answered)
    order = ("-answered_at", "-pk") if answered else ("wished_at", "pk")
    return with_people(found).order_by(*order)


def with_people(wishes):
    """Wishes with whom they name."""
    return wishes.select_related(
        "apprenticeship__apprentice", "apprenticeship__employer", "wished_by", "answered_by", "review"
    )
