"""Badges: a number on the floor, and the PIN that goes with it."""

from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from employers.models import Badge, Employer
from employers.permissions import require_manager
from employers.rules.pins import LIKE_BADGE, LONGEST, NOT_DIGITS, SHORTEST, TOO_LONG, TOO_SHORT, TOO_SIMPLE, pin_fault
from imt.accounts.actions.invitations import take_invitation
from imt.audit.actions import record


class BadgeRefused(ValueError):
    """The message says why and what to do; `field` is the form's."""

    def __init__(self, message, field):
        super().__init__(message)
        self.field = field


@transaction.atomic
def give_badge(*, user, employer, number, on, by):
    """From this day the user holds the badge of that number at the employer; one held before ends, its PIN goes over.
    Held already: nothing changes. Returns the Badge."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    require_manager(by, employer)
    number = number.strip()
    held = Badge.objects.filter(employer=employer, user=user, until_on__isnull=True).first()
    if held and held.number == number:
        return held
    other = Badge.objects.filter(employer=employer, number=number, until_on__isnull=True).select_related("user").first()
    if other:
        raise BadgeRefused(
            _("%(name)s holds badge %(number)s. End that badge first.") % {"name": other.user.name, "number": number},
            "number",
        )
    pin = ""
    if held:
        pin = held.pin
        _end(held, on)
    badge = Badge.objects.create(employer=employer, user=user, number=number, pin=pin, from_on=on)
    record("badge.given", by=by, subjects=[user, employer], details={"number": number, "from_on": on.isoformat()})
    return badge


@transaction.atomic
def end_badge(*, badge, on, by):
    """The last day of a badge: lost, or handed back."""
    require_manager(by, badge.employer)
    _end(badge, on)
    details = {"number": badge.number, "until_on": on.isoformat()}
    record("badge.ended", by=by, subjects=[badge.user, badge.employer], details=details)


def _end(badge, on):
    badge.until_on = max(on, badge.from_on)
    badge.save(update_fields=["until_on"])


@transaction.atomic
def set_pin(*, badge, pin, by):
    """The PIN of a badge, set by a manager. BadgeRefused for one that will not do."""
    require_manager(by, badge.employer)
    _save_pin(badge, pin)
    record("badge.pin_set", by=by, subjects=[badge.user, badge.employer], details={"number": badge.number})


@transaction.atomic
def choose_pin(*, badge, digest, pin, moment):
    """The PIN of a badge, chosen by the person with the code of an invitation (its digest). Returns the badge, or None
    where badge and code do not go together. InvitationOver as in `take_invitation`; BadgeRefused for the PIN."""
    if badge is None or not badge.user.invitations.filter(code_digest=digest).exists():
        return None
    _save_pin(badge, pin)
    take_invitation(digest=digest, moment=moment)
    record("badge.pin_chosen", by=badge.user, subjects=[badge.user, badge.employer], details={"number": badge.number})
    return badge


def badge_in_force(*, employer, number, on):
    """The Badge of that number on that day, None where there is none. On the day on which a number changes hands it is
    the new holder's."""
    badges = Badge.objects.in_force(on).filter(employer=employer, number=number.strip())
    return badges.select_related("user", "employer").order_by(F("until_on").desc(nulls_first=True)).first()


def holder_by_pin(badge, pin):
    """The user whose badge and PIN these are, else None. As much work is done whether the number is known or not."""
    nobodys = _nobodys_pin()
    is_right = check_password(pin, badge.pin if badge and badge.pin else nobodys)
    if not is_right or badge is None or not badge.pin:
        return None
    user = badge.user
    return user if user.is_active and user.kind == user.Kind.PERSON else None


@cache
def _nobodys_pin():
    return make_password("no badge has this one")


def _save_pin(badge, pin):
    if fault := pin_fault(pin, badge=badge.number):
        raise BadgeRefused(fault_said(fault), "pin")
    badge.pin = make_password(pin)
    badge.save(update_fields=["pin"])


def fault_said(fault):
    """A fault of `pin_fault` in words, with its repair."""
    return {
        NOT_DIGITS: _("A PIN is digits alone."),
        TOO_SHORT: _("Take at least %(count)d digits.") % {"count": SHORTEST},
        TOO_LONG: _("Take at most %(count)d digits.") % {"count": LONGEST},
        TOO_SIMPLE: _("This PIN is easy to guess: no runs, no repeats. Take another one."),
        LIKE_BADGE: _("The PIN may not hold the number of the badge. Take another one."),
    }[fault]
