"""Links with which a named mentor without an account decides on one version of one week, once.

The token is in the link alone; here is its SHA-256. Whoever makes a link must themselves be allowed to approve that
version: a link lends a decision, it never makes one possible that would be refused."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions import hours
from apprentices.actions.facts import lock_facts
from apprentices.models import Apprenticeship, ApprovalLink, Timesheet
from apprentices.permissions import decidable_by
from apprentices.rules.approval_links import CHANGED, GOOD_FOR, why_closed
from employers.queries.calendars import today_at
from imt.accounts.models import User
from imt.audit.actions import record
from imt.codes import digest_of_token


class LinkRefused(ValueError):
    """No link is made; the message says why."""


class LinkClosed(ValueError):
    """The link opens nothing any more; `why` is a word of rules/approval_links.py."""

    def __init__(self, link, why):
        super().__init__(why)
        self.link, self.why = link, why


@transaction.atomic
def make_link(*, timesheet, mentor, by, on):
    """A link for a mentor, named in words, to decide on the present version of a submitted Timesheet. Returns
    (ApprovalLink, token); the token is never known again. Raises LinkRefused."""
    mentor = " ".join(mentor.split())
    _refuse_unless(mentor, _("Name the mentor."))
    own = Apprenticeship.objects.filter(pk=timesheet.apprenticeship_id)
    _refuse_unless(decidable_by(by, own, on=on).exists(), _("This week is not yours to decide on."))
    moment = lock_facts([timesheet.apprenticeship_id])
    week = Timesheet.objects.select_related("apprenticeship__apprentice").get(pk=timesheet.pk)
    _refuse_unless(week.state == Timesheet.State.SUBMITTED, _("The week does not wait for a decision."))
    alone = hours.second_person_missing([week], by=by, on=on)
    _refuse_unless(not alone, alone.get(week.pk, ""))
    is_own = mentor.casefold() == str(week.apprenticeship.apprentice).casefold()
    _refuse_unless(not is_own, _("Nobody decides on their own hours."))
    user = User.objects.create_user(name=mentor, kind=User.Kind.LINK, is_active=False)
    token = secrets.token_urlsafe(32)
    link = ApprovalLink.objects.create(
        timesheet=week,
        version=week.version,
        user=user,
        token_digest=digest_of_token(token),
        made_at=moment,
        made_by=by,
        expires_at=moment + GOOD_FOR,
    )
    record("approval_link.made", by=by, subjects=[week], details=_details(link))
    return link, token


@transaction.atomic
def withdraw_link(*, link, by, on):
    """The link opens nothing from now on. Raises LinkRefused where it is not the user's to withdraw."""
    own = Apprenticeship.objects.filter(pk=link.timesheet.apprenticeship_id)
    _refuse_unless(decidable_by(by, own, on=on).exists(), _("This week is not yours to decide on."))
    now = timezone.now()
    if ApprovalLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now).update(expires_at=now):
        record("approval_link.withdrawn", by=by, subjects=[link.timesheet], details=_details(link))


def open_link(token):
    """The ApprovalLink of a token that still opens, with its week. ApprovalLink.DoesNotExist for a token that nobody
    made, LinkClosed for one that was used, is over, or names what has changed."""
    link = _links().get(token_digest=digest_of_token(token))
    why = _why_closed(link)
    if why:
        raise LinkClosed(link, why)
    return link


def decide_by_link(*, token, approve, reason=""):
    """The mentor's decision: approved, or returned with a reason. Returns the Timesheet. Raises as `open_link`."""
    with transaction.atomic():
        digest = digest_of_token(token)
        # of two at once the second waits here, and finds it used
        list(ApprovalLink.objects.select_for_update(no_key=True, of=("self",)).filter(token_digest=digest))
        link = open_link(token)
        week, versions = link.timesheet, {link.timesheet_id: link.version}
        about = {"timesheets": [week.pk], "by": link.user, "versions": versions, "on": _today(link)}
        (outcome,) = hours.approve(**about) if approve else hours.return_(**about, reason=reason)
        if not outcome.is_done:
            raise LinkClosed(link, CHANGED)
        ApprovalLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
        record("approval_link.used", by=link.user, subjects=[week], details=_details(link))
    return outcome.timesheet


@transaction.atomic
def note_closed(closed):
    """Write down that somebody opened a link that is closed."""
    details = {**_details(closed.link), "why": closed.why}
    record("approval_link.refused", by=closed.link.user, subjects=[closed.link.timesheet], details=details)


def _links():
    return ApprovalLink.objects.select_related(
        "user", "made_by", "timesheet__apprenticeship__apprentice", "timesheet__apprenticeship__employer"
    )


def _why_closed(link):
    week = link.timesheet
    own = Apprenticeship.objects.filter(pk=week.apprenticeship_id)
    return why_closed(
        used_at=link.used_at,
        expires_at=link.expires_at,
        now=timezone.now(),
        is_same_version=(week.state, week.version) == (Timesheet.State.SUBMITTED, link.version),
        maker_may_decide=link.made_by.is_active and decidable_by(link.made_by, own, on=_today(link)).exists(),
    )


def _today(link):
    return today_at(link.timesheet.apprenticeship.employer)


def _details(link):
    return {"link": link.pk, "mentor": link.user.name, "version": link.version}


def _refuse_unless(condition, message):
    if not condition:
        raise LinkRefused(message)
