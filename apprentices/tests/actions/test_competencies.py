"""The job book: who signs, with which note, for several people at once, and how a wrong sign-off is taken back."""

from datetime import date

import pytest

from apprentices.actions.competencies import sign_off, take_back_sign_offs
from apprentices.actions.supervision import assign
from apprentices.actions.voids import ReasonMissing
from apprentices.models import Apprenticeship, SignOff
from apprentices.queries.facts import facts_for
from apprentices.rules.rows import SignOffRow
from employers.permissions import NotAllowed
from employers.rules.rows import RowError
from imt.accounts.actions import create_person
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY, MAY = date(2026, 11, 20), date(2026, 5, 4)


def row(ref="T-0001", process="A", number=1, **changes):
    said = {"signed_on": MAY, "signed_by": "Sam", "note": "Press 4, second shift"} | changes
    return SignOffRow(1, ref, process, number, **said)


def position(apprenticeship):
    return Apprenticeship.objects.values_list("facts_position", flat=True).get(pk=apprenticeship.pk)


@pytest.fixture
def signed(ana_at_acme, sam):
    sign_off(rows=[row()], on=TODAY, by=sam)
    return SignOff.objects.get()


@pytest.fixture
def mia(ana_at_acme, priya):
    """Ana's mentor, a journeyworker without a membership in the employer, from May 4 on."""
    user = create_person(name="Mia", email="mia@example.org", by=priya)
    assign(apprenticeships=[ana_at_acme], user=user, role="MENTOR", on=MAY, by=priya)
    return user


def test_a_sign_off_keeps_day_name_and_note(signed, sam):
    assert (signed.signed_on, signed.signed_by, signed.note) == (MAY, "Sam", "Press 4, second shift")
    assert signed.recorded_by == sam


def test_several_people_are_signed_off_at_once(ana_at_acme, ben_at_acme, sam):
    sign_off(rows=[row(), row("T-0003")], on=TODAY, by=sam)
    assert set(SignOff.objects.values_list("apprenticeship__ref", flat=True)) == {"T-0001", "T-0003"}


def test_a_note_said_again_is_the_same_and_another_one_is_an_error(signed, sam):
    assert sign_off(rows=[row(), row(note="")], on=TODAY, by=sam).counts == {"skipped": 2}
    with pytest.raises(RowError) as error:
        sign_off(rows=[row(note="Press 5")], on=TODAY, by=sam)
    assert [outcome.field for outcome in error.value.errors] == ["note"]


def test_the_dated_mentor_signs_from_the_first_day_on(ana_at_acme, mia):
    with pytest.raises(NotAllowed):
        sign_off(rows=[row(signed_on=date(2026, 5, 3))], on=date(2026, 5, 3), by=mia)
    assert sign_off(rows=[row()], on=MAY, by=mia).counts == {"accepted": 1}


def test_the_mentor_of_one_signs_for_nobody_else(ana_at_acme, ben_at_acme, mia):
    with pytest.raises(NotAllowed):
        sign_off(rows=[row(), row("T-0003")], on=TODAY, by=mia)
    assert not SignOff.objects.exists()


def test_nobody_signs_the_own_competencies(ana_at_acme, ana, acme, priya):
    ana.employer_memberships.create(employer=acme, role="MANAGER", from_on=MAY)
    with pytest.raises(NotAllowed):
        sign_off(rows=[row()], on=TODAY, by=ana)


@pytest.mark.parametrize("who", ["oscar", "lee", "ada", "ana"])
def test_others_neither_sign_nor_take_back(signed, request, who):
    user = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        sign_off(rows=[row(number=2)], on=TODAY, by=user)
    with pytest.raises(NotAllowed):
        take_back_sign_offs(sign_offs=[signed], reason="Wrong person", by=user, on=TODAY)
    assert SignOff.objects.known().count() == 1


def test_a_wrong_sign_off_is_taken_back_and_can_be_signed_anew(signed, ana_at_acme, sam):
    before = position(ana_at_acme)
    take_back_sign_offs(sign_offs=[signed], reason="Wrong person", by=sam, on=TODAY)
    assert position(ana_at_acme) == before + 1
    (known,) = facts_for(Apprenticeship.objects.filter(pk=ana_at_acme.pk), as_of=TODAY).values()
    assert known.facts.signed_off == frozenset()
    event = AuditEvent.objects.get(event="signoff.voided")
    assert (event.by, event.details) == (sam, {"reason": "Wrong person"})
    sign_off(rows=[row(note="Now it was shown")], on=TODAY, by=sam)
    assert SignOff.objects.count() == 2


def test_taken_back_twice_is_once(signed, ana_at_acme, sam):
    take_back_sign_offs(sign_offs=[signed], reason="Wrong person", by=sam, on=TODAY)
    before = position(ana_at_acme)
    take_back_sign_offs(sign_offs=[signed], reason="Again", by=sam, on=TODAY)
    assert position(ana_at_acme) == before
    assert AuditEvent.objects.filter(event="signoff.voided").count() == 1


def test_taking_back_needs_a_reason(signed, sam):
    with pytest.raises(ReasonMissing):
        take_back_sign_offs(sign_offs=[signed], reason=" ", by=sam, on=TODAY)
