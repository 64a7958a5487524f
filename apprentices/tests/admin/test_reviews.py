import pytest
from django.urls import reverse

from apprentices.actions.reviews import begin, sign_part
from apprentices.models import Part, ReviewQuestion
from apprentices.tests.cast import REGISTERED_ON
from employers.models import Standards

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ana_at_acme, ana, sam):
    """One that Ana has answered."""
    review = begin(apprenticeship=ana_at_acme, by=sam, on=REGISTERED_ON)
    answers = {question.pk: "Fine" for question in ReviewQuestion.objects.filter(part="APPRENTICE")}
    sign_part(review=review, part=Part.APPRENTICE, answers=answers, by=ana, on=REGISTERED_ON)
    return ReviewQuestion.objects.filter(part="APPRENTICE").first()


def room(act, *arguments):
    return reverse(f"admin:apprentices_reviewquestion_{act}", args=arguments)


def test_a_new_question_is_added_and_one_without_answers_is_changed(as_priya, sponsor):
    said = {"sponsor": sponsor.pk, "part": "MENTOR", "position": 1, "text": "Is it going well?"}
    assert as_priya.post(room("add"), said).status_code == 302
    row = ReviewQuestion.objects.get()
    as_priya.post(room("change", row.pk), said | {"text": "How is it going?"})
    row.refresh_from_db()
    assert row.text == "How is it going?"


def test_a_question_that_was_answered_only_changes_its_place(as_priya, question):
    before = question.text
    as_priya.post(room("change", question.pk), {"position": 9, "text": "Another question", "part": "LABOR"})
    question.refresh_from_db()
    assert (question.position, question.text, question.part) == (9, before, "APPRENTICE")


def test_it_is_retired_instead_once(as_priya, question):
    assert as_priya.get(room("retire", question.pk)).status_code == 200
    as_priya.post(room("retire", question.pk))
    question.refresh_from_db()
    retired_at = question.retired_at
    as_priya.post(room("retire", question.pk))
    question.refresh_from_db()
    assert question.retired_at == retired_at is not None


@pytest.mark.parametrize(("sent", "days"), [("90", 90), ("", None)])
def test_staff_say_how_often_progress_is_reviewed(as_priya, ana_at_acme, standards, sent, days):
    address = reverse("admin:employers_standards_reviews", args=[standards.pk])
    assert as_priya.post(address, {"days": sent}).status_code == 302
    assert Standards.objects.get(pk=standards.pk).review_interval_days == days


def test_a_number_of_days_that_makes_no_sense_is_told(as_priya, standards):
    address = reverse("admin:employers_standards_reviews", args=[standards.pk])
    assert as_priya.post(address, {"days": "0"}).context["form"].errors
