"""Periodic reviews of many people at once: which are due or under way, and whose turn it is in them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from apprentices.models import Review, ReviewPart
from apprentices.queries.hours import status_histories
from apprentices.queries.review_signers import covered_employers
from apprentices.queries.standards import standards_in_force
from apprentices.rules.reviews import ReviewFacts, next_part, next_review_on
from employers.models import Standards

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


def reviews_due(apprenticeships, today, *, ahead=AHEAD):
    """{apprenticeship id: ReviewDue} of those Apprenticeships (a list) that have a review under way, or whose next one
    is due by `today` + `ahead`. A constant number of queries."""
    keys = [one.pk for one in apprenticeships]
    days = next_review_days(apprenticeships, today)
    under_way = {
        review.apprenticeship_id: review
        for review in Review.objects.known().filter(apprenticeship__in=keys, held_on__isnull=True)
    }
    signed = signed_parts(under_way.values())
    covered = covered_employers({one.employer_id for one in apprenticeships}, on=today)
    found = {}
    for one in apprenticeships:
        review, due_on = under_way.get(one.pk), days[one.pk]
        if review is not None:
            turn = next_part(signed[review.pk], is_covered=one.employer_id in covered)
            found[one.pk] = ReviewDue(one.pk, review.due_on, review, turn or "")
        elif due_on is not None and due_on <= today + ahead:
            found[one.pk] = ReviewDue(one.pk, due_on)
    return found


def next_review_days(apprenticeships, today):
    """{apprenticeship id: the last day on which the next review is held in time, or None} (rules/reviews.py)."""
    keys = [one.pk for one in apprenticeships]
    in_force = standards_in_force(keys, on=today)
    intervals = dict(
        Standards.objects.filter(pk__in=set(in_force.values())).values_list("pk", "review_interval_days").order_by()
    )
    held = dict(
        Review.objects.known()
        .filter(apprenticeship__in=keys, held_on__isnull=False)
        .order_by()
        .values_list("apprenticeship")
        .annotate(last=Max("held_on"))
    )
    histories = status_histories(keys)
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


def signed_parts(reviews):
    """{review id: [part]} in the order of signature; a review without one has an empty list."""
    found = defaultdict(list)
    rows = ReviewPart.objects.filter(review__in=[review.pk for review in reviews]).order_by("pk")
    for review, part in rows.values_list("review", "part"):
        found[review].append(part)
    return found
