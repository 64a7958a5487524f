import pytest

from apprentices.actions.amendments import amend
from apprentices.actions.journey_cards import CardRevoked, HoldsCard, NotEligible, issue, revoke
from apprentices.models import HourEntry, JourneyCard
from apprentices.rules.canonical import digest
from apprentices.tests.ready import READY_ON
from employers.permissions import NotAllowed
from imt.accounts.actions import system_user
from imt.audit.models import AuditEvent


def test_a_card_keeps_the_assessment_that_it_rests_on(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    kept = JourneyCard.objects.get(pk=card.pk).assessment
    assert kept["ref"] == "T-0001"
    assert kept["as_of"] == "2026-03-20"
    assert kept["eligible"] is True
    assert kept["ledger_position"] == ready.ledger_position
    assert all(requirement["met"] for requirement in kept["requirements"])
    assert digest(kept) == kept["digest"]


def test_a_card_has_a_number_of_its_year(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert card.number == f"IMT-2026-{card.pk:06d}"
    assert (card.issued_on, card.issued_by) == (READY_ON, priya)


def test_issuing_a_card_changes_no_fact(ready, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    before = (ready.facts_position, ready.ledger_position)
    ready.refresh_from_db()
    assert (ready.facts_position, ready.ledger_position) == before
    assert ready.status_changes.count() == 1


def test_who_is_not_eligible_is_refused_with_every_line_that_is_missing(ana_at_acme, priya):
    with pytest.raises(NotEligible) as refused:
        issue(apprenticeship=ana_at_acme, by=priya, on=READY_ON)
    assert refused.value.refusals == [
        "OJL_TOTAL 0.00 of 30.00, 30.00 h short",
        "OJL_PROCESS:A 0.00 of 10.00, 10.00 h short",
        "OJL_PROCESS:B 0.00 of 10.00, 10.00 h short",
        "RI_TOTAL 0.00 of 8.00, 8.00 h short",
        "RI_COURSE:SAFETY 0 of 1, 1 short",
        "RI_COURSE:MATH 0 of 1, 1 short",
        "CREDENTIAL:OSHA10 0 of 1, 1 short",
        "COMPETENCIES 0 of 3, 3 short",
    ]
    assert not JourneyCard.objects.exists()


def test_a_hundredth_short_is_refused(ready, sam, priya):
    entry = HourEntry.objects.filter(work_process__code="B").first()
    amend(entry=entry, hours="2.49", reason="Came late", by=sam, on=READY_ON)
    with pytest.raises(NotEligible) as refused:
        issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert refused.value.refusals == [
        "OJL_TOTAL 29.99 of 30.00, 0.01 h short",
        "OJL_PROCESS:B 9.99 of 10.00, 0.01 h short",
    ]


def test_the_day_of_issue_decides_what_counts(ready, priya):
    with pytest.raises(NotEligible):
        issue(apprenticeship=ready, by=priya, on=ready.registered_on)


def test_there_is_one_live_card_at_most(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    with pytest.raises(HoldsCard) as refused:
        issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert refused.value.card == card
    assert card.number in str(refused.value)


def test_after_a_revocation_a_further_card_may_be_issued(ready, priya):
    first = issue(apprenticeship=ready, by=priya, on=READY_ON)
    revoke(card=first, reason="Wrong name on it", by=priya)
    second = issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert second.number != first.number
    assert list(JourneyCard.objects.live()) == [second]


def test_a_revoked_card_stays_with_who_and_why(ready, priya):
    card = revoke(card=issue(apprenticeship=ready, by=priya, on=READY_ON), reason="Wrong name on it", by=priya)
    assert (card.revoked_by, card.revoked_reason) == (priya, "Wrong name on it")
    assert card.revoked_at is not None


def test_a_card_is_revoked_once(ready, priya):
    card = revoke(card=issue(apprenticeship=ready, by=priya, on=READY_ON), reason="Wrong name on it", by=priya)
    with pytest.raises(CardRevoked):
        revoke(card=card, reason="Again", by=priya)


def test_a_revocation_needs_a_reason(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    with pytest.raises(ValueError, match="reason"):
        revoke(card=card, reason="  ", by=priya)


@pytest.mark.parametrize("who", ["sam", "ana", "ada", "oscar", "lee"])
def test_only_staff_issue_cards(ready, who, request):
    with pytest.raises(NotAllowed):
        issue(apprenticeship=ready, by=request.getfixturevalue(who), on=READY_ON)


def test_only_staff_revoke_cards(ready, priya, sam):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    with pytest.raises(NotAllowed):
        revoke(card=card, reason="No", by=sam)


def test_this_system_itself_may_issue_cards(ready):
    assert issue(apprenticeship=ready, by=system_user(), on=READY_ON).pk


def test_issuing_and_revoking_are_in_the_history_of_card_and_apprenticeship(ready, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    revoke(card=card, reason="Wrong name on it", by=priya)
    events = AuditEvent.objects.filter(event__startswith="journey_card.").order_by("pk")
    assert [(event.event, event.subject_type, event.subject_id, event.by) for event in events] == [
        ("journey_card.issued", "apprentices.journeycard", card.pk, priya),
        ("journey_card.issued", "apprentices.apprenticeship", ready.pk, priya),
        ("journey_card.revoked", "apprentices.journeycard", card.pk, priya),
        ("journey_card.revoked", "apprentices.apprenticeship", ready.pk, priya),
    ]
    assert events[0].details["digest"] == card.assessment["digest"]
