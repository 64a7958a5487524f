"""Telling people: a notice becomes a mail in the reader's own language.

The words stand in templates/notices/<kind>.txt, the subject on the first line. A reminder can be switched off, by the
link that it carries; what became of one's own hours, or of one's account, is always told."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from imt.accounts.models import Invitation, Notice
from imt.codes import digest_of, new_code

REMINDERS = frozenset({"approvals.waiting", "week.due_soon", "week.overdue", "wage_step.reached", "review.due"})
_signer = Signer(salt="reminders")


class Overtaken(ValueError):
    """What was to be told no longer holds; the message says why."""


def queue(kind, *, to, details, moment, once=None):
    """Put down, in the caller's transaction, that `kind` is to be told to these users. Returns the new notices.

    `once`: what makes it the same reminder, so that each user is told once however often the clock asks. Who wants no
    reminders gets none."""
    return queue_each(kind, [(user, details) for user in to], moment=moment, once=once)


def queue_each(kind, told, *, moment, once=None):
    """As `queue`, with details of each one's own: `told` is [(user, details)]."""
    told = [(user, details) for user, details in told if kind not in REMINDERS or user.wants_reminders]
    keys = {user.pk: once and f"{kind}:{once}:{user.pk}" for user, _details in told}
    known = set()
    if once:
        known = set(Notice.objects.filter(once_key__in=keys.values()).values_list("once_key", flat=True))
    return Notice.objects.bulk_create(
        [
            Notice(
                kind=kind,
                to=user,
                details=details,
                once_key=keys[user.pk],
                queued_at=moment,
                state=Notice.State.QUEUED if user.email else Notice.State.NO_ADDRESS,
            )
            for user, details in told
            if keys[user.pk] not in known
        ],
        # two clocks at once: the index lets one of them through
        ignore_conflicts=bool(once),
    )


def words_of(notice, **more):
    """(subject, text) in the reader's language. `more`: what the row does not hold."""
    with override(notice.to.language or settings.LANGUAGE_CODE):
        context = {"to": notice.to, "site": settings.SITE_ADDRESS, **notice.details, **more}
        text = render_to_string(f"notices/{notice.kind}.txt", context)
        subject, _line_feed, body = text.strip().partition("\n")
        body = body.strip() + "\n"
        if "unsubscribe" in more:
            body += "\n-- \n" + _("No more reminders: %(address)s") % {"address": more["unsubscribe"]} + "\n"
    return subject.strip(), body


def send(notice):
    """Send one notice now. What the mail server says against it comes through as an OSError or SMTPException; Overtaken
    where it is not to be sent any more."""
    more, headers = {}, {}
    if notice.kind in REMINDERS:
        more["unsubscribe"] = settings.SITE_ADDRESS + reverse("reminders", args=[reminders_token(notice.to)])
        # RFC 8058: mail programs show a button, and send a POST of their own
        headers = {
            "List-Unsubscribe": f"<{more['unsubscribe']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    if notice.kind == "account.invited":
        more["code"] = _new_code_of(notice.details["invitation"])
    if notice.kind == "account.password_reset":
        more["address"] = _new_password_address(notice.to)
    subject, body = words_of(notice, **more)
    EmailMessage(subject, body, None, [notice.to.email], headers=headers).send()


def reminders_token(user):
    """The signed part of the address under which the user's reminders are switched off."""
    return _signer.sign(str(user.pk))


def key_of_reminders_token(token):
    """The user's primary key; None where nobody of ours signed the token."""
    try:
        return int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def _new_password_address(user):
    """Where a forgotten password is set anew, good for one use."""
    parts = {"uidb36": user_pk_to_url_str(user), "key": EmailAwarePasswordResetTokenGenerator().make_token(user)}
    return settings.SITE_ADDRESS + reverse("account_reset_password_from_key", kwargs=parts)


def _new_code_of(key):
    """A code for the open invitation, made for this very mail: nothing but its SHA-256 is ever kept."""
    code = new_code()
    if not Invitation.objects.open(at=timezone.now()).filter(pk=key).update(code_digest=digest_of(code)):
        raise Overtaken("the invitation was used or withdrawn before it was sent")
    return code
