"""Imports as pages list them, without the bytes of their files."""

from apprentices.models import HourFile

HEAVY = ("content", "outcomes", "repairs", "columns")


def imports_of(user, *, employer=None):
    """The HourFiles that the user may see, latest first; put aside ones left out."""
    found = HourFile.objects.visible_to(user).exclude(state=HourFile.State.DISCARDED)
    if employer is not None:
        found = found.filter(employer=employer)
    return found.select_related("employer", "uploaded_by", "batch__undone_by", "run").defer(*HEAVY)
