"""Who signs in for an employer: its members and its apprentices, how far each has come, and with which badge."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apprentices.models import Apprentice, Apprenticeship
from apprentices.queries.crew import IN_PROGRAM, with_status
from employers.models import Badge, EmployerMembership, PairedDevice
from imt.accounts.models import Invitation, User

ENDED, SIGNED_IN, CAN, INVITED, EXPIRED, NOT_YET = "ENDED", "SIGNED_IN", "CAN", "INVITED", "EXPIRED", "NOT_YET"
LABELS = {
    ENDED: _("Ended"),
    SIGNED_IN: _("Signs in"),
    CAN: _("Can sign in"),
    INVITED: _("Invited"),
    EXPIRED: _("Invitation expired"),
    NOT_YET: _("Not invited yet"),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody comes in. `apprentice`, `membership`, `user`, `badge`: rows, or None; `state`: one of LABELS."""

    name: str
    user: User | None
    membership: EmployerMembership | None
    apprentice: Apprentice | None
    badge: Badge | None
    state: str

    @property
    def state_label(self):
        return LABELS[self.state]


@dataclass(frozen=True, slots=True)
class People:
    members: list[SignIn]
    apprentices: list[SignIn]
    devices: list[PairedDevice]


def people_of(employer, *, today, moment):
    """The People of an employer: members by name, those who left last; apprentices in the program, by name."""
    memberships = list(
        EmployerMembership.objects.filter(employer=employer).select_related("user").order_by("user__name", "from_on")
    )
    in_program = with_status(Apprenticeship.objects.filter(employer=employer), on=today).filter(status__in=IN_PROGRAM)
    apprentices = list(
        Apprentice.objects.filter(pk__in=in_program.values("apprentice"))
        .select_related("user")
        .order_by("last_name", "first_name", "pk")
    )
    users = {row.user_id for row in memberships} | {one.user_id for one in apprentices if one.user_id}
    badges = _badges(employer, users)
    standings = _standings(users, moment)

    def sign_in(name, user, membership=None, apprentice=None):
        is_over = membership is not None and membership.until_on is not None and membership.until_on < today
        return SignIn(
            name=name,
            user=user,
            membership=membership,
            apprentice=apprentice,
            badge=badges.get(user.pk) if user else None,
            state=ENDED if is_over else _state(user, badges, standings),
        )

    members = [sign_in(str(row.user), row.user, membership=row) for row in memberships]
    return People(
        members=sorted(members, key=lambda one: one.state == ENDED),
        apprentices=[sign_in(str(one), one.user, apprentice=one) for one in apprentices],
        devices=list(PairedDevice.objects.filter(employer=employer, withdrawn_at__isnull=True)),
    )


def sign_in_of(user, employer, *, moment):
    """(badge or None, state) of one user at the employer."""
    badges = _badges(employer, {user.pk})
    return badges.get(user.pk), _state(user, badges, _standings({user.pk}, moment))


def _badges(employer, users):
    badges = Badge.objects.filter(employer=employer, user__in=users, until_on__isnull=True)
    return {badge.user_id: badge for badge in badges}


def _standings(users, moment):
    """{user id: how the newest invitation stands}."""
    newest = Invitation.objects.filter(user__in=users).order_by("invited_at", "pk")
    return {row.user_id: row.standing(at=moment) for row in newest}


def _state(user, badges, standings):
    if user is None:
        return NOT_YET
    badge = badges.get(user.pk)
    if user.last_login:
        return SIGNED_IN
    if user.has_usable_password() or (badge and badge.pin):
        return CAN
    standing = standings.get(user.pk)
    return {Invitation.Standing.OPEN: INVITED, Invitation.Standing.EXPIRED: EXPIRED}.get(standing, NOT_YET)
