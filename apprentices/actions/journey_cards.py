"""Journey cards: issued with the assessment they rest on, and revoked with a reason. Neither changes a fact."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.models import Apprenticeship, JourneyCard
from apprentices.queries.eligibility import assessment_document
from apprentices.queries.facts import facts_for
from apprentices.rules.journey_cards import assess
from employers.permissions import require_keeper
from imt.audit.actions import record
from imt.tables import reserve_ids


class NotEligible(ValueError):
    """Requirements are unmet. `refusals` has one line for each: `OJL_TOTAL 2735.99 of 2736.00, 0.01 h short`."""

    def __init__(self, refusals):
        super().__init__("; ".join(refusals))
        self.refusals = refusals


class HoldsCard(ValueError):
    """The apprenticeship has a live card already. `card` is it."""

    def __init__(self, card):
        super().__init__(
            _("Card %(number)s was issued on %(day)s already.") % {"number": card.number, "day": card.issued_on}
        )
        self.card = card


class CardRevoked(ValueError):
    """The card was revoked before."""


@transaction.atomic
def issue(*, apprenticeship, by, on):
    """Issue the sponsor's card and nothing else: completing is an act of its own (contract: Eligibility).

    Judged under the lock of the apprenticeship's row, as of the day `on` and known at that very moment, so that the
    assessment kept with the card can be derived again. Raises NotAllowed, HoldsCard, NotEligible."""
    require_keeper(by)
    moment = lock_facts([apprenticeship.pk])
    holds = JourneyCard.objects.live().filter(apprenticeship=apprenticeship).first()
    if holds is not None:
        raise HoldsCard(holds)
    itself = Apprenticeship.objects.filter(pk=apprenticeship.pk)
    known = facts_for(itself, as_of=on, known_at=moment)[apprenticeship.pk]
    missing = assess(known.standards, known.facts).missing
    if missing:
        raise NotEligible([requirement.refusal() for requirement in missing])
    document = assessment_document(known, as_of=on, known_at=moment)
    (key,) = reserve_ids(JourneyCard, 1)
    card = JourneyCard.objects.create(
        pk=key,
        apprenticeship=apprenticeship,
        number=f"IMT-{on.year}-{key:06d}",
        issued_on=on,
        issued_at=moment,
        issued_by=by,
        assessment=document,
    )
    details = {"number": card.number, "issued_on": on.isoformat(), "digest": document["digest"]}
    record("journey_card.issued", by=by, subjects=[card, apprenticeship], details=details)
    return card


@transaction.atomic
def revoke(*, card, reason, by):
    """Take a card back, with a reason. It stays in the records. Raises NotAllowed, ValueError without a reason,
    CardRevoked."""
    require_keeper(by)
    if not reason.strip():
        raise ValueError("a card is revoked with a reason")
    moment = lock_facts([card.apprenticeship_id])
    live = JourneyCard.objects.live().filter(pk=card.pk)
    if not live.update(revoked_at=moment, revoked_by=by, revoked_reason=reason):
        raise CardRevoked(_("Card %(number)s was revoked before.") % {"number": card.number})
    card.refresh_from_db()
    details = {"number": card.number, "reason": reason}
    record("journey_card.revoked", by=by, subjects=[card, card.apprenticeship], details=details)
    return card
