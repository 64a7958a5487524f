from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.people import NotOnePerson, give_sign_in, join
from apprentices.actions.weeks import Cell, save_week
from apprentices.models import Apprentice, Apprenticeship, SelfIdentification
from apprentices.tests.cast import apprentice_row
from imt.accounts.actions import create_person

DAY = date(2026, 3, 2)


@pytest.fixture
def without_email(ana_at_acme, priya):
    """Ana once more, registered by Forge without an e-mail."""
    register(rows=[apprentice_row(apprentice_ref="T-2", email="", employer="Forge", sex="Female")], by=priya)
    return Apprenticeship.objects.get(ref="T-2")


def test_two_rows_become_one_person(ana_at_acme, without_email, priya):
    person = join(person=ana_at_acme.apprentice, other=without_email.apprentice, reason="Same badge", by=priya)
    assert person.apprenticeships.count() == 2
    assert SelfIdentification.objects.known().get().apprentice == person
    assert Apprentice.objects.count() == 2


def test_two_users_are_two_people(ana_at_acme, without_email, priya):
    other = create_person(name="Another", email="x@example.org", by=priya)
    give_sign_in(apprentice=without_email.apprentice, user=other, by=priya)
    with pytest.raises(NotOnePerson):
        join(person=ana_at_acme.apprentice, other=without_email.apprentice, reason="Same badge", by=priya)


def test_nobody_works_more_than_24_hours_a_day(ana_at_acme, without_email, standards, priya):
    process = standards.work_processes.first()
    for agreement in (ana_at_acme, without_email):
        cells = [Cell(process.pk, DAY, Decimal("13.00"))]
        save_week(apprenticeship=agreement, day=DAY, cells=cells, by=priya)
    with pytest.raises(NotOnePerson):
        join(person=ana_at_acme.apprentice, other=without_email.apprentice, reason="Same badge", by=priya)
