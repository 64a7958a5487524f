"""first_steps: the first user of the staff, the sponsor, the agency."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from employers.models import RegistrationAgency, Sponsor
from imt.accounts.models import User

OPTIONS = {"email": "Priya@example.org", "name": "Priya", "sponsor": "WRTP/BIG STEP", "agency": "wi"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("IMT_FIRST_PASSWORD", "nine red lanterns")


def run(**changes):
    out = StringIO()
    call_command("first_steps", stdout=out, **OPTIONS | changes)
    return out.getvalue()


def test_the_first_user_is_of_the_staff_and_signs_in(client):
    run()
    user = User.objects.get(is_staff=True)
    assert (user.email, user.name, user.check_password("nine red lanterns")) == ("priya@example.org", "Priya", True)


def test_sponsor_and_agencies_are_laid():
    assert "Wisconsin" in run()
    assert Sponsor.objects.get().name == "WRTP/BIG STEP"
    assert RegistrationAgency.objects.count() == 9


def test_a_state_that_is_not_known_yet_gets_its_agency():
    assert "not verified" in run(agency="NY")
    assert RegistrationAgency.objects.get(code="NY").is_verified is False


def test_it_refuses_where_there_is_staff_already():
    run()
    with pytest.raises(CommandError, match="already"):
        run(email="other@example.org")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email": "nobody"}, "e-?mail"),
        ({"agency": "Wisconsin"}, "no agency"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_written(changes, why):
    with pytest.raises(CommandError, match=f"(?i){why}"):
        run(**changes)
    assert not User.objects.filter(is_staff=True).exists()
    assert not Sponsor.objects.exists()


def test_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setenv("IMT_FIRST_PASSWORD", "password")
    with pytest.raises(CommandError):
        run()


def test_where_nobody_can_be_asked_the_options_are_needed(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match="option"):
        run(name=None)
