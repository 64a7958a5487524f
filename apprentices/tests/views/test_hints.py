from datetime import timedelta

import pytest
from django.urls import reverse

from apprentices.actions import hours
from apprentices.models import HintAnswer, HourEntry
from apprentices.queries.hints import hints_of
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, submitted
from employers.models import ClosedDay

pytestmark = pytest.mark.django_db
CLOSED = f"CLOSED_DAY:{MONDAY}"


@pytest.fixture
def week(ana_at_acme, acme, sam):
    """Eight hours on a closed day."""
    ClosedDay.objects.create(employer=acme, closed_on=MONDAY, title="Founders’ Day")
    return submitted(ana_at_acme, [cell("A", MONDAY, "8.00")], by=sam)


def address(week):
    return reverse("week_hints", args=[week.pk])


def test_the_queue_explains_each_sign_in_a_sentence(as_sam, week):
    page = as_sam.get(reverse("approvals")).content.decode()
    assert "8.00 h on Monday, March 2, when the plant was closed (Founders’ Day)." in page


def test_an_answer_is_shown_beside_the_sign_and_changes_nothing_else(as_sam, week, sam):
    before = list(HourEntry.objects.values())
    as_sam.post(address(week), {"hint": CLOSED, "answer": "Repair of press 4"})
    as_sam.post(address(week), {"hint": CLOSED, "answer": "Repair of press 4"})
    assert HintAnswer.objects.get().answered_by == sam
    page = as_sam.get(reverse("approvals")).content.decode()
    assert "Sam: Repair of press 4" in page
    assert "is-answered" in page
    assert list(HourEntry.objects.values()) == before
    assert as_sam.post(reverse("approvals"), {f"version-{week.pk}": 1, "act": "approve_all"}).status_code == 302


@pytest.mark.parametrize("sent", [{"hint": CLOSED, "answer": " "}, {"hint": "BURST", "answer": "x"}, {}])
def test_an_answer_to_nothing_or_without_words_is_refused_at_the_field(as_sam, week, sent):
    assert as_sam.post(address(week), sent).status_code == 200
    assert not HintAnswer.objects.exists()


def test_the_apprentice_answers_too(as_ana, week, ana):
    as_ana.post(address(week), {"hint": CLOSED, "answer": "We were called in"})
    assert HintAnswer.objects.get().answered_by == ana


def test_three_weeks_in_a_row_that_are_the_same_are_remarked(ana_at_acme, sam):
    for number in (2, 1):
        approved(ana_at_acme, [cell("A", MONDAY - timedelta(weeks=number), "7.00")], by=sam)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "7.00")], by=sam)
    (hint,) = hints_of([week])[week.pk]
    assert hint.sentence == "3 weeks in a row are the same, cell by cell. Was it really the same work?"


def test_many_approvals_in_a_minute_are_remarked_to_who_gave_them(as_sam, ana_at_acme, sam):
    weeks = [
        submitted(ana_at_acme, [cell("A", MONDAY + timedelta(weeks=number), "1.00")], by=sam) for number in range(10)
    ]
    hours.approve(timesheets=[week.pk for week in weeks[:-5]], by=sam, on=DECIDED_ON)
    assert as_sam.get(reverse("approvals")).context["burst"] is None
    hours.approve(timesheets=[week.pk for week in weeks], by=sam, on=DECIDED_ON)
    first, hint = as_sam.get(reverse("approvals")).context["burst"]
    assert hint.sentence == "Sam approved 10 weeks within one minute. Was each of them looked at?"
    as_sam.post(address(first), {"hint": "BURST", "answer": "Looked at them on paper"})
    assert as_sam.get(reverse("approvals")).context["burst"][1].answer.answer == "Looked at them on paper"
