"""Answering a sign of habit: a sentence beside the week, that changes nothing else."""

from django.db import transaction
from django.utils import timezone

from apprentices.models import Apprenticeship, HintAnswer
from apprentices.permissions import decidable_by, loggable_by
from employers.permissions import NotAllowed
from imt.audit.actions import record


def answerable_by(user, apprenticeship, *, on):
    """Who logs the hours and who decides on them may answer, and the apprentice."""
    own = Apprenticeship.objects.filter(pk=apprenticeship.pk)
    return (
        loggable_by(user, own, on=on).exists()
        or decidable_by(user, own, on=on).exists()
        or own.filter(apprentice__user=user).exists()
    )


@transaction.atomic
def answer_hint(*, timesheet, hint, answer, by, on):
    """Keep what somebody says to a hint of a week. Returns the HintAnswer; the same words twice are kept once."""
    if not answer.strip():
        raise ValueError("an answer says something")
    if not answerable_by(by, timesheet.apprenticeship, on=on):
        raise NotAllowed(timesheet.apprenticeship.ref)
    last = HintAnswer.objects.filter(timesheet=timesheet, hint=hint).order_by("answered_at", "pk").last()
    if last is not None and (last.answer, last.answered_by_id) == (answer.strip(), by.pk):
        return last
    kept = HintAnswer.objects.create(
        timesheet=timesheet, hint=hint, answer=answer.strip(), answered_at=timezone.now(), answered_by=by
    )
    record("hint.answered", by=by, subjects=[timesheet], details={"hint": hint, "answer": kept.answer})
    return kept
