"""One's own account: reminders switched off and on, what was told, and security mails that are always sent."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apprentices.tests.cast import PASSWORD
from imt.accounts.models import Notice, User
from imt.accounts.notifications import queue, reminders_token
from imt.accounts.tasks import send_notices
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
RETURNED = {"ref": "T-0001", "week": "2026-11-02", "by": "Sam", "reason": "Tuesday isn't there"}


@pytest.fixture
def ana():
    return User.objects.create_user(name="Ana", email="ana@example.org", password=PASSWORD)


def address(user):
    return reverse("reminders", args=[reminders_token(user)])


def test_the_link_asks_first_and_the_button_switches_off(client, ana):
    assert "Send me no more reminders" in client.get(address(ana)).content.decode()
    ana.refresh_from_db()
    assert ana.wants_reminders
    client.post(address(ana))
    ana.refresh_from_db()
    assert not ana.wants_reminders
    assert AuditEvent.objects.filter(event="user.wishes_changed", by=ana).count() == 1


def test_a_mail_program_switches_off_with_a_post_of_its_own(ana):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(ana), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(address(ana), {"List-Unsubscribe": "One-Click"}).status_code == 200
    ana.refresh_from_db()
    assert not ana.wants_reminders


@pytest.mark.parametrize("token", ["1", "1:forged", "x:y:z"])
def test_nobody_is_switched_off_by_a_guess(client, ana, token):
    assert client.post(reverse("reminders", args=[token])).status_code == 404


def test_reminders_are_switched_on_again_on_the_account_page(client, ana):
    User.objects.update(wants_reminders=False)
    client.force_login(ana)
    client.post(reverse("account"), {"language": "en", "wants_reminders": "on"})
    ana.refresh_from_db()
    assert ana.wants_reminders


def test_a_language_that_there_is_not_is_an_error_at_its_field(client, ana):
    client.force_login(ana)
    assert client.post(reverse("account"), {"language": "xx"}).context["errors"][0][0] == "id_language"


def test_what_was_sent_back_is_told_to_who_wants_no_reminders(ana):
    ana.wants_reminders = False
    ana.save()
    queue("hours.returned", to=[ana], details=RETURNED, moment=timezone.now())
    queue("week.overdue", to=[ana], details={"rows": [], "keys": []}, moment=timezone.now())
    assert [notice.kind for notice in Notice.objects.all()] == ["hours.returned"]


def test_a_changed_password_is_told_in_ones_own_language(client, ana, django_capture_on_commit_callbacks):
    User.objects.update(language="es")
    client.force_login(ana)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"},
        )
    assert mail.outbox[0].subject == "Contraseña modificada"


def test_one_reads_what_one_was_told_and_nobody_elses(client, ana):
    other = User.objects.create_user(name="Sam", email="sam@example.org")
    queue("hours.returned", to=[ana], details=RETURNED, moment=timezone.now())
    queue("hours.returned", to=[other], details=RETURNED | {"reason": "For Sam"}, moment=timezone.now())
    client.force_login(ana)
    page = client.get(reverse("notices")).content.decode()
    assert "Tuesday isn&#x27;t there" in page
    assert "For Sam" not in page


def test_the_list_asks_the_database_the_same_however_long_it_is(client, ana, django_assert_num_queries):
    client.force_login(ana)
    for count in (1, 10):
        for _time in range(count):
            queue("hours.returned", to=[ana], details=RETURNED, moment=timezone.now())
        client.get(reverse("notices"))
        with django_assert_num_queries(12):
            client.get(reverse("notices"))


def test_a_link_that_was_withdrawn_before_its_mail_left_is_not_sent(ana):
    queue("account.invited", to=[ana], details={"invitation": 0, "by": "M", "where": "Acme"}, moment=timezone.now())
    send_notices()
    assert Notice.objects.get().state == Notice.State.FAILED
    assert not mail.outbox
