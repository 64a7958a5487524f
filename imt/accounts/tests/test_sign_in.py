import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from imt.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence about nothing"


@pytest.fixture
def priya():
    return User.objects.create_user(name="Priya", email="priya@example.org", password=PASSWORD, is_staff=True)


@pytest.fixture
def nobody():
    return User.objects.create_user(name="Nils Nobody", email="nils@example.org", password=PASSWORD)


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_person_signs_in_with_e_mail_and_password_in_any_case(client, nobody):
    assert sign_in(client, "Nils@Example.org").headers["Location"] == "/"


def test_someone_without_a_role_is_told_whom_to_ask(client, nobody):
    client.force_login(nobody)
    assert "ask the staff" in client.get("/").content.decode()


def test_staff_are_led_to_the_staff_room(client, priya, settings):
    settings.DEMO = True
    client.force_login(priya)
    assert client.get("/").headers["Location"] == "/admin/"


def test_signed_out_is_led_to_the_sign_in_and_back(client):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("kind", [User.Kind.LINK, User.Kind.INTEGRATION, User.Kind.SYSTEM])
def test_only_a_person_signs_in(client, kind):
    User.objects.create_user(name="No person", email="x@example.org", password=PASSWORD, kind=kind)
    response = sign_in(client, "x@example.org")
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_who_was_switched_off_does_not_sign_in(client, nobody):
    User.objects.update(is_active=False)
    assert sign_in(client, nobody.email).status_code == 200
    assert "_auth_user_id" not in client.session


def test_who_is_switched_off_is_out_at_once(client, nobody):
    client.force_login(nobody)
    User.objects.update(is_active=False)
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_the_eleventh_failed_sign_in_within_five_minutes_is_refused_even_with_the_right_password(client, nobody):
    with time_machine.travel("2026-11-20 12:00", tick=False) as clock:
        for _attempt in range(10):
            assert sign_in(client, nobody.email, "wrong").status_code == 200
            clock.shift(1)
        assert sign_in(client, nobody.email).status_code != 302
        clock.shift(301)
        assert sign_in(client, nobody.email).status_code == 302


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/"])
def test_nobody_makes_or_moves_an_account_alone(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_forgotten_password_page_says_the_same_to_everyone(
    client, nobody, mailoutbox, django_capture_on_commit_callbacks
):
    for email in (nobody.email, "stranger@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("account_reset_password"), {"email": email})
        assert response.headers["Location"] == reverse("account_reset_password_done")
    assert [mail.to for mail in mailoutbox] == [[nobody.email]]


def test_the_link_of_the_mail_sets_a_new_password_once(client, nobody, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": nobody.email})
    link = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    new = "another long sentence"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.get(link, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(client, nobody.email, new).headers["Location"] == "/"
    assert "Your password has been reset." in mailoutbox[1].body
    assert "already been used" in Client().get(link).content.decode()


def test_a_mail_server_that_is_down_breaks_no_page(client, nobody, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("account_reset_password"), {"email": nobody.email}).status_code == 302


@pytest.mark.parametrize(("days", "is_in"), [(29, True), (31, False)])
def test_who_is_remembered_stays_for_thirty_days(client, nobody, days, is_in):
    with time_machine.travel("2026-11-20 06:00", tick=False) as clock:
        client.post(reverse("account_login"), {"login": nobody.email, "password": PASSWORD, "remember": "on"})
        client.get("/")
        clock.shift(days * 24 * 3600)
        assert (client.get("/").status_code == 200) is is_in


def test_a_role_that_needs_a_second_factor_is_not_remembered_by_the_password_alone(client, priya, settings):
    settings.DEMO = True
    with time_machine.travel("2026-11-20 06:00", tick=False) as clock:
        client.post(reverse("account_login"), {"login": priya.email, "password": PASSWORD, "remember": "on"})
        client.get("/")
        clock.shift(31 * 60)
        assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_one_sees_where_one_is_signed_in_and_signs_out_there(client, nobody):
    other = Client()
    for one in (client, other):
        sign_in(one, nobody.email)
    page = reverse("usersessions_list")
    assert len(client.get(page).context["sessions"]) == 2
    client.post(page)
    assert client.get("/").status_code == 200
    assert other.get("/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("seconds", "is_out"), [(29 * 60, False), (31 * 60, True)])
def test_staff_are_signed_out_after_thirty_idle_minutes(client, priya, settings, seconds, is_out):
    settings.DEMO = True
    with time_machine.travel("2026-11-20 12:00", tick=False) as clock:
        client.force_login(priya)
        client.get("/")
        clock.shift(seconds)
        assert client.get("/").headers["Location"].startswith("/accounts/login/") is is_out


def test_staff_are_signed_out_after_twelve_hours_however_busy(client, priya, settings):
    settings.DEMO = True
    with time_machine.travel("2026-11-20 06:00", tick=False) as clock:
        client.force_login(priya)
        for _ in range(12 * 3):
            assert client.get("/").headers["Location"] == "/admin/"
            clock.shift(20 * 60)
        clock.shift(60)
        assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_others_stay_signed_in_over_a_shift(client, nobody):
    with time_machine.travel("2026-11-20 06:00", tick=False) as clock:
        client.force_login(nobody)
        client.get("/")
        clock.shift(11 * 3600)
        assert client.get("/").status_code == 200
