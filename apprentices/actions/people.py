"""The person behind the apprenticeships: their way in."""

from django.db import transaction

from employers.permissions import require_keeper
from imt.audit.actions import record


@transaction.atomic
def give_sign_in(*, apprentice, user, by):
    """From now on this user is the apprentice. An act of staff: an e-mail that happens to be the same proves
    nothing."""
    require_keeper(by)
    apprentice.user = user
    apprentice.save(update_fields=["user"])
    record("apprentice.sign_in_given", by=by, subjects=[apprentice], details={"user": user.pk})
    return apprentice
