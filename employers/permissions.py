"""Who keeps the program (registers people, loads standards, enters records), and who somebody is in an employer, a
union local or a sponsor: rows that hold today. Each is a function of one user that answers yes or no."""

from django.utils.translation import gettext as _

from employers.models import EmployerMembership
from imt.accounts.models import User
from imt.accounts.permissions import is_staff, signed_in


class NotAllowed(PermissionError):
    """The actor may not do this; the message says to a person why."""


def keeps_program(user):
    """The intermediary's staff, and this system itself (imports without --by, demo)."""
    return user.kind == User.Kind.SYSTEM or is_staff(user)


def require_keeper(user):
    """NotAllowed unless the user keeps the program."""
    if not keeps_program(user):
        raise NotAllowed(_("Only the intermediary's staff may do this."))


def has_membership(user):
    """Acts or acted for an employer, a local or a sponsor: sees other people's hours, and may approve them."""
    return user.employer_memberships.exists() or user.local_memberships.exists() or user.sponsor_memberships.exists()


def is_manager(user):
    """Runs an employer's program: logs and decides on hours."""
    return signed_in(user) and _holds(user, EmployerMembership.Role.MANAGER)


def is_supervisor(user):
    """Logs and decides on hours of an employer's apprentices."""
    return signed_in(user) and _holds(user, EmployerMembership.Role.SUPERVISOR)


def runs_employer(user, employer):
    """May change how this employer's hours run: its managers of today, and who keeps the program."""
    managers = user.employer_memberships.in_force().filter(employer=employer, role=EmployerMembership.Role.MANAGER)
    return keeps_program(user) or (signed_in(user) and managers.exists())


def require_manager(user, employer):
    """NotAllowed unless the user is a manager of the employer today, or keeps the program."""
    if not runs_employer(user, employer):
        raise NotAllowed(_("Only the employer's managers and the intermediary's staff may do this."))


def approves_hours(user):
    """A manager or a supervisor of any employer."""
    return signed_in(user) and user.employer_memberships.in_force().exists()


def is_labor(user):
    """Belongs to a union local: reads the progress of the people of the employers that it covers."""
    return signed_in(user) and user.local_memberships.in_force().exists()


def is_sponsor_member(user):
    """Belongs to a sponsor: reads the progress of everyone under its standards."""
    return signed_in(user) and user.sponsor_memberships.in_force().exists()


def _holds(user, role):
    return user.employer_memberships.in_force().filter(role=role).exists()
