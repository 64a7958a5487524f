"""Periodic reviews of many people at once: which are due or under way, and whose turn it is in them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from apprentices.models import Apprenticeship, Part, Review, ReviewPart, ReviewQuestion
from apprentices.queries.hours import status_histories
from apprentices.queries.review_signers import covered_employers, review_signers
from apprentices.queries.standards import standards_in_force
from apprentices.rules.reviews import ReviewFacts, next_part, next_review_on, parts_of
from employers.models import Standards
from imt.accounts.models import User

AHEAD = timedelta(days=14)  # a review shows up so long before its day


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """`due_on` None: none is asked for, but one is under way. `review`: the one under way, and then `turn` is the part
    that is to be signed next."""

    apprenticeship_id: int
    due_on: date | None
    review: Review | None = None
    turn: str = ""

    def is_overdue(self, today):
        return self.due_on is not None and self.due_on < today


def reviews_due(apprenticeships, today, *, ahead=AHEAD, histories=None):
    """{apprenticeship id: ReviewDue} of those Apprenticeships (a list) that have a review under way, or whose next one
    is due by `today` + `ahead`. A constant number of queries. `histories`: their status histories, where known."""
    days = next_review_days(apprenticeships, today, histories=histories)
    under_way = {
        review.apprenticeship_id: review
        for review in Review.objects.known().filter(apprenticeship__among=days.keys(), held_on__isnull=True)
    }
    turns = _turns([one for one in apprenticeships if one.pk in under_way], under_way, today) if under_way else {}
    found = {}
    for one in apprenticeships:
        review, due_on = under_way.get(one.pk), days[one.pk]
        if review is not None:
            found[one.pk] = ReviewDue(one.pk, review.due_on, review, turns[one.pk])
        elif due_on is not None and due_on <= today + ahead:
            found[one.pk] = ReviewDue(one.pk, due_on)
    return found


def _turns(apprenticeships, reviews, today):
    """{apprenticeship id: the part that comes next} of reviews under way, {apprenticeship id: Review}."""
    signed = signed_parts(reviews.values())
    covered = covered_employers({one.employer_id for one in apprenticeships}, on=today)
    return {
        one.pk: next_part(signed[reviews[one.pk].pk], is_covered=one.employer_id in covered) or ""
        for one in apprenticeships
    }


def next_review_days(apprenticeships, today, *, histories=None):
    """{apprenticeship id: the last day on which the next review is held in time, or None} (rules/reviews.py)."""
    keys = [one.pk for one in apprenticeships]
    in_force = standards_in_force(keys, on=today)
    intervals = dict(
        Standards.objects.filter(pk__in=set(in_force.values())).values_list("pk", "review_interval_days").order_by()
    )
    held = dict(
        Review.objects.known()
        .filter(apprenticeship__among=keys, held_on__isnull=False)
        .order_by()
        .values_list("apprenticeship")
        .annotate(last=Max("held_on"))
    )
    histories = status_histories(keys) if histories is None else histories
    return {
        one.pk: next_review_on(
            ReviewFacts(
                registered_on=one.registered_on,
                interval_days=intervals[in_force[one.pk]],
                held_on=held.get(one.pk),
                statuses=tuple(histories[one.pk]),
            )
        )
        for one in apprenticeships
    }


def questions_of(apprenticeship, part):
    """The ReviewQuestions that a part of this apprenticeship's review asks now, in their order."""
    sponsor = apprenticeship.standards.sponsor_id
    return list(ReviewQuestion.objects.filter(sponsor=sponsor, part=part, retired_at__isnull=True))


def is_answered(question):
    """Whether a review has an answer to this question. Looks through the answers of its part, the newest first."""
    rows = ReviewPart.objects.filter(
        part=question.part, review__apprenticeship__standards__sponsor=question.sponsor_id
    ).order_by("-pk")
    found = rows.values_list("answers", flat=True).iterator()
    return any(question.pk == one["question"] for answers in found for one in answers)


def signed_parts(reviews):
    """{review id: [part]} in the order of signature; a review without one has an empty list."""
    found = defaultdict(list)
    rows = ReviewPart.objects.filter(review__in=[review.pk for review in reviews]).order_by("pk")
    for review, part in rows.values_list("review", "part"):
        found[review].append(part)
    return found


@dataclass(frozen=True, slots=True)
class CrewReview:
    """A review that is due or under way, as the crew's list shows it. `is_mine`: the user's part comes next."""

    apprenticeship: Apprenticeship
    due: ReviewDue
    is_mine: bool
    is_overdue: bool

    @property
    def turn_label(self):
        return Part(self.due.turn).label if self.due.turn else ""


def crew_reviews(user, apprenticeships, today, *, histories=None):
    """CrewReviews of those Apprenticeships (a list, with their apprentice) that have one due or under way: those that
    wait for the user first, then by day. `histories` as of `reviews_due`."""
    due = reviews_due(apprenticeships, today, histories=histories)
    mine = _mine(user, [one for one in apprenticeships if one.pk in due and due[one.pk].review], due, today)
    found = [
        CrewReview(one, due[one.pk], one.pk in mine, due[one.pk].is_overdue(today))
        for one in apprenticeships
        if one.pk in due
    ]
    return sorted(found, key=lambda row: (not row.is_mine, row.due.due_on or today, row.apprenticeship.ref))


def _mine(user, under_way, due, today):
    """Ids of the apprenticeships with a review under way whose next part is the user's to sign."""
    if not under_way:
        return set()
    signers = review_signers(under_way, on=today)
    sides = defaultdict(set)
    rows = ReviewPart.objects.filter(review__in=[due[one.pk].review.pk for one in under_way])
    for review, signed_by in rows.exclude(part=Part.APPRENTICE).values_list("review", "signed_by"):
        sides[review].add(signed_by)
    return {
        one.pk
        for one in under_way
        if due[one.pk].turn and user.pk in signers[one.pk].by_part[due[one.pk].turn] - sides[due[one.pk].review.pk]
    }


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of a review. `signed` None while it is open; `is_turn`: it is the next one; `names`: with whom it lies
    then."""

    part: Part
    signed: ReviewPart | None
    is_turn: bool
    names: tuple[str, ...] = ()
    is_written_down: bool = False


def parts_shown(review, apprenticeship, signers):
    """PartShown for every part of a review in its order. An open part of a review that was withdrawn has no turn."""
    signed = {part.part: part for part in review.parts.select_related("signed_by").order_by("pk")}
    is_open = review.held_on is None and review.voided_at is None
    turn = next_part(signed, is_covered=signers.is_covered) if is_open else None
    asked = parts_of(is_covered=signers.is_covered and review.held_on is None, signed=signed)
    users = User.objects.filter(pk__in=signers.told[turn] if turn else ()).order_by("name")
    names = tuple(users.values_list("name", flat=True)) if turn else ()
    own = apprenticeship.apprentice.user_id
    return [
        PartShown(
            part=Part(part),
            signed=signed.get(part),
            is_turn=part == turn,
            names=names if part == turn else (),
            is_written_down=part == Part.APPRENTICE and part in signed and signed[part].signed_by_id != own,
        )
        for part in asked
    ]
