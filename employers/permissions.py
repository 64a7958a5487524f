"""Who keeps the program: registers people, loads standards, enters records."""

from django.utils.translation import gettext as _

from imt.accounts.models import User
from imt.accounts.permissions import is_staff


class NotAllowed(PermissionError):
    """The actor may not do this; the message says to a person why."""


def keeps_program(user):
    """The intermediary's staff, and this system itself (imports without --by, demo)."""
    return user.kind == User.Kind.SYSTEM or is_staff(user)


def require_keeper(user):
    """NotAllowed unless the user keeps the program."""
    if not keeps_program(user):
        raise NotAllowed(_("Only the intermediary's staff may do this."))
