"""An employer's own people: its managers invite them, change their role and end their membership."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from employers.models import Badge, Employer, EmployerMembership
from employers.permissions import require_manager
from imt.accounts.actions.invitations import withdraw_invitation
from imt.accounts.actions.people import create_person
from imt.accounts.models import User
from imt.audit.actions import record

DAY = timedelta(days=1)


class MemberRefused(ValueError):
    """Right person, wrong moment: the message says why and what to do. `field` of the form, "" for all of it."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_invited_member(*, name, email, employer, role, on, by):
    """From this day a person, new here or known, is a MANAGER or SUPERVISOR of the employer. Returns the membership.

    Sent twice it is one person: known again by e-mail, or without one by the name among those of this employer who have
    no e-mail either. An account of somebody who has nothing to do with this employer is refused: whose it is, the
    staff know."""
    employer = _locked(employer, by)
    user = _known(name, email, employer, by) or create_person(name=name, email=email, by=by)
    membership = user.employer_memberships.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), employer=employer, role=role
    ).first()
    if membership is None:
        membership = EmployerMembership.objects.create(user=user, employer=employer, role=role, from_on=on)
        details = {"user": user.pk, "role": str(role), "from_on": on.isoformat()}
        record("membership.added", by=by, subjects=[membership, employer], details=details)
    return membership


@transaction.atomic
def end_member(*, membership, on, by, today, moment):
    """The last day of a membership in an employer; the badge goes with the last one, an open invitation too. The last
    manager does not end their own: nobody would be left to invite the next."""
    employer = _locked(membership.employer, by)
    membership = EmployerMembership.objects.select_related("user").get(pk=membership.pk)
    if on < membership.from_on:
        raise MemberRefused(_("Not before the day on which it began."), "until_on")
    if _is_last_manager(membership, employer, by, after=on):
        raise MemberRefused(_("You are the only manager. Invite another one first, or ask the staff of the program."))
    membership.until_on = on
    membership.save(update_fields=["until_on"])
    details = {"until_on": on.isoformat()}
    record("membership.ended", by=by, subjects=[membership, employer], details=details)
    user = membership.user
    left = user.employer_memberships.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), employer=employer)
    if not left.exists():
        badges = Badge.objects.filter(user=user, employer=employer, until_on__isnull=True)
        badges.filter(from_on__gt=on).update(until_on=max(on, today))
        badges.update(until_on=on)
        if on <= today:
            withdraw_invitation(user=user, by=by, moment=moment)
    return membership


@transaction.atomic
def change_role(*, membership, role, on, by):
    """From this day the member has the other role: the old membership ends the day before. One that began on this day
    or later is put right in place. Returns the membership that holds."""
    employer = _locked(membership.employer, by)
    membership = EmployerMembership.objects.get(pk=membership.pk)
    if membership.role == role:
        return membership
    if membership.role == EmployerMembership.Role.MANAGER and _is_last_manager(membership, employer, by, after=on):
        raise MemberRefused(_("You are the only manager. Invite another one first, or ask the staff of the program."))
    was = membership.role
    if membership.from_on >= on:
        membership.role = role
        membership.save(update_fields=["role"])
    else:
        membership.until_on = on - DAY
        membership.save(update_fields=["until_on"])
        membership = EmployerMembership.objects.create(
            user_id=membership.user_id, employer=employer, role=role, from_on=on
        )
    details = {"user": membership.user_id, "was": str(was), "role": str(role), "from_on": on.isoformat()}
    record("membership.role_changed", by=by, subjects=[membership, employer], details=details)
    return membership


def _locked(employer, by):
    """The employer's row, held: two who end each other at once would else leave nobody."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    require_manager(by, employer)
    return employer


def _known(name, email, employer, by):
    people = User.objects.filter(kind=User.Kind.PERSON)
    if not email:
        here = people.filter(employer_memberships__employer=employer, email__isnull=True, name=name)
        return here.distinct().first()
    user = people.filter(email=email.strip().lower()).first()
    if user and not by.is_staff and not user.employer_memberships.filter(employer=employer).exists():
        raise MemberRefused(
            _("This e-mail address has an account already. Ask the staff of the program to add it."), "email"
        )
    return user


def _is_last_manager(membership, employer, by, *, after):
    is_own = membership.user_id == by.pk and not by.is_staff  # staff can still invite the next
    if membership.role != EmployerMembership.Role.MANAGER or not is_own:
        return False
    others = EmployerMembership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=after), employer=employer, role=membership.role
    )
    return not others.exclude(user=by).exists()
