"""An employer's manager invites its people, changes what they are, and ends it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apprentices.tests.cast import PASSWORD, REGISTERED_ON
from employers.actions.memberships import add_member
from employers.models import Badge, EmployerMembership, PairedDevice
from imt.accounts.actions import create_person
from imt.accounts.models import Invitation, User
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
NOOR = {"name": "Noor Aziz", "role": "SUPERVISOR", "email": "noor@example.org", "number": "", "how": "MAIL"}


@pytest.fixture
def maria(ana_at_acme, acme, priya):
    """Manager at Acme."""
    user = create_person(name="Maria", email="maria@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role=EmployerMembership.Role.MANAGER, on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    return client


def page(name, *arguments):
    return reverse(name, args=arguments)


def states(response):
    return {one.name: one.state for one in (*response.context["found"].members, *response.context["found"].apprentices)}


def test_a_manager_of_one_employer_comes_straight_to_its_people_and_who_has_a_password_can_sign_in(as_maria, acme, sam):
    assert as_maria.get(page("people")).headers["Location"] == page("employer_people", acme.pk)
    assert states(as_maria.get(page("employer_people", acme.pk)))["Sam"] == "CAN"


def test_staff_find_every_employer(client, priya, acme, oscar):
    client.force_login(priya)
    assert [one.name for one in client.get(page("people")).context["page"]] == ["Acme", "Other Works"]
    assert [one.name for one in client.get(page("people"), {"q": "other"}).context["page"]] == ["Other Works"]


def test_an_invited_supervisor_gets_a_mail_with_a_code_and_chooses_a_password(
    as_maria, acme, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_maria.post(page("invite_member", acme.pk), NOOR)
    assert states(as_maria.get(page("employer_people", acme.pk)))["Noor Aziz"] == "INVITED"
    link = re.search(r"http\S+/accounts/invitation/[A-Z0-9-]+/", mail.outbox[0].body)[0]
    client.logout()
    client.get(link.removeprefix("http://localhost:8000"))
    response = client.post(page("invitation"), {"password1": PASSWORD, "password2": PASSWORD})
    assert response.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(User.objects.get(email="noor@example.org").pk)


def test_the_code_stands_in_no_row(as_maria, acme, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_maria.post(page("invite_member", acme.pk), NOOR)
    code = re.search(r"type the code (\S+)\.", mail.outbox[0].body)[1]
    told = str(list(AuditEvent.objects.values_list("details", flat=True)))
    notices = str(list(User.objects.get(email="noor@example.org").notices.values()))
    assert code not in told + notices + Invitation.objects.get().code_digest


def test_an_invitation_sent_twice_is_one_person_and_the_last_code_counts(as_maria, acme):
    for _time in range(2):
        as_maria.post(page("invite_member", acme.pk), NOOR)
    assert EmployerMembership.objects.filter(user__email="noor@example.org").count() == 1
    assert Invitation.objects.open(at=timezone.now()).count() == 1


def test_without_an_e_mail_a_badge_is_needed_and_the_code_is_printed(as_maria, acme):
    refused = as_maria.post(page("invite_member", acme.pk), NOOR | {"email": ""})
    assert {"number", "how"} <= refused.context["form"].errors.keys()
    for _time in range(2):
        paper = as_maria.post(page("invite_member", acme.pk), NOOR | {"email": "", "number": "77", "how": "PAPER"})
    assert "77" in paper.content.decode() and "no-store" in paper.headers["Cache-Control"]
    assert User.objects.filter(name="Noor Aziz").count() == 1
    assert Badge.objects.get().number == "77"


def test_somebody_elses_account_is_not_added_by_its_e_mail(as_maria, acme, oscar):
    response = as_maria.post(page("invite_member", acme.pk), NOOR | {"email": oscar.email})
    assert "has an account already" in response.context["form"].errors["email"][0]


def test_nobody_is_invited_into_an_account_that_has_a_password(as_maria, acme, sam):
    response = as_maria.post(page("person", acme.pk, sam.pk), {"act": "paper"}, follow=True)
    assert "has a password" in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_apprentice_gets_a_sign_in_once(as_maria, acme, ana_at_acme):
    apprentice = ana_at_acme.apprentice
    apprentice.user = None
    apprentice.save()
    User.objects.filter(email="ana@example.org").update(email="old@example.org")
    address = page("invite_apprentice", acme.pk, apprentice.pk)
    assert as_maria.get(address).context["form"].initial["email"] == "ana@example.org"
    sent = {"email": "ana@example.org", "number": "4711", "how": "PAPER"}
    assert "4711" not in as_maria.post(address, sent).content.decode()  # the mail address, and no badge, opens the page
    apprentice.refresh_from_db()
    assert apprentice.user.email == "ana@example.org"
    assert as_maria.post(address, sent).headers["Location"] == page("person", acme.pk, apprentice.user.pk)


def test_who_signs_in_elsewhere_with_that_e_mail_is_not_taken_for_the_apprentice(as_maria, acme, ana_at_acme):
    apprentice = ana_at_acme.apprentice
    apprentice.user = None
    apprentice.save()
    sent = {"email": "ana@example.org", "number": "", "how": "MAIL"}
    response = as_maria.post(page("invite_apprentice", acme.pk, apprentice.pk), sent)
    assert "Ask the staff" in response.context["form"].errors["email"][0]


def test_a_role_changes_from_today(as_maria, acme, sam):
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "role", "role-role": "MANAGER"})
    today = timezone.localdate()
    rows = EmployerMembership.objects.filter(user=sam).order_by("from_on").values_list("role", "until_on")
    assert list(rows) == [("SUPERVISOR", today - timedelta(days=1)), ("MANAGER", None)]
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "role", "role-role": "SUPERVISOR"})
    assert EmployerMembership.objects.in_force().get(user=sam).role == "SUPERVISOR"


def test_a_membership_ends_with_its_badge_and_invitation(as_maria, acme):
    as_maria.post(page("invite_member", acme.pk), NOOR | {"number": "77"})
    noor = User.objects.get(email="noor@example.org")
    today = timezone.localdate()
    as_maria.post(page("person", acme.pk, noor.pk), {"act": "end", "end-until_on": today.isoformat()})
    assert EmployerMembership.objects.get(user=noor).until_on == today
    assert Badge.objects.get().until_on == today
    assert not Invitation.objects.open(at=timezone.now()).exists()


def test_the_only_manager_stays_and_one_of_two_may_go(as_maria, acme, maria, sam):
    today = timezone.localdate().isoformat()
    ending = {"act": "end", "end-until_on": today}
    response = as_maria.post(page("person", acme.pk, maria.pk), ending)
    assert "You are the only manager" in response.content.decode()
    response = as_maria.post(page("person", acme.pk, maria.pk), {"act": "role", "role-role": "SUPERVISOR"})
    assert "You are the only manager" in response.content.decode()
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "role", "role-role": "MANAGER"})
    assert as_maria.post(page("person", acme.pk, maria.pk), ending).status_code == 302


def test_a_last_day_before_the_first_is_refused(as_maria, acme, sam):
    response = as_maria.post(page("person", acme.pk, sam.pk), {"act": "end", "end-until_on": "2020-01-01"})
    assert response.context["errors"][0][2] == "Not before the day on which it began."


def test_a_badge_is_one_persons_and_a_lost_one_is_ended(as_maria, acme, sam, maria):
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "badge", "badge-number": "12"})
    taken = as_maria.post(page("person", acme.pk, maria.pk), {"act": "badge", "badge-number": "12"})
    assert "Sam holds badge 12" in taken.content.decode()
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "pin", "pin-pin": "305718"})
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "badge", "badge-number": "13"})
    badge = Badge.objects.get(until_on__isnull=True)
    assert badge.number == "13" and badge.pin and "305718" not in badge.pin
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "end_badge"})
    assert not Badge.objects.filter(until_on__isnull=True).exists()


@pytest.mark.parametrize("pin", ["12345", "123456", "777777", "121212", "abcdef", "305713"])
def test_a_pin_that_is_guessed_first_is_refused(as_maria, acme, sam, pin):
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "badge", "badge-number": "5713"})
    response = as_maria.post(page("person", acme.pk, sam.pk), {"act": "pin", "pin-pin": pin})
    assert response.context["errors"]
    assert not Badge.objects.get().pin


def test_the_code_of_a_tablet_is_shown_once(as_maria, acme):
    response = as_maria.post(page("pair_tablet", acme.pk), {"name": "Line 4"})
    assert re.search(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", response.content.decode())
    assert not PairedDevice.objects.exists()
    assert as_maria.post(page("pair_tablet", acme.pk), {"name": ""}).context["errors"]


def test_what_was_done_stands_in_the_audit_log(as_maria, acme, sam):
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "badge", "badge-number": "12"})
    as_maria.post(page("person", acme.pk, sam.pk), {"act": "role", "role-role": "MANAGER"})
    assert {"badge.given", "membership.role_changed"} <= set(AuditEvent.objects.values_list("event", flat=True))


ROWS = {
    "employer_people": {"maria", "sam", "priya", "ada"},
    "invite_member": {"maria", "priya"},
    "person": {"maria", "sam", "priya", "ada"},
}


@pytest.mark.parametrize("name", ROWS)
def test_each_role_gets_its_answer_about_acme(everybody, client, maria, acme, sam, name):
    client.force_login(maria)
    clients = everybody | {"maria": client}
    address = page(name, acme.pk, *([sam.pk] if name == "person" else []))
    answers = {role: one.get(address).status_code for role, one in clients.items()}
    others = dict.fromkeys(clients, 404) | {"nobody": 302}
    others |= {role: 403 for role in ("sam", "ada") if role not in ROWS[name]}
    assert answers == others | dict.fromkeys(ROWS[name], 200)


def test_a_supervisor_elsewhere_who_manages_here_may_look_after_here_alone(as_maria, maria, oscar, priya):
    other = oscar.employer_memberships.get().employer
    assert as_maria.get(page("employer_people", other.pk)).status_code == 404
    add_member(user=maria, employer=other, role="SUPERVISOR", on=REGISTERED_ON, by=priya)
    assert as_maria.get(page("employer_people", other.pk)).status_code == 200
    assert as_maria.get(page("invite_member", other.pk)).status_code == 403
    assert as_maria.post(page("pair_tablet", other.pk), {"name": "x"}).status_code == 403


def test_somebody_of_another_employer_is_not_shown_here(as_maria, acme, oscar):
    assert as_maria.get(page("person", acme.pk, oscar.pk)).status_code == 404
    assert as_maria.post(page("person", acme.pk, oscar.pk), {"act": "pin"}).status_code == 404


def test_an_auditor_looks_and_changes_nothing(client, ada, acme, sam):
    client.force_login(ada)
    assert client.post(page("person", acme.pk, sam.pk), {"act": "badge", "badge-number": "1"}).status_code == 403


def test_the_list_asks_the_database_the_same_however_many_they_are(as_maria, acme, django_assert_num_queries):
    address = page("employer_people", acme.pk)
    for number in range(6):
        as_maria.post(page("invite_member", acme.pk), NOOR | {"name": f"N {number}", "email": f"n{number}@example.org"})
        as_maria.get(address)
        with django_assert_num_queries(12):
            as_maria.get(address)
