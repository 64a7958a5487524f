"""Making users. Which employer, local or sponsor a user belongs to is a row of the upper apps."""

from django.db import transaction

from imt.accounts.models import User
from imt.audit.actions import record


def system_user():
    """This system's own user: who acts when nobody does (sweeps, commands without --by). Made on first use."""
    user, _created = User.objects.get_or_create(
        kind=User.Kind.SYSTEM, defaults={"name": "IMT", "password": "!", "is_active": False}
    )
    return user


@transaction.atomic
def create_person(*, name, email="", password=None, by, **roles):
    """A person who may sign in once there is a password or another way in. `roles`: is_staff, is_auditor,
    is_equal_opportunity. An e-mail that is taken raises IntegrityError."""
    user = User.objects.create_user(name=name, email=email, password=password, **roles)
    record(
        "user.created", by=by, subjects=[user], details={"roles": sorted(role for role, held in roles.items() if held)}
    )
    return user
