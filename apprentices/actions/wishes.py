"""Open wishes, answered by the committee in words."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.models import Wish
from apprentices.notifications import tell_answered
from apprentices.permissions import wishes_answerable_by
from employers.permissions import NotAllowed
from imt.audit.actions import record

LONGEST_ANSWER = Wish._meta.get_field("answer").max_length


class WishAnswered(ValueError):
    """Somebody was faster; the message names who."""


@transaction.atomic
def answer_wish(*, wish, answer, by, on):
    """Answer a wish, once and in words: staff, members of the sponsor, and labor of a local that covers the employer;
    nobody their own. Answered by somebody else meanwhile: WishAnswered. Empty: ValueError."""
    if not answer.strip():
        raise ValueError("a wish is answered with words")
    if not wishes_answerable_by(by, Wish.objects.filter(pk=wish.pk), on=on).exists():
        raise NotAllowed(_("Only the committee and the staff of the program answer wishes."))
    row = Wish.objects.select_for_update(no_key=True).get(pk=wish.pk)
    if row.answered_at:
        if (row.answered_by_id, row.answer) == (by.pk, answer.strip()):
            return row
        raise WishAnswered(_("%(who)s has answered this wish already.") % {"who": row.answered_by})
    row.answer, row.answered_at, row.answered_by = answer.strip(), timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    record("wish.answered", by=by, subjects=[row], details={"answer": row.answer})
    tell_answered(row, by=by, moment=row.answered_at)
    return row
