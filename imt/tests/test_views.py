import pytest
from django.db import InterfaceError, OperationalError, connection
from django.urls import path

from imt.accounts.decorators import allow
from imt.accounts.models import User
from imt.accounts.permissions import anyone
from imt.urls import handler500
from imt.urls import urlpatterns as real_patterns

STRICT = "default-src 'none'"


@allow(anyone)
def away(request):
    raise OperationalError("server closed the connection unexpectedly")


@allow(anyone)
def cut_off(request):
    raise InterfaceError("connection already closed")


@allow(anyone)
def broken(request):
    raise ZeroDivisionError


urlpatterns = [*real_patterns, path("away/", away), path("cut-off/", cut_off), path("broken/", broken)]
__all__ = ["handler500", "urlpatterns"]


@pytest.fixture
def calm(client):
    """A client that sees the error page instead of the error."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", ["/away/", "/cut-off/"])
@pytest.mark.urls(__name__)
def test_a_database_that_is_away_is_a_reason_to_come_back_in_a_moment(calm, address):
    response = calm.get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "load the page again" in response.content.decode()


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_is_a_500_with_the_same_policy(calm):
    response = calm.get("/broken/")
    assert response.status_code == 500
    assert STRICT in response.headers["Content-Security-Policy"]


def test_alive_needs_no_database(client):
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_when_it_does_not(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/no-such-page/", "/livez", "/accounts/password/reset/"])
def test_every_page_has_the_strict_policy(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert STRICT in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/accounts/2fa/", "/accounts/password/change/"])
def test_pages_behind_the_sign_in_have_it_too_and_no_inline_style_or_script(client, settings, address):
    settings.DEMO = True
    client.force_login(User.objects.create_user(name="Priya", email="p@example.org", password="x", is_staff=True))
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert STRICT in response.headers["Content-Security-Policy"]
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick=" not in page


@pytest.mark.django_db
def test_pages_ask_nothing_of_the_device_but_its_keys(client):
    assert "camera=()" in client.get("/accounts/login/").headers["Permissions-Policy"]
