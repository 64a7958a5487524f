"""Two who sign at the same moment, each with a connection of their own: one wins, and the other is told who."""

from datetime import date

import pytest

from apprentices.actions.competencies import sign_off
from apprentices.actions.reviews import ReviewRefused, begin, sign_part, withdraw
from apprentices.actions.wishes import WishAnswered, answer_wish
from apprentices.models import Apprenticeship, Part, Review, ReviewPart, ReviewQuestion, SignOff, Wish
from apprentices.rules.rows import SignOffRow
from employers.actions.memberships import add_member
from employers.rules.rows import RowError
from imt.accounts.actions import create_person
from imt.tests.threads import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 4, 6)


@pytest.fixture
def mia(ana_at_acme, acme, priya):
    """A second supervisor at Acme."""
    user = create_person(name="Mia", email="mia@example.org", by=priya)
    add_member(user=user, employer=acme, role="SUPERVISOR", on=ON, by=priya)
    return user


def signing(review, part, by, text):
    answers = {question.pk: text for question in ReviewQuestion.objects.filter(part=part)}
    return lambda: sign_part(review=review, part=Part(part), answers=answers, by=by, on=ON)


def raised(results):
    return [type(result) for result in results if isinstance(result, Exception)]


def test_of_two_who_sign_the_same_part_one_does_and_the_other_is_told_who(ana_at_acme, ana, sam, mia):
    for _round in range(ROUNDS):
        review = begin(apprenticeship=ana_at_acme, by=sam, on=ON)
        signing(review, "APPRENTICE", ana, "Fine")()
        results = at_once([signing(review, "MENTOR", user, user.name) for user in (sam, mia)])
        assert raised(results) == [ReviewRefused]
        row = ReviewPart.objects.get(review=review, part="MENTOR")
        refusal = next(result for result in results if isinstance(result, ReviewRefused))
        assert str(refusal) == f"{row.signed_by} has signed this part already."
        assert {answer["answer"] for answer in row.answers} == {row.signed_by.name}
        withdraw(review=review, reason="for the next round", by=sam, on=ON)


def test_a_signature_sent_twice_at_once_is_one_and_its_wish_too(ana_at_acme, ana, sam):
    for number in range(ROUNDS):
        review = begin(apprenticeship=ana_at_acme, by=sam, on=ON)
        first, second = at_once([signing(review, "APPRENTICE", ana, "The robot cell")] * 2)
        assert first == second
        assert Wish.objects.count() == number + 1
        withdraw(review=review, reason="for the next round", by=sam, on=ON)


def test_of_two_who_begin_a_review_both_have_the_same(ana_at_acme, sam, mia):
    for _round in range(ROUNDS):
        results = at_once([lambda by=by: begin(apprenticeship=ana_at_acme, by=by, on=ON) for by in (sam, mia)])
        assert results[0] == results[1] == Review.objects.known().get()
        withdraw(review=results[0], reason="for the next round", by=sam, on=ON)


def test_a_review_is_withdrawn_or_signed_first_and_never_signed_afterwards(ana_at_acme, ana, sam):
    for _round in range(ROUNDS):
        review = begin(apprenticeship=ana_at_acme, by=sam, on=ON)
        signed, withdrawn = at_once(
            [
                signing(review, "APPRENTICE", ana, "Fine"),
                lambda review=review: withdraw(review=review, reason="Mistake", by=sam, on=ON),
            ]
        )
        assert withdrawn == review
        assert review.parts.exists() is not isinstance(signed, ReviewRefused)


def test_of_two_who_sign_a_competency_off_one_does(ana_at_acme, sam, mia):
    def signer(by):
        row = SignOffRow(1, "T-0001", "A", 1, ON, by.name)
        return lambda: sign_off(rows=[row], on=ON, by=by)

    for _round in range(ROUNDS):
        before = Apprenticeship.objects.get(pk=ana_at_acme.pk).facts_position
        assert raised(at_once([signer(sam), signer(mia)])) == [RowError]
        assert Apprenticeship.objects.get(pk=ana_at_acme.pk).facts_position == before + 1
        SignOff.objects.get().delete()


def test_of_two_answers_to_a_wish_one_stands(ana_at_acme, ana, sam, lee, priya):
    review = begin(apprenticeship=ana_at_acme, by=sam, on=ON)
    for number in range(ROUNDS):
        wish = Wish.objects.create(
            apprenticeship=ana_at_acme, review=review, text=f"{number}", wished_at=review.recorded_at, wished_by=ana
        )
        results = at_once(
            [lambda by=by, w=wish: answer_wish(wish=w, answer=by.name, by=by, on=ON) for by in (lee, priya)]
        )
        assert raised(results) == [WishAnswered]
        wish.refresh_from_db()
        assert wish.answer == wish.answered_by.name
