"""Every address says who may open it, and keeps its word."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from imt.accounts.models import User
from imt.accounts.permissions import anyone, signed_in

# allauth's views ask for a sign-in where they need one; these are the doors that we opened, and no others
OF_ALLAUTH = {
    "account_change_password",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_trust",
    "mfa_view_recovery_codes",
    "usersessions_list",
}
SAMPLES = {"int": "0", "uuid": "00000000-0000-0000-0000-000000000000", "day": "2026-11-16"}


def patterns(resolver, prefix=""):
    """(address with samples in place of its variables, pattern) of every address below `resolver`."""
    for pattern in resolver.url_patterns:
        address = prefix + _sample_of(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield address, pattern
        else:
            yield from patterns(pattern, address)


def _sample_of(route):
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1], "x"), route)


ADDRESSES = {f"/{address}": pattern for address, pattern in patterns(get_resolver())}


def _is_of_the_admin(view):
    return hasattr(view, "admin_site") or hasattr(view, "model_admin") or view.__module__ == "imt.admin"


def _is_of_allauth(view):
    return view.__module__.startswith("allauth.")


OF_THE_ADMIN = [address for address, found in ADDRESSES.items() if _is_of_the_admin(found.callback)]
OURS = {
    address: found.callback
    for address, found in ADDRESSES.items()
    if not _is_of_the_admin(found.callback) and not _is_of_allauth(found.callback)
}


def _without_token(response):
    """The page but for the token of its forms, which is masked anew each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.fixture
def nobody(client):
    client.force_login(User.objects.create_user(name="Nils Nobody", email="nils@example.org"))
    return client


def test_the_open_doors_of_allauth_are_those_we_know():
    names = {found.name for found in ADDRESSES.values() if _is_of_allauth(found.callback)}
    assert names == OF_ALLAUTH


@pytest.mark.parametrize("address", OURS)
def test_every_address_says_who_may_open_it(address):
    assert getattr(OURS[address], "allowed", None), f"{address} needs @allow(…)"


@pytest.mark.django_db
@pytest.mark.parametrize("address", [a for a, view in OURS.items() if anyone not in getattr(view, "allowed", ())])
def test_signed_out_every_room_leads_to_the_sign_in(client, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [a for a, view in OURS.items() if not {anyone, signed_in} & set(getattr(view, "allowed", ()))]
)
def test_without_a_role_a_room_answers_like_a_missing_page(nobody, address):
    response = nobody.get(address)
    assert response.status_code == 404
    assert _without_token(response) == _without_token(nobody.get("/no-such-page/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [a for a in OF_THE_ADMIN if "(" not in a and "\\" not in a])
def test_the_staff_room_is_not_there_for_others(nobody, client, address):
    assert nobody.get(address).status_code == 404
    client.logout()
    assert client.get(address).headers["Location"].startswith("/accounts/login/")
