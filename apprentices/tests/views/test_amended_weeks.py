import pytest
from django.urls import reverse

from apprentices.models import LedgerLine
from apprentices.tests.weeks import MONDAY, approved, cell, ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(ana_at_acme, sam):
    return approved(ana_at_acme, [cell("A", MONDAY, "16"), cell("B", MONDAY, "8")], by=sam)


def send(client, week, hours, reason="The clock was wrong"):
    entries = week.entries.order_by("work_process__code")
    data = {f"hours-{entry.pk}": worked for entry, worked in zip(entries, hours, strict=True)}
    return client.post(reverse("amend_week", args=[week.pk]), data | {"reason": reason})


def test_several_hours_are_amended_with_one_reason_even_on_a_full_day(as_sam, ana_at_acme, week):
    assert send(as_sam, week, ["8", "16"]).status_code == 302
    standing = LedgerLine.objects.standing().order_by("work_process__code")
    assert [(str(line.hours), line.reason) for line in standing] == [
        ("8.00", "The clock was wrong"),
        ("16.00", "The clock was wrong"),
    ]


def test_what_is_left_as_it_is_gets_no_line(as_sam, ana_at_acme, week):
    send(as_sam, week, ["15", "8"])
    assert len(ledger(ana_at_acme)) == 4


@pytest.mark.parametrize(
    ("hours", "reason", "says"),
    [
        (["16", "8"], "why", "Nothing is changed yet."),
        (["x", "8"], "why", "hours"),
        (["15", "8"], "", "required"),
        (["15", "10"], "why", "2026-03-02, B. Set-up: With this the day would have 25.00 hours."),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(as_sam, ana_at_acme, week, hours, reason, says):
    response = send(as_sam, week, hours, reason)
    assert says in str(response.context["errors"])
    assert len(ledger(ana_at_acme)) == 2
