"""A periodic review: begun, signed part by part in its order, held with the last signature, or withdrawn.

The parts and their order are in rules/reviews.py, who may sign which in queries/review_signers.py."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.actions.review_questions import lay_review_questions
from apprentices.models import Apprenticeship, Part, Review, ReviewPart, Wish
from apprentices.notifications import tell_held, tell_turn
from apprentices.permissions import reviewable_by, signable_by
from apprentices.queries.hours import status_histories
from apprentices.queries.review_signers import review_signers
from apprentices.queries.reviews import next_review_days, questions_of
from apprentices.rules.reviews import next_part
from apprentices.rules.statuses import ENDED
from employers.permissions import NotAllowed
from imt.audit.actions import record

LONGEST_ANSWER = 2000
LONGEST_WISH = Wish._meta.get_field("text").max_length


class ReviewRefused(ValueError):
    """The wrong moment or the wrong person; the message says which, and who was there first."""


class AnswersRefused(ValueError):
    """`errors` {question id: why its answer cannot be taken}."""

    def __init__(self, errors):
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@transaction.atomic
def begin(*, apprenticeship, by, on):
    """Begin a review. Returns the Review; where one is under way already, that one. Whoever signs a part may begin, and
    staff. ReviewRefused for somebody who is no longer in the program."""
    if not reviewable_by(by, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=on).exists():
        raise NotAllowed(_("Only those who take part in the review may begin it."))
    moment = lock_facts([apprenticeship.pk])
    open_one = Review.objects.known().filter(apprenticeship=apprenticeship, held_on__isnull=True).first()
    if open_one:
        return open_one
    history = status_histories([apprenticeship.pk])[apprenticeship.pk]
    if history and history[-1][1] in ENDED:
        raise ReviewRefused(_("The apprenticeship has ended: there is nothing to review any more."))
    lay_review_questions(sponsors=[apprenticeship.standards.sponsor_id], by=by)
    review = Review.objects.create(
        apprenticeship=apprenticeship,
        due_on=next_review_days([apprenticeship], on)[apprenticeship.pk],
        recorded_at=moment,
        recorded_by=by,
    )
    record("review.begun", by=by, subjects=[review, apprenticeship])
    signers = review_signers([apprenticeship], on=on)[apprenticeship.pk]
    tell_turn(review, Part.APPRENTICE, signers.told[Part.APPRENTICE] - {by.pk}, moment=moment)
    return review


@transaction.atomic
def sign_part(*, review, part, answers, by, on, summary=""):
    """Sign one part of a review (Part) with its answers {question id: text}; with the last one the review is held.

    Refused with a ReviewRefused: not this part's turn, signed already, another side signed by the same person. Who may
    not sign this part: NotAllowed. A question without an answer (a wish may be left empty): AnswersRefused. Returns the
    ReviewPart."""
    apprenticeship = Apprenticeship.objects.select_related("apprentice", "standards").get(pk=review.apprenticeship_id)
    signers = review_signers([apprenticeship], on=on)[apprenticeship.pk]
    if by.pk not in signers.by_part[part]:
        raise NotAllowed(_("This part of the review is not yours to sign."))
    moment = lock_facts([apprenticeship.pk])
    review = Review.objects.get(pk=review.pk)  # as it is under the lock
    signed = list(review.parts.select_related("signed_by").order_by("pk"))
    done = next((one for one in signed if one.part == part), None)
    if done and done.signed_by_id == by.pk and _says_the_same(done, answers):
        return done
    _require_turn(review, done, part, signed, signers)
    written_down = is_written_down(part, signers)
    if not written_down:
        _require_one_side(signed, apprenticeship, by)
    kept, wishes = _answers(apprenticeship, part, answers)
    row = ReviewPart.objects.create(review=review, part=part, answers=kept, signed_at=moment, signed_by=by)
    details = {"part": str(part)} | ({"written_down_for": str(apprenticeship.apprentice)} if written_down else {})
    record("review.signed", by=by, subjects=[review, apprenticeship], details=details)
    _lay_wishes(review, wishes, by, moment)
    turn = next_part([*(one.part for one in signed), part], is_covered=signers.is_covered)
    if turn:
        tell_turn(review, turn, signers.told[turn] - {by.pk, *_sides(signed, apprenticeship)}, moment=moment)
    else:
        _hold(review, summary, by, on)
        tell_held(review, apprenticeship, [*signed, row], by=by, moment=moment)
    return row


def is_written_down(part, signers):
    """Whether what the apprentice says is written down by somebody else, for want of a sign-in."""
    return part == Part.APPRENTICE and bool(signers.writers)


@transaction.atomic
def withdraw(*, review, reason, by, on):
    """Take back a review that is under way: it was begun by mistake. Its wishes stay. One that was held or withdrawn
    before: ReviewRefused. Staff, the employer's managers and supervisors, and the mentors."""
    own = Apprenticeship.objects.filter(pk=review.apprenticeship_id)
    if not signable_by(by, own, on=on).exists():
        raise NotAllowed(_("Only the apprentice’s mentors, the employer and the staff of the program may withdraw it."))
    moment = lock_facts([review.apprenticeship_id])
    review = Review.objects.get(pk=review.pk)
    _require_under_way(review)
    review.voided_at, review.voided_by = moment, by
    review.save(update_fields=["voided_at", "voided_by"])
    record("review.withdrawn", by=by, subjects=[review], details={"reason": reason})
    return review


def _require_under_way(review):
    if review.voided_at:
        raise ReviewRefused(_("%(who)s has withdrawn this review.") % {"who": review.voided_by})
    if review.held_on:
        raise ReviewRefused(_("This review was held on %(day)s.") % {"day": date_format(review.held_on)})


def _says_the_same(done, answers):
    return all(one["answer"] == (answers.get(one["question"]) or "").strip() for one in done.answers)


def _require_turn(review, done, part, signed, signers):
    if done:
        raise ReviewRefused(_("%(who)s has signed this part already.") % {"who": done.signed_by})
    _require_under_way(review)
    turn = next_part([one.part for one in signed], is_covered=signers.is_covered)
    if part != turn:
        raise ReviewRefused(_("It is not yet this part’s turn: %(part)s comes first.") % {"part": Part(turn).label})


def _require_one_side(signed, apprenticeship, by):
    if by.pk in _sides(signed, apprenticeship):
        raise ReviewRefused(_("You have signed another part of this review: each side is somebody else’s."))


def _sides(signed, apprenticeship):
    """Ids of the users who stand for a side by now. Who wrote down the words of an apprentice without a sign-in does
    not: they are the apprentice's."""
    own = apprenticeship.apprentice.user_id
    return {one.signed_by_id for one in signed if one.part != Part.APPRENTICE or one.signed_by_id == own}


def _answers(apprenticeship, part, answers):
    """([{"question", "text", "answer"}] of the questions that the part asks now, the texts of its wishes)."""
    errors, kept, wishes = {}, [], []
    for question in questions_of(apprenticeship, part):
        answer = (answers.get(question.pk) or "").strip()
        longest = LONGEST_WISH if question.is_wish else LONGEST_ANSWER
        if not answer and not question.is_wish:
            errors[question.pk] = _("Write a word or two; “nothing” is an answer, too.")
        elif len(answer) > longest:
            errors[question.pk] = _("At most %(count)d characters.") % {"count": longest}
        kept.append({"question": question.pk, "text": question.text, "answer": answer})
        if question.is_wish and answer:
            wishes.append(answer)
    if errors:
        raise AnswersRefused(errors)
    return kept, wishes


def _lay_wishes(review, texts, by, moment):
    whose = review.apprenticeship_id
    rows = Wish.objects.bulk_create(
        Wish(apprenticeship_id=whose, review=review, text=text, wished_at=moment, wished_by=by) for text in texts
    )
    record("wish.made", by=by, subjects=rows)


def _hold(review, summary, by, on):
    review.held_on, review.summary = on, summary.strip()
    review.save(update_fields=["held_on", "summary"])
    record("review.held", by=by, subjects=[review], details={"held_on": on.isoformat()})
