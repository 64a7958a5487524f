"""A code opens the way in once, for 14 days, and to nobody who only guesses."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apprentices.tests.cast import PASSWORD
from imt.accounts.actions import create_person, system_user
from imt.accounts.actions.invitations import (
    GOOD_FOR,
    InvitationOver,
    SignsInAlready,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from imt.accounts.models import Invitation
from imt.audit.models import AuditEvent
from imt.codes import digest_of
from imt.tests.threads import ROUNDS, at_once

PAGE = reverse("invitation")
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def noor(db):
    return create_person(name="Noor Aziz", email="noor@example.org", by=system_user())


@pytest.fixture
def code(noor):
    return invite(user=noor, by=system_user(), moment=timezone.now())[1]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_link_leads_to_a_page_whose_address_holds_no_code(client, code):
    response = client.get(reverse("invitation_link", args=[code]))
    assert response.headers["Location"] == PAGE
    assert "no-store" in response.headers["Cache-Control"]
    assert "Noor Aziz" in client.get(PAGE).content.decode()


def test_a_typed_code_does_not_mind_case_blanks_and_hyphens(client, code):
    client.post(PAGE, {"code": f" {code.lower().replace('-', ' ')} "})
    assert client.post(PAGE, PASSWORDS).status_code == 302
    assert is_signed_in(client)


def test_the_password_keeps_the_rules(client, code):
    client.get(reverse("invitation_link", args=[code]))
    for bad in ("short", "noor@example.org!"):
        response = client.post(PAGE, {"password1": bad, "password2": bad})
        assert response.context["form"].errors["password1"], bad
    assert client.post(PAGE, PASSWORDS | {"password2": "else"}).context["form"].errors["password2"]
    assert not is_signed_in(client)


def test_a_code_that_nobody_made_is_an_error_at_its_field(client, noor):
    response = client.post(PAGE, {"code": "ABCD-EFGH-JKLM-NPQR"})
    assert response.context["errors"][0][0] == "id_code"
    client.get(reverse("invitation_link", args=["ABCD-EFGH-JKLM-NPQR"]))
    assert client.get(PAGE).context["errors"][0][0] == "id_code"


def test_a_used_code_is_gone_and_somebody_is_told(client, code):
    client.get(reverse("invitation_link", args=[code]))
    client.post(PAGE, PASSWORDS)
    other = Client()
    other.get(reverse("invitation_link", args=[code]))
    response = other.get(PAGE)
    assert response.status_code == 410
    assert "used already" in response.content.decode()
    refused = AuditEvent.objects.get(event="invitation.refused")
    assert refused.details["standing"] == "USED"


def test_an_expired_code_is_gone(client, code):
    client.get(reverse("invitation_link", args=[code]))
    with time_machine.travel(timezone.now() + GOOD_FOR + timedelta(minutes=1)):
        client.get(reverse("invitation_link", args=[code]))
        assert client.post(PAGE, PASSWORDS).status_code == 410
    assert not is_signed_in(client)


def test_a_new_code_withdraws_the_old_one(client, noor, code):
    new = invite(user=noor, by=system_user(), moment=timezone.now())[1]
    client.get(reverse("invitation_link", args=[code]))
    assert "withdrawn" in client.get(PAGE).content.decode()
    client.get(reverse("invitation_link", args=[new]))
    assert client.get(PAGE).status_code == 200


def test_a_withdrawn_code_is_gone(client, noor, code):
    withdraw_invitation(user=noor, by=system_user(), moment=timezone.now())
    withdraw_invitation(user=noor, by=system_user(), moment=timezone.now())
    client.get(reverse("invitation_link", args=[code]))
    assert client.get(PAGE).status_code == 410
    assert AuditEvent.objects.filter(event="invitation.withdrawn").count() == 1


def test_who_has_a_password_is_not_invited_again(noor, code):
    accept_invitation(digest=digest_of(code), password=PASSWORD, moment=timezone.now())
    with pytest.raises(SignsInAlready):
        invite(user=noor, by=system_user(), moment=timezone.now())


def test_without_an_e_mail_the_code_is_for_the_tablet(client, db):
    eli = create_person(name="Eli Novak", by=system_user())
    _invitation, code = invite(user=eli, by=system_user(), moment=timezone.now())
    client.get(reverse("invitation_link", args=[code]))
    assert "at the tablet" in client.post(PAGE, PASSWORDS).content.decode()
    assert not is_signed_in(client)


def test_guesses_are_limited_and_right_codes_use_up_nothing(client, code):
    for _time in range(12):
        client.post(PAGE, {"code": code})
    for _guess in range(10):
        assert client.post(PAGE, {"code": "ABCD-EFGH-JKLM-NPQR"}).status_code == 200
    assert client.post(PAGE, {"code": code}).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_in():
    noor = create_person(name="Noor Aziz", email="noor@example.org", by=system_user())
    for _round in range(ROUNDS):
        type(noor).objects.filter(pk=noor.pk).update(password="!")
        _invitation, code = invite(user=noor, by=system_user(), moment=timezone.now())

        def accept(code=code):
            return accept_invitation(digest=digest_of(code), password=PASSWORD, moment=timezone.now())

        results = at_once([accept, accept])
        assert sorted(isinstance(result, InvitationOver) for result in results) == [False, True]
        assert noor in results
    assert Invitation.objects.filter(accepted_at__isnull=False).count() == ROUNDS
