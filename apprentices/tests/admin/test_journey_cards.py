import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.amendments import amend
from apprentices.actions.journey_cards import issue
from apprentices.models import HourEntry
from apprentices.tests.ready import READY_ON, ready  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
UNSUPPORTED = reverse("admin:apprentices_journeycard_unsupported")


@pytest.fixture
def card(ready, priya):  # noqa: F811
    return issue(apprenticeship=ready, by=priya, on=READY_ON)


def test_a_card_is_revoked_with_a_reason(as_priya, card):
    as_priya.post(reverse("admin:apprentices_journeycard_revoke", args=[card.pk]), {"reason": "Issued in error"})
    card.refresh_from_db()
    assert card.revoked_reason == "Issued in error"


def test_a_card_is_revoked_once(as_priya, card):
    address = reverse("admin:apprentices_journeycard_revoke", args=[card.pk])
    as_priya.post(address, {"reason": "Issued in error"})
    assert as_priya.post(address, {"reason": "Again"}).status_code == 409


def test_a_card_that_a_later_amendment_left_without_its_hours_is_on_the_staffs_list(as_priya, card, sam):
    assert "There is none." in as_priya.get(UNSUPPORTED).content.decode()
    entry = HourEntry.objects.filter(work_process__code="B").first()
    amend(entry=entry, hours=0, reason="Never worked", by=sam, on=timezone.localdate())
    page = as_priya.get(UNSUPPORTED).content.decode()
    assert card.number in page
    assert "2.50 h short" in page
