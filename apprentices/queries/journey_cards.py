"""Journey cards beside what is known now."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from apprentices.models import (
    Apprenticeship,
    Credential,
    JourneyCard,
    LedgerLine,
    Recommendation,
    SignOff,
    StandardsMove,
    StatusChange,
)
from apprentices.queries.facts import facts_for
from apprentices.rules.journey_cards import assess

# the facts that can be taken back, and the day of each
_VOIDABLE = {
    Credential: "earned_on",
    Recommendation: "decided_on",
    SignOff: "signed_on",
    StandardsMove: "happened_on",
    StatusChange: "happened_on",
}


def cards_no_longer_supported():
    """[(JourneyCard, Requirement…)] of live cards that would not be issued today for the day they were issued on: a
    later amendment took away what they rest on. The cards stay; staff decide (contract: Eligibility).

    Only cards with a fact learned or taken back since are looked at: one read of the facts per day of issue."""
    by_day = defaultdict(list)
    cards = JourneyCard.objects.live().filter(_something_learned_since())
    for card in cards.select_related("apprenticeship").order_by("issued_on", "number"):
        by_day[card.issued_on].append(card)
    unsupported = []
    for issued_on, issued in by_day.items():
        holders = Apprenticeship.objects.filter(pk__in=[card.apprenticeship_id for card in issued])
        known = facts_for(holders, as_of=issued_on)
        for card in issued:
            holder = known[card.apprenticeship_id]
            missing = assess(holder.standards, holder.facts).missing
            if missing:
                unsupported.append((card, missing))
    return unsupported


def _something_learned_since():
    """A condition on cards: a fact of a day up to the card's was recorded, or one was taken back, after the issue."""
    of_holder = {"apprenticeship": OuterRef("apprenticeship")}
    learned = LedgerLine.objects.filter(
        **of_holder, posted_at__gt=OuterRef("issued_at"), happened_on__lte=OuterRef("issued_on")
    )
    condition = Q(Exists(learned))
    for model, day in _VOIDABLE.items():
        rows = model.objects.filter(**of_holder).filter(**{f"{day}__lte": OuterRef("issued_on")})
        changed = rows.filter(Q(recorded_at__gt=OuterRef("issued_at")) | Q(voided_at__gt=OuterRef("issued_at")))
        condition |= Q(Exists(changed))
    return condition
