import pytest
from django.urls import reverse

from apprentices.models import HourEntry, LedgerLine
from apprentices.tests.weeks import MONDAY, approved, cell, ledger, submitted
from employers.models import WorkProcess

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(ana_at_acme, sam):
    return HourEntry.objects.get(timesheet=approved(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam))


@pytest.fixture
def process(ana_at_acme):
    """process("A"): the key of the work process."""
    return lambda code: WorkProcess.objects.get(standards=ana_at_acme.standards, code=code).pk


def address(entry):
    return reverse("amend_entry", args=[entry.pk])


def test_the_form_begins_with_what_counts_now(as_sam, entry, process):
    form = as_sam.get(address(entry)).context["form"]
    assert (form["hours"].value(), form["work_process"].value()) == ("8.00", process("A"))


def test_the_old_line_is_taken_back_and_the_right_one_posted_with_the_reason(as_sam, entry, process, ana_at_acme):
    sent = {"hours": "6:30", "work_process": process("B"), "reason": "It was set-up"}
    response = as_sam.post(address(entry), sent, follow=True)
    assert "Amended: 8.00 h before, 6.50 h now." in response.content.decode()
    assert ledger(ana_at_acme) == [
        (1, "A", "8.00", "LOGGED"),
        (2, "A", "-8.00", "REVERSAL"),
        (3, "B", "6.50", "LOGGED"),
    ]
    assert set(LedgerLine.objects.filter(position__gt=1).values_list("reason", flat=True)) == {"It was set-up"}


def test_zero_hours_mean_that_nothing_of_it_counts(as_sam, entry, process, ana_at_acme):
    as_sam.post(address(entry), {"hours": "0", "work_process": process("A"), "reason": "Was on leave"})
    assert ledger(ana_at_acme)[-1] == (2, "A", "-8.00", "REVERSAL")
    page = as_sam.get(address(entry)).content.decode()
    assert "nothing" in page


@pytest.mark.parametrize(
    ("field", "sent"), [("hours", {"reason": "x", "hours": ""}), ("reason", {"hours": "4", "reason": " "})]
)
def test_what_is_missing_is_said_at_its_field(as_sam, entry, process, field, sent):
    response = as_sam.post(address(entry), sent | {"work_process": process("A")})
    assert list(response.context["form"].errors) == [field]
    assert LedgerLine.objects.count() == 1


def test_an_amendment_that_changes_nothing_is_refused_in_words(as_sam, entry, process):
    response = as_sam.post(address(entry), {"hours": "8", "work_process": process("A"), "reason": "Sure?"})
    assert response.status_code == 409
    assert "That is what counts already." in response.content.decode()


def test_a_claim_that_waits_is_changed_in_its_week_instead(as_sam, ana_at_acme, sam):
    entry = HourEntry.objects.get(timesheet=submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam))
    response = as_sam.get(address(entry), follow=True)
    assert response.redirect_chain == [(reverse("week", args=[MONDAY, "T-0001"]), 302)]
    assert "not approved yet" in response.content.decode()


def test_a_process_of_other_standards_cannot_be_chosen(as_sam, entry):
    response = as_sam.post(address(entry), {"hours": "4", "work_process": 999_999, "reason": "x"})
    assert "work_process" in response.context["form"].errors
