"""Notices: queued with the act, sent once, tried again, given up in the open."""

import pytest
from django.core import mail
from django.utils import timezone

from imt.accounts.models import Notice
from imt.accounts.notifications import queue
from imt.accounts.tasks import MOST_ATTEMPTS, send_notices

DETAILS = {"ref": "T-0001", "week": "2026-11-02", "by": "Sam", "reason": "Tuesday isn't there"}


@pytest.fixture
def notice(ana):
    return queue("hours.returned", to=[ana], details=DETAILS, moment=timezone.now())[0]


def test_a_queued_notice_is_sent_once(notice):
    send_notices()
    send_notices()
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


def test_a_notice_says_what_happened_and_why(notice):
    send_notices()
    assert mail.outbox[0].subject == "Hours returned: T-0001, week of 2026-11-02"
    assert "Tuesday isn't there" in mail.outbox[0].body


def test_a_notice_that_the_mail_server_refuses_is_tried_again_and_then_marked(notice, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    send_notices()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (Notice.State.QUEUED, 1)
    assert "refused" in notice.error.lower()
    for _attempt in range(MOST_ATTEMPTS):
        send_notices()
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (Notice.State.FAILED, MOST_ATTEMPTS)


def test_who_has_no_address_is_told_in_person(ana):
    ana.email = None
    ana.save()
    queue("hours.returned", to=[ana], details=DETAILS, moment=timezone.now())
    send_notices()
    assert Notice.objects.get().state == Notice.State.NO_ADDRESS
    assert not mail.outbox
