"""People beside Ana: her second agreement elsewhere, and a colleague at Acme."""

from datetime import date

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship
from apprentices.tests.cast import apprentice_row
from imt.accounts.actions import system_user


@pytest.fixture
def system(ana_at_acme):
    """This system's own user, beside Ana at Acme."""
    return system_user()


@pytest.fixture
def ana_elsewhere(ana_at_acme, priya):
    """A second agreement of the same person, T-0002 at Other Works."""
    born = date.fromisoformat(ana_at_acme.apprentice.date_of_birth)
    register(rows=[apprentice_row(apprentice_ref="T-0002", employer="Other Works", date_of_birth=born)], by=priya)
    return Apprenticeship.objects.get(ref="T-0002")


@pytest.fixture
def ben_at_acme(ana_at_acme, priya):
    """Another apprentice at Acme, T-0003."""
    register(rows=[apprentice_row(apprentice_ref="T-0003", first_name="Ben", email="ben@example.org")], by=priya)
    return Apprenticeship.objects.get(ref="T-0003")
