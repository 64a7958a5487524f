from datetime import timedelta

from django.utils import timezone

from apprentices.actions.amendments import amend
from apprentices.actions.journey_cards import issue, revoke
from apprentices.actions.statuses import change_status
from apprentices.actions.voids import void
from apprentices.models import Credential, HourEntry, StatusChange
from apprentices.queries.journey_cards import cards_no_longer_supported
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell


def codes():
    return [(card.apprenticeship.ref, [one.code for one in missing]) for card, missing in cards_no_longer_supported()]


def test_a_card_whose_facts_still_stand_is_not_listed(ready, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    assert codes() == []


def test_an_amendment_that_takes_hours_away_lists_the_card_with_what_is_missing(ready, sam, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    amend(entry=HourEntry.objects.filter(work_process__code="B").first(), hours="1", reason="Late", by=sam, on=READY_ON)
    assert codes() == [("T-0001", ["OJL_TOTAL", "OJL_PROCESS:B"])]


def test_an_amendment_that_leaves_enough_lists_nothing(ready, sam, priya):
    approved(ready, [cell("B", MONDAY + timedelta(days=7), "8")], by=sam)
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    amend(entry=HourEntry.objects.filter(work_process__code="B").first(), hours="1", reason="Late", by=sam, on=READY_ON)
    assert codes() == []


def test_a_record_that_is_taken_back_lists_the_card(ready, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    void(facts=list(Credential.objects.all()), reason="Another Ana", by=priya)
    assert codes() == [("T-0001", ["CREDENTIAL:OSHA10"])]


def test_completing_after_the_day_of_issue_is_no_amendment(ready, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    change_status(apprenticeships=[ready], status="COMPLETED", on=READY_ON + timedelta(days=1), by=priya)
    assert codes() == []


def test_a_status_learned_later_for_an_earlier_day_lists_the_card(ready, priya):
    issue(apprenticeship=ready, by=priya, on=READY_ON)
    StatusChange.objects.create(
        apprenticeship=ready,
        status="CANCELLED",
        happened_on=READY_ON - timedelta(days=1),
        recorded_at=timezone.now(),
        recorded_by=priya,
    )
    assert codes() == [("T-0001", ["STATUS"])]


def test_a_revoked_card_is_not_listed(ready, sam, priya):
    card = issue(apprenticeship=ready, by=priya, on=READY_ON)
    amend(entry=HourEntry.objects.first(), hours="0", reason="Absent", by=sam, on=READY_ON)
    revoke(card=card, reason="Hours were wrong", by=priya)
    assert codes() == []
