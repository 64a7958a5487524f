"""Inviting: a code with which somebody chooses a password (or, at a tablet, a PIN) for the first time.

Who may invite whom is asked by the acts above, where memberships are known; these are their one way to a code."""

from datetime import timedelta

from django.db import transaction

from imt.accounts.actions.people import system_user
from imt.accounts.models import Invitation, User
from imt.accounts.notifications import queue
from imt.audit.actions import record
from imt.codes import digest_of, new_code
from imt.queue import wake

GOOD_FOR = timedelta(days=14)


class SignsInAlready(ValueError):
    """A password is set: a further code would open somebody's account to whoever holds the paper."""


class InvitationOver(ValueError):
    """The code was used, withdrawn, or came too late; `standing` says which, `invitation` is the row."""

    def __init__(self, invitation, standing):
        super().__init__(standing)
        self.invitation, self.standing = invitation, standing


@transaction.atomic
def invite(*, user, by, moment):
    """(Invitation, code). The code is shown now and never again; one that was open before is withdrawn."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.email and user.has_usable_password():
        raise SignsInAlready(user.pk)
    Invitation.objects.filter(user=user, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=moment
    )
    code = new_code()
    invitation = Invitation.objects.create(
        user=user, code_digest=digest_of(code), invited_at=moment, invited_by=by, expires_at=moment + GOOD_FOR
    )
    record("invitation.made", by=by, subjects=[user], details={"invitation": invitation.pk})
    return invitation, code


@transaction.atomic
def invite_by_mail(*, user, where, by, moment):
    """As `invite`, by mail: the code is made when the mail is sent, so that it stands nowhere else. `where`: what one
    is invited to, as the mail names it."""
    invitation, _code = invite(user=user, by=by, moment=moment)
    details = {"invitation": invitation.pk, "by": by.name, "where": where}
    queue("account.invited", to=[user], details=details, moment=moment)
    wake("accounts.send_notices")
    return invitation


@transaction.atomic
def withdraw_invitation(*, user, by, moment):
    """The user's open code is worth nothing from now on; without one nothing changes."""
    if Invitation.objects.open(at=moment).filter(user=user).update(withdrawn_at=moment):
        record("invitation.withdrawn", by=by, subjects=[user])


@transaction.atomic
def accept_invitation(*, digest, password, moment):
    """The user of this invitation, with this password from now on; None where there is no such code. InvitationOver
    where it is too late. The password was validated by the form."""
    invitation = take_invitation(digest=digest, moment=moment)
    if invitation is None:
        return None
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    record("invitation.accepted", by=user, subjects=[user], details={"invitation": invitation.pk})
    return user


def take_invitation(*, digest, moment):
    """The open Invitation, locked and marked as accepted inside the caller's transaction; None where there is none, and
    InvitationOver where it was used, withdrawn or came too late."""
    found = Invitation.objects.select_for_update(of=("self",)).select_related("user").filter(code_digest=digest)
    invitation = found.first()
    if invitation is None:
        return None
    standing = invitation.standing(at=moment)
    if standing != Invitation.Standing.OPEN:
        raise InvitationOver(invitation, standing)
    invitation.accepted_at = moment
    invitation.save(update_fields=["accepted_at"])
    return invitation


def record_refusal(invitation, standing):
    """Somebody came with a code that is no longer good: worth knowing, whoever it was."""
    details = {"invitation": invitation.pk, "standing": str(standing)}
    record("invitation.refused", by=system_user(), subjects=[invitation.user], details=details)
