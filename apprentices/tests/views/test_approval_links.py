from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apprentices.actions import hours
from apprentices.actions.approval_links import LinkRefused, make_link
from apprentices.models import ApprovalLink, LedgerLine
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, saved, state_of, submitted
from employers.models import EmployerSettings
from imt.audit.models import AuditEvent
from imt.codes import digest_of_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(ana_at_acme, sam):
    return submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)


@pytest.fixture
def token(week, sam):
    return make_link(timesheet=week, mentor="Mel Mentor", by=sam, on=DECIDED_ON)[1]


@pytest.fixture
def mel():
    """Has no account, and a browser that checks what forms send."""
    return Client(enforce_csrf_checks=True)


def address(token):
    return reverse("approval_link", args=[token])


def events(name):
    return AuditEvent.objects.filter(event=f"approval_link.{name}")


def test_only_the_digest_of_the_token_is_kept(token):
    assert ApprovalLink.objects.get().token_digest == digest_of_token(token)
    assert events("made").get().details["mentor"] == "Mel Mentor"
    assert token not in str(AuditEvent.objects.values_list("details", flat=True))


def test_the_page_shows_the_week_and_nobody_may_keep_it(mel, token):
    response = mel.get(address(token))
    assert response.status_code == 200
    assert "8.00" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_mentor_approves_under_the_own_name(mel, token, week):
    response = mel.post(address(token), {"act": "approve"})
    assert "Thank you, Mel Mentor" in response.content.decode()
    decision = week.decisions.get()
    assert (decision.verdict, decision.decided_by.name, decision.decided_by.kind) == ("APPROVED", "Mel Mentor", "LINK")
    assert LedgerLine.objects.get().posted_by == decision.decided_by


def test_the_mentor_sends_back_with_a_reason_and_not_without_one(mel, token, week):
    page = mel.post(address(token), {"act": "return"})
    assert "Say why the week goes back." in page.content.decode()
    mel.post(address(token), {"act": "return", "reason": "Tuesday is missing"})
    assert week.decisions.get().reason == "Tuesday is missing"


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_once_it_is_gone_and_leaves_a_trace(mel, token, week, method):
    mel.post(address(token), {"act": "approve"})
    response = getattr(mel, method)(address(token), {"act": "return", "reason": "no"})
    assert response.status_code == 410
    assert "It was used already" in response.content.decode()
    assert events("refused").get().details["why"] == "USED"
    assert state_of(week) == ("APPROVED", 1)


def test_after_seven_days_it_is_gone(mel, token):
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        response = mel.get(address(token))
    assert (response.status_code, events("refused").get().details["why"]) == (410, "EXPIRED")


def test_a_week_that_changed_or_was_decided_is_not_decided_by_the_link(mel, token, week, sam):
    hours.recall(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    hours.submit(timesheets=[week.pk], by=sam, on=DECIDED_ON)
    response = mel.post(address(token), {"act": "approve"})
    assert (response.status_code, events("refused").get().details["why"]) == (410, "CHANGED")
    assert state_of(week) == ("SUBMITTED", 2)


def test_with_who_made_it_goes_the_link(mel, token, sam):
    sam.employer_memberships.update(until_on=REGISTERED_ON)
    response = mel.get(address(token))
    assert (response.status_code, events("refused").get().details["why"]) == (410, "WITHDRAWN")


def test_a_token_that_nobody_made_is_missing(mel, token):
    assert mel.get(address(token[:-1] + "_")).status_code == 404
    assert not events("refused").exists()


def test_trying_tokens_comes_to_an_end(mel, token):
    answers = {mel.get(address("x" * 43)).status_code for _try in range(61)}
    assert answers == {404, 429}


# --- making one ------------------------------------------------------------------------------------------------


def make(client, week, mentor="Mel Mentor"):
    return client.post(reverse("make_approval_link", args=[week.pk]), {"mentor": mentor})


def test_the_link_is_shown_once_as_an_address_and_as_a_picture(as_sam, week):
    page = make(as_sam, week).content.decode()
    assert "/links/" in page
    assert "data:image/svg+xml" in page
    assert "/links/" not in as_sam.get(reverse("make_approval_link", args=[week.pk])).content.decode()


def test_an_open_link_is_withdrawn(as_sam, week, token, mel):
    as_sam.post(reverse("make_approval_link", args=[week.pk]), {"withdraw": ApprovalLink.objects.get().pk})
    assert mel.get(address(token)).status_code == 410
    assert events("withdrawn").exists()


@pytest.mark.parametrize("mentor", ["", "  ", "x" * 201])
def test_without_a_name_there_is_no_link(as_sam, week, mentor):
    assert make(as_sam, week, mentor).context["errors"]
    assert not ApprovalLink.objects.exists()


def test_the_apprentice_is_no_mentor_of_the_own_week(as_sam, week):
    response = make(as_sam, week, "ana  XIONG")
    assert response.status_code == 409
    assert "Nobody decides on their own hours." in response.content.decode()


def test_who_may_not_approve_these_hours_makes_no_link_for_them(week, acme, sam):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, own_logging="SECOND_PERSON")
    with pytest.raises(LinkRefused, match="a second person has to approve them"):
        make_link(timesheet=week, mentor="Mel", by=sam, on=DECIDED_ON)


def test_nobody_makes_a_link_to_the_own_hours(week, ana, oscar):
    for user in (ana, oscar):
        with pytest.raises(LinkRefused, match="not yours to decide on"):
            make_link(timesheet=week, mentor="Mel", by=user, on=DECIDED_ON)


def test_a_week_that_does_not_wait_gets_no_link(ana_at_acme, sam):
    for week in (
        saved(ana_at_acme, [cell("A", MONDAY + timedelta(days=7), "8.00")], by=sam),
        approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam),
    ):
        with pytest.raises(LinkRefused, match="does not wait"):
            make_link(timesheet=week, mentor="Mel", by=sam, on=DECIDED_ON)
