import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from employers.models import Employer, EmployerMembership
from imt.accounts.adapter import MFAAdapter
from imt.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence about nothing"


@pytest.fixture
def priya():
    return User.objects.create_user(name="Priya", email="priya@example.org", password=PASSWORD, is_staff=True)


@pytest.fixture
def secret(priya):
    """Priya's authenticator app holds this secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(priya, secret)
    RecoveryCodes.activate(priya)
    return secret


def code_of(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def sign_in(client):
    return client.post(reverse("account_login"), {"login": "priya@example.org", "password": PASSWORD})


def confirm_password(client):
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def pass_the_second(client, code, then="skip"):
    """With the code, and what becomes of the device: trust or skip."""
    assert client.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == reverse("mfa_trust")
    return client.post(reverse("mfa_trust"), {"action": then})


@pytest.mark.parametrize("flag", ["is_staff", "is_auditor", "is_equal_opportunity"])
def test_a_role_of_the_house_without_a_second_factor_opens_no_page(client, flag):
    client.force_login(User.objects.create_user(name="New", email="new@example.org", **{flag: True}))
    assert client.get("/").headers["Location"] == reverse("mfa_index")
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


def test_who_acts_for_an_employer_needs_one_too(client):
    sam = User.objects.create_user(name="Sam", email="sam@example.org")
    EmployerMembership.objects.create(
        user=sam, employer=Employer.objects.create(name="Acme", state="WI"), role="SUPERVISOR", from_on="2026-01-01"
    )
    client.force_login(sam)
    assert client.get("/").headers["Location"] == reverse("mfa_index")


def test_someone_without_a_role_needs_no_second_factor(client):
    client.force_login(User.objects.create_user(name="Ana", email="ana@example.org"))
    assert client.get("/").status_code == 200


def test_a_demo_asks_for_no_second_factor(client, priya, settings):
    settings.DEMO = True
    client.force_login(priya)
    assert client.get("/admin/").status_code == 200


def test_the_page_that_sets_a_factor_up_is_open_to_those_who_need_one(client, priya):
    sign_in(client)
    assert client.get(reverse("mfa_index")).status_code == 200
    confirm_password(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert "data:image/svg+xml" in page.content.decode()


def test_who_sets_a_factor_up_gets_in_with_it(client, priya):
    sign_in(client)
    confirm_password(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_signs_nobody_in_who_has_a_second_factor(client, secret):
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/").headers["Location"].startswith(reverse("account_login"))


def test_password_and_code_open_the_staff_room(client, secret):
    sign_in(client)
    assert pass_the_second(client, code_of(secret)).headers["Location"] == "/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(("days", "is_asked"), [(29, False), (31, True)])
def test_a_trusted_device_is_not_asked_for_the_second_factor_for_thirty_days(client, secret, days, is_asked):
    with time_machine.travel("2026-11-20 12:00Z", tick=False) as clock:
        sign_in(client)
        pass_the_second(client, code_of(secret), then="trust")
        client.post(reverse("account_logout"))
        clock.shift(days * 24 * 60 * 60)
        assert (sign_in(client).headers["Location"] == reverse("mfa_authenticate")) is is_asked


def test_a_changed_password_forgets_every_device(client, priya, secret):
    sign_in(client)
    pass_the_second(client, code_of(secret), then="trust")
    client.post(reverse("account_logout"))
    priya.set_password(PASSWORD)  # the same again: even so it is another hash
    priya.save()
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")


def test_a_recovery_code_counts_as_the_second_factor_once(client, priya, secret):
    codes = Authenticator.objects.get(user=priya, type="recovery_codes").wrap().get_unused_codes()
    sign_in(client)
    assert pass_the_second(client, codes[0]).headers["Location"] == "/"
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_no_secret_of_a_second_factor_stands_in_the_database_in_plain_text(secret):
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_what_was_encrypted_under_an_older_key_can_still_be_read(settings):
    settings.FIELD_KEYS = {"old": b"o" * 32}
    sealed = MFAAdapter().encrypt("secret")
    settings.FIELD_KEYS = {"new": b"n" * 32, "old": b"o" * 32}
    assert MFAAdapter().decrypt(sealed) == "secret"
    assert MFAAdapter().encrypt("secret").startswith("new:")
