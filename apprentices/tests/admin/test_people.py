import pytest
from django.urls import reverse

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprentice
from apprentices.tests.cast import apprentice_row
from imt.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(standards, priya):
    """Registered, without a sign-in."""
    register(rows=[apprentice_row(apprentice_ref="T-0007", first_name="Gus", email="gus@example.org")], by=priya)
    return Apprentice.objects.get(email="gus@example.org")


def give(client, apprentice, email):
    return client.post(reverse("admin:apprentices_apprentice_sign_in", args=[apprentice.pk]), {"email": email})


def test_a_person_gets_an_account_of_the_own_address(as_priya, newcomer):
    give(as_priya, newcomer, "Gus@example.org")
    newcomer.refresh_from_db()
    assert (newcomer.user.email, newcomer.user.name) == ("gus@example.org", "Gus Xiong")


def test_somebody_who_has_an_account_keeps_it(as_priya, newcomer):
    known = User.objects.create_user(name="Gus X.", email="gus@example.org")
    give(as_priya, newcomer, "gus@example.org")
    newcomer.refresh_from_db()
    assert newcomer.user == known


def test_the_account_of_another_apprentice_is_refused(as_priya, newcomer, ana_at_acme):
    assert "email" in give(as_priya, newcomer, "ana@example.org").context["form"].errors
