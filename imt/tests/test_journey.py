"""One whole journey, from the registration to the card, told with the actions of the product."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apprentices.actions import hours
from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.competencies import sign_off
from apprentices.actions.credentials import record_credentials
from apprentices.actions.instruction import record_results
from apprentices.actions.journey_cards import NotEligible, issue
from apprentices.actions.people import give_sign_in
from apprentices.models import Apprenticeship, HourEntry, JourneyCard
from apprentices.queries.eligibility import eligibility_document
from apprentices.rules.rows import CredentialRow, InstructionRow, SignOffRow
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, cell, done, saved
from imt.audit.queries import history_of
from reports.models import ProgressSnapshot

FRIDAY, NEXT_MONDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)
SPRING = date(2026, 3, 27)


def missing(on):
    """The codes of what Ana's answer says is unmet."""
    (ana,) = eligibility_document(as_of=on)["apprentices"]
    return [requirement["code"] for requirement in ana["requirements"] if not requirement["met"]]


def worked(process, day, *hours_of_days):
    return [cell(process, day + timedelta(days=number), worked) for number, worked in enumerate(hours_of_days)]


@pytest.mark.django_db(transaction=True)
def test_ana_comes_from_her_registration_to_the_journey_card(standards, ana, acme, priya, request):
    # Priya of the intermediary registers Ana at Acme, under the standards of the sponsor.
    assert register(rows=[apprentice_row()], by=priya).outcomes[0].outcome == "accepted"
    agreement = Apprenticeship.objects.get(ref="T-0001")
    give_sign_in(apprentice=agreement.apprentice, user=ana, by=priya)
    sam = request.getfixturevalue("sam")
    assert "STATUS" not in missing(MONDAY) and "OJL_TOTAL" in missing(MONDAY)

    # Sam, her supervisor, logs a first week and submits it. Nothing counts yet.
    week = saved(agreement, worked("A", MONDAY, "8", "8", "4"), by=sam)
    done(hours.submit(timesheets=[week.pk], by=sam, on=FRIDAY))
    assert progress(agreement).ojl_hours == 0 and progress(agreement).waiting_hours == 20

    # Priya sends it back, for Thursday is missing; Sam completes it, and this time it is approved.
    done(hours.return_(timesheets=[week.pk], reason="Thursday is missing", by=priya, on=FRIDAY))
    saved(agreement, worked("A", MONDAY, "8", "8", "4") + worked("B", MONDAY + timedelta(days=3), "7.99"), by=sam)
    done(hours.submit(timesheets=[week.pk], by=sam, on=NEXT_MONDAY))
    done(hours.approve(timesheets=[week.pk], by=priya, on=NEXT_MONDAY))
    assert progress(agreement).ojl_hours == Decimal("27.99") and progress(agreement).waiting_hours == 0

    # A second week fills the process B up, but for a hundredth of an hour: the card is refused.
    week = saved(agreement, worked("B", NEXT_MONDAY, "2"), by=sam)
    done(hours.submit(timesheets=[week.pk], by=sam, on=NEXT_MONDAY))
    done(hours.approve(timesheets=[week.pk], by=sam, on=NEXT_MONDAY))
    learn_everything(by=priya)
    with pytest.raises(NotEligible) as refusal:
        issue(apprenticeship=agreement, by=priya, on=SPRING)
    assert refusal.value.refusals == [
        "OJL_TOTAL 29.99 of 30.00, 0.01 h short",
        "OJL_PROCESS:B 9.99 of 10.00, 0.01 h short",
    ]

    # The time clock had said 8 hours, not 7.99: Sam amends what was approved, with the reason.
    entry = HourEntry.objects.get(hours=Decimal("7.99"))
    amend(entry=entry, hours=Decimal(8), reason="as the time clock says", by=sam, on=SPRING)
    assert missing(SPRING) == []
    assert progress(agreement).eligible

    # The card is issued, with the answer that it rests on.
    card = issue(apprenticeship=agreement, by=priya, on=SPRING)
    assert JourneyCard.objects.get() == card
    assert (card.assessment["ref"], card.assessment["eligible"]) == ("T-0001", True)
    assert history_of(card).get().event == "journey_card.issued"


def learn_everything(*, by):
    """Both courses passed, the credential earned, all three competencies signed off."""
    passed = [
        InstructionRow(line, "T-0001", course, "", "2026-1", Decimal("4.00"), SPRING, "PASSED")
        for line, course in enumerate(("SAFETY", "MATH"))
    ]
    record_results(rows=passed, on=SPRING, by=by)
    record_credentials(rows=[CredentialRow(1, "T-0001", "OSHA10", SPRING)], on=SPRING, by=by)
    competencies = [("A", 1), ("A", 2), ("B", 1)]
    signed = [
        SignOffRow(line, "T-0001", process, number, SPRING, "Sam")
        for line, (process, number) in enumerate(competencies)
    ]
    sign_off(rows=signed, on=SPRING, by=by)


def progress(agreement):
    """The snapshot that the workers made after the last commit."""
    return ProgressSnapshot.objects.get(apprenticeship=agreement)
