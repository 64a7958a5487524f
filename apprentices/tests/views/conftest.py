"""People at the door: everybody of the cast, and a client signed in as each. A demo asks for no second factor."""

import pytest
from django.test import Client

from apprentices.actions.apprenticeships import register
from apprentices.actions.people import give_sign_in
from apprentices.models import Apprenticeship
from apprentices.tests.cast import PASSWORD, REGISTERED_ON, apprentice_row
from apprentices.tests.views.import_pages import ImportPages
from employers.actions.memberships import add_sponsor_member
from imt.accounts.actions import create_person


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def sue(sponsor, priya):
    """Member of the sponsor whose standards these are."""
    user = create_person(name="Sue", email="sue@example.org", password=PASSWORD, by=priya)
    add_sponsor_member(user=user, sponsor=sponsor, on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def nils(priya):
    """Signs in, but has no role."""
    return create_person(name="Nils", email="nils@example.org", password=PASSWORD, by=priya)


@pytest.fixture
def bea(oscar, standards, priya):
    """Apprentice at Oscar's employer."""
    register(
        rows=[
            apprentice_row(apprentice_ref="T-0002", first_name="Bea", email="bea@example.org", employer="Other Works")
        ],
        by=priya,
    )
    user = create_person(name="Bea Xiong", email="bea@example.org", password=PASSWORD, by=priya)
    give_sign_in(apprentice=Apprenticeship.objects.get(ref="T-0002").apprentice, user=user, by=priya)
    return user


@pytest.fixture
def everybody(ana, ana_at_acme, sam, oscar, lee, sue, priya, ada, nils, bea):
    """{role: a signed-in client}; `nobody` is signed out."""
    people = {
        "ana": ana,
        "sam": sam,
        "oscar": oscar,
        "lee": lee,
        "sue": sue,
        "priya": priya,
        "ada": ada,
        "nils": nils,
        "bea": bea,
    }
    clients = {"nobody": Client()}
    for name, user in people.items():
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


@pytest.fixture
def as_sam(client, sam):
    client.force_login(sam)
    return client


@pytest.fixture
def as_ana(client, ana, ana_at_acme):
    client.force_login(ana)
    return client


@pytest.fixture
def pages(as_sam, ana_at_acme, django_capture_on_commit_callbacks):
    """The pages of imports as Sam sees them."""
    return ImportPages(as_sam, django_capture_on_commit_callbacks)
