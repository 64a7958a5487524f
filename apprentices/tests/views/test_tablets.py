"""Badge and PIN at a paired tablet: who comes in, who does not, and how short it lasts."""

import pytest
import time_machine
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apprentices.tests.weeks import MONDAY
from employers.actions.badges import end_badge, give_badge, set_pin
from employers.actions.tablets import offer_pairing, pair, withdraw_device
from employers.models import EmployerSettings, PairedDevice
from imt.accounts.actions import create_person
from imt.accounts.actions.invitations import invite
from imt.accounts.models import User
from imt.accounts.notifications import queue
from imt.audit.models import AuditEvent
from imt.tests.test_urls import ADDRESSES

pytestmark = pytest.mark.django_db
TABLET, FIRST_TIME, PAIR = reverse("tablet"), reverse("first_time"), reverse("pair_this_tablet")
PIN = "305718"


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


@pytest.fixture
def floor(client, acme, priya):
    """A client whose browser is the paired tablet of Acme."""
    code = offer_pairing(employer=acme, name="Line 4", by=priya)
    client.post(PAIR, {"code": code})
    return client


@pytest.fixture
def badge(acme, ana, ana_at_acme, priya):
    """Ana's badge 12, with its PIN."""
    badge = give_badge(user=ana, employer=acme, number="12", on=timezone.localdate(), by=priya)
    set_pin(badge=badge, pin=PIN, by=priya)
    return badge


def come(client, number="12", pin=PIN):
    return client.post(TABLET, {"number": number, "pin": pin})


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_tablet_is_paired_with_a_code_once(floor, acme):
    device = PairedDevice.objects.get()
    assert (device.employer, device.name) == (acme, "Line 4")
    assert floor.cookies["tablet"].value not in device.token_digest
    assert "Sign in with your badge" in floor.get(TABLET).content.decode()


def test_a_code_pairs_one_tablet_alone(acme, priya):
    code = offer_pairing(employer=acme, name="Line 4", by=priya)
    assert pair(code=code, moment=timezone.now())
    assert pair(code=code, moment=timezone.now()) is None


def test_a_code_is_good_for_a_quarter_of_an_hour(client, acme, priya):
    with time_machine.travel("2026-11-20 12:00Z", tick=False) as clock:
        code = offer_pairing(employer=acme, name="Line 4", by=priya)
        clock.shift(901)
        assert client.post(PAIR, {"code": code}).context["errors"][0][0] == "id_code"


def test_badge_and_pin_open_the_own_rooms(floor, badge, ana_at_acme):
    assert come(floor).headers["Location"] == TABLET
    assert "Hello Ana Xiong" in floor.get(TABLET).content.decode()
    assert floor.get(reverse("my_progress")).status_code == 200


@pytest.mark.parametrize(("number", "pin"), [("12", "305719"), ("13", PIN), ("", PIN), ("12", "")])
def test_anything_else_does_not(floor, badge, number, pin):
    assert come(floor, number, pin).status_code == 200
    assert not is_in(floor)


def test_a_wrong_pin_an_unknown_badge_and_one_without_a_pin_are_told_alike(floor, badge, acme, sam, priya):
    give_badge(user=sam, employer=acme, number="99", on=timezone.localdate(), by=priya)
    said = [come(floor, number, pin).context["errors"] for number, pin in (("12", "1"), ("77", PIN), ("99", PIN))]
    assert said[0] == said[1] == said[2]


def test_without_a_pairing_there_is_nothing_to_guess(client, badge):
    assert "not paired" in come(client).content.decode()
    assert not is_in(client)


def test_a_badge_of_another_employer_opens_nothing(floor, oscar, priya):
    other = oscar.employer_memberships.get().employer
    set_pin(
        badge=give_badge(user=oscar, employer=other, number="5", on=timezone.localdate(), by=priya), pin=PIN, by=priya
    )
    come(floor, "5")
    assert not is_in(floor)


def test_an_ended_badge_and_a_user_switched_off_stay_outside(floor, badge, priya, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)
    come(floor)
    assert not is_in(floor)
    User.objects.filter(pk=ana.pk).update(is_active=True)
    end_badge(badge=badge, on=timezone.localdate(), by=priya)
    with time_machine.travel(timezone.now() + timezone.timedelta(days=2)):
        come(floor)
    assert not is_in(floor)


@pytest.mark.parametrize("kind", [User.Kind.LINK, User.Kind.INTEGRATION])
def test_only_a_person_signs_in(floor, badge, ana, kind):
    User.objects.filter(pk=ana.pk).update(kind=kind)
    come(floor)
    assert not is_in(floor)


def test_a_house_role_does_not_sign_in_at_a_tablet(floor, badge, ana):
    User.objects.filter(pk=ana.pk).update(is_staff=True)
    come(floor)
    assert not is_in(floor)


def test_after_five_wrong_pins_even_the_right_one_waits_a_quarter_of_an_hour(floor, badge):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _guess in range(5):
            come(floor, pin="111222")
        assert come(floor).status_code == 429
        other = Client()
        other.cookies["tablet"] = floor.cookies["tablet"].value
        assert come(other).status_code == 429  # the badge, from wherever
        clock.shift(901)
        assert come(floor).status_code == 302


def test_a_tablet_has_thirty_wrong_ones_over_all_badges(floor, badge):
    for number in range(30):
        come(floor, f"x{number}", "111222")
    assert come(floor).status_code == 429


def test_right_ones_use_nothing_up(floor, badge):
    for _time in range(8):
        assert come(floor).status_code == 302
        floor.post(reverse("leave_tablet"))


def test_the_session_ends_after_two_idle_minutes(floor, badge):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come(floor)
        for _time in range(3):
            clock.shift(100)
            assert floor.post(reverse("still_here")).status_code == 204
        clock.shift(121)
        assert floor.post(reverse("still_here")).status_code == 403
        assert "Sign in with your badge" in floor.get(TABLET).content.decode()


def test_an_act_ends_the_session_and_a_draft_does_not(floor, badge, acme, ana_at_acme):
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, apprentices_log_hours=True)
    come(floor)
    week = reverse("my_week", args=[MONDAY, "T-0001"])
    floor.post(week, {"edit_number": floor.get(week).context["grid"].timesheet.edit_number, "act": "save"})
    assert is_in(floor)
    edit_number = floor.get(week).context["grid"].timesheet.edit_number
    cell = next(iter(floor.get(week).context["sheet"].by_name))
    response = floor.post(week, {"edit_number": edit_number, cell: "8", "act": "submit"})
    assert response.headers["Location"] == TABLET
    assert not is_in(floor)


CLOSED = ("crew", "approvals", "people", "account", "mfa_index", "account_change_password", "crew_competencies")


@pytest.mark.parametrize("name", CLOSED)
def test_a_supervisor_at_a_tablet_logs_and_does_nothing_else(floor, acme, sam, priya, settings, name):
    settings.DEMO = False  # outside a demo a supervisor needs a second factor, but for these rooms
    badge = give_badge(user=sam, employer=acme, number="9", on=timezone.localdate(), by=priya)
    set_pin(badge=badge, pin=PIN, by=priya)
    come(floor, "9")
    assert floor.get(reverse("crew_week", args=[MONDAY])).status_code == 200
    response = floor.get(reverse(name))
    assert response.status_code == 403
    assert "Not at the tablet" in response.content.decode()
    assert floor.get("/admin/").status_code in (403, 404)
    assert floor.get("/").headers["Location"] == TABLET


def test_a_withdrawn_tablet_puts_out_who_is_signed_in(floor, badge, priya):
    come(floor)
    withdraw_device(device=PairedDevice.objects.get(), by=priya, moment=timezone.now())
    assert "not paired" in floor.get(TABLET).content.decode()
    assert not is_in(floor)


def test_the_session_does_not_go_along_to_another_browser(floor, badge):
    come(floor)
    thief = Client()
    thief.cookies["session"] = floor.cookies["session"].value
    assert thief.get(reverse("my_progress")).headers["Location"].startswith("/accounts/login/")


@pytest.fixture
def eli(acme, priya):
    """A person without an e-mail address, with badge 31 and no PIN yet, and the code on paper."""
    user = create_person(name="Eli Novak", by=priya)
    give_badge(user=user, employer=acme, number="31", on=timezone.localdate(), by=priya)
    return user, invite(user=user, by=priya, moment=timezone.now())[1]


def first(client, paper, **changes):
    return client.post(FIRST_TIME, {"number": "31", "code": paper, "pin1": PIN, "pin2": PIN} | changes)


def test_the_first_time_a_code_on_paper_sets_the_pin(floor, eli):
    assert first(floor, eli[1]).status_code == 302
    assert is_in(floor)
    floor.post(reverse("leave_tablet"))
    assert come(floor, "31").status_code == 302
    assert first(floor, eli[1]).status_code == 410
    assert AuditEvent.objects.filter(event="invitation.refused").exists()


@pytest.mark.parametrize(
    "changes", [{"number": "12"}, {"code": "ABCD-EFGH-JKLM-NPQR"}, {"pin1": "123456", "pin2": "123456"}, {"pin2": "1"}]
)
def test_the_first_time_goes_wrong_without_a_trace(floor, eli, badge, changes):
    assert first(floor, eli[1], **changes).context["errors"]
    assert not is_in(floor)
    assert first(floor, eli[1]).status_code == 302


def test_who_has_no_address_reads_at_the_tablet_what_was_told(floor, eli):
    first(floor, eli[1])
    details = {"ref": "T-0001", "week": "2026-11-02", "by": "Sam", "reason": "Tuesday isn't there"}
    queue("hours.returned", to=[eli[0]], details=details, moment=timezone.now())
    floor.post(reverse("leave_tablet"))
    come(floor, "31")
    assert "Tuesday isn&#x27;t there" in floor.get(TABLET).content.decode()


def test_every_room_that_is_open_at_a_tablet_exists():
    assert {pattern.name for pattern in ADDRESSES.values()} >= project.OPEN_AT_A_TABLET
