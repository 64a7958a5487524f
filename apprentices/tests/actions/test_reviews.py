"""A review goes from hand to hand: each side signs in its turn, and the wishes go to the committee."""

from datetime import date

import pytest

from apprentices.actions.review_questions import lay_review_questions, retire_question
from apprentices.actions.reviews import AnswersRefused, ReviewRefused, begin, sign_part, withdraw
from apprentices.actions.statuses import change_status
from apprentices.actions.supervision import assign
from apprentices.actions.wishes import WishAnswered, answer_wish
from apprentices.models import Apprenticeship, Part, Review, ReviewPart, ReviewQuestion, Wish
from employers.actions.memberships import add_member, add_sponsor_member
from employers.permissions import NotAllowed
from imt.accounts.actions import create_person
from imt.accounts.models import Notice
from imt.audit.queries import history_of

pytestmark = pytest.mark.django_db
ON, LATER = date(2026, 4, 6), date(2026, 4, 10)
WISH = "Setting up the robot cell"


@pytest.fixture
def max_(ana_at_acme, acme, priya):
    """Manager at Acme."""
    user = create_person(name="Max", email="max@example.org", by=priya)
    add_member(user=user, employer=acme, role="MANAGER", on=ON, by=priya)
    return user


@pytest.fixture
def review(ana_at_acme, sam, max_):
    return begin(apprenticeship=ana_at_acme, by=sam, on=ON)


def answers(part, text="Fine", wish=WISH):
    questions = ReviewQuestion.objects.filter(part=part, retired_at__isnull=True)
    return {question.pk: wish if question.is_wish else text for question in questions}


def sign(review, part, by, on=ON, **options):
    return sign_part(review=review, part=Part(part), answers=answers(part), by=by, on=on, **options)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("to__name", flat=True))


def signed_through(review, *sides):
    for part, by in sides:
        sign(review, part, by)
    return review


def test_all_four_sides_sign_in_their_order_and_the_day_of_the_last_is_the_review_s(review, ana, sam, lee, max_):
    signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam), ("LABOR", lee))
    review.refresh_from_db()
    assert review.held_on is None
    sign(review, "MANAGEMENT", max_, on=LATER, summary="Robot cell in May")
    review.refresh_from_db()
    assert (review.held_on, review.summary) == (LATER, "Robot cell in May")
    assert [(part.part, part.signed_by.name) for part in review.parts.order_by("pk")] == [
        ("APPRENTICE", "Ana Xiong"),
        ("MENTOR", "Sam"),
        ("LABOR", "Lee"),
        ("MANAGEMENT", "Max"),
    ]


def test_where_no_local_covers_the_employer_on_that_day_labor_has_no_part(review, ana, sam, lee, max_):
    acme = review.apprenticeship.employer
    acme.local_coverages.update(until_on=date(2026, 4, 5))
    signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam), ("MANAGEMENT", max_))
    assert Review.objects.get().held_on == ON


@pytest.mark.parametrize(
    ("part", "who", "text"),
    [
        ("MENTOR", "sam", "It is not yet this part’s turn: Apprentice comes first."),
        ("LABOR", "lee", "It is not yet this part’s turn: Apprentice comes first."),
        ("MANAGEMENT", "max_", "It is not yet this part’s turn: Apprentice comes first."),
    ],
)
def test_nobody_signs_before_the_apprentice(review, lee, request, part, who, text):
    with pytest.raises(ReviewRefused) as refusal:
        sign(review, part, request.getfixturevalue(who))
    assert str(refusal.value) == text


ENTITLED = {"APPRENTICE": "ana", "MENTOR": "sam", "LABOR": "lee", "MANAGEMENT": "max_"}


@pytest.mark.parametrize("part", Part.values)
@pytest.mark.parametrize("who", ["ana", "sam", "lee", "max_", "oscar", "priya", "ada"])
def test_each_side_is_signed_by_its_own_people_alone(review, ana, sam, lee, max_, request, part, who):
    before = list(ENTITLED)[: list(ENTITLED).index(part)]
    signed_through(review, *((side, request.getfixturevalue(ENTITLED[side])) for side in before))
    user = request.getfixturevalue(who)
    if ENTITLED[part] == who:
        assert sign(review, part, user).part == part
    else:
        with pytest.raises(NotAllowed):
            sign(review, part, user)


def test_nobody_signs_two_sides_of_one_review(review, ana, sam, lee, max_):
    max_.employer_memberships.all().delete()  # where there is no manager, a supervisor may sign for the firm
    signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam), ("LABOR", lee))
    with pytest.raises(ReviewRefused, match="You have signed another part"):
        sign(review, "MANAGEMENT", sam)


def test_who_signed_first_is_named(review, ana, sam, acme, priya):
    signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam))
    mia = create_person(name="Mia", email="mia@example.org", by=priya)
    assign(apprenticeships=[review.apprenticeship], user=mia, role="MENTOR", on=ON, by=priya)
    with pytest.raises(ReviewRefused, match="Sam has signed this part already"):
        sign(review, "MENTOR", mia)


def test_the_same_signature_sent_twice_is_once(review, ana):
    first = sign(review, "APPRENTICE", ana)
    assert sign(review, "APPRENTICE", ana) == first
    assert (ReviewPart.objects.count(), Wish.objects.count()) == (1, 1)


def test_what_an_apprentice_without_a_sign_in_says_is_written_down_by_the_mentor_who_still_signs(
    ana_at_acme, ana, sam, lee, max_
):
    ana_at_acme.apprentice.user = None
    ana_at_acme.apprentice.save()
    review = begin(apprenticeship=ana_at_acme, by=sam, on=ON)
    signed_through(review, ("APPRENTICE", sam), ("MENTOR", sam), ("LABOR", lee), ("MANAGEMENT", max_))
    first = history_of(review).filter(event="review.signed").first()
    assert first.details == {"part": "APPRENTICE", "written_down_for": "Ana Xiong"}
    assert Review.objects.get().held_on == ON


def test_a_supervisor_who_is_the_apprentice_signs_the_apprentice_s_part_alone(review, ana, acme, sam, priya):
    add_member(user=ana, employer=acme, role="SUPERVISOR", on=ON, by=priya)
    sign(review, "APPRENTICE", ana)
    with pytest.raises(NotAllowed):
        sign(review, "MENTOR", ana)


def test_a_question_without_an_answer_is_told_by_its_question_and_a_wish_may_stay_empty(review, ana):
    questions = {question.is_wish: question.pk for question in ReviewQuestion.objects.filter(part="APPRENTICE")}
    said = answers("APPRENTICE", wish="")
    with pytest.raises(AnswersRefused) as refusal:
        sign_part(review=review, part=Part.APPRENTICE, answers=said | {questions[False]: " "}, by=ana, on=ON)
    assert list(refusal.value.errors) == [questions[False]]
    with pytest.raises(AnswersRefused):
        sign_part(review=review, part=Part.APPRENTICE, answers=said | {questions[True]: "x" * 501}, by=ana, on=ON)
    sign_part(review=review, part=Part.APPRENTICE, answers=said, by=ana, on=ON)
    assert not Wish.objects.exists()


def test_a_retired_question_is_asked_no_more_and_its_answers_stay(review, ana, priya):
    sign(review, "APPRENTICE", ana)
    question = ReviewQuestion.objects.filter(part="APPRENTICE").first()
    retire_question(question=question, by=priya)
    kept = ReviewPart.objects.get().answers
    assert kept[0] == {"question": question.pk, "text": question.text, "answer": "Fine"}
    assert question.pk not in answers("APPRENTICE")


def test_a_sponsor_keeps_its_own_questions(review, sponsor, priya):
    before = set(ReviewQuestion.objects.values_list("pk", flat=True))
    lay_review_questions(sponsors=[sponsor.pk], by=priya)
    assert set(ReviewQuestion.objects.values_list("pk", flat=True)) == before


def test_a_review_that_is_under_way_is_not_begun_twice(review, ana):
    assert begin(apprenticeship=review.apprenticeship, by=ana, on=LATER) == review


@pytest.mark.parametrize(
    ("who", "may"), [("ana", True), ("lee", True), ("priya", True), ("oscar", False), ("ada", False)]
)
def test_who_takes_part_may_begin(ana_at_acme, sam, lee, request, who, may):
    user = request.getfixturevalue(who)
    if may:
        assert begin(apprenticeship=ana_at_acme, by=user, on=ON).recorded_by == user
    else:
        with pytest.raises(NotAllowed):
            begin(apprenticeship=ana_at_acme, by=user, on=ON)


def test_nobody_is_reviewed_who_has_left(ana_at_acme, sam, priya):
    change_status(apprenticeships=[ana_at_acme], status="CANCELLED", on=ON, by=priya, reason="Left")
    with pytest.raises(ReviewRefused, match="has ended"):
        begin(apprenticeship=ana_at_acme, by=sam, on=LATER)


def test_a_review_begun_by_mistake_is_withdrawn_and_another_one_begins(review, ana, sam):
    withdraw(review=review, reason="Wrong person", by=sam, on=ON)
    with pytest.raises(ReviewRefused, match="Sam has withdrawn this review"):
        sign(review, "APPRENTICE", ana)
    assert begin(apprenticeship=review.apprenticeship, by=sam, on=ON) != review


def test_the_apprentice_withdraws_nothing_and_a_held_review_stays(review, ana, sam, lee, max_):
    with pytest.raises(NotAllowed):
        withdraw(review=review, reason="No", by=ana, on=ON)
    signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam), ("LABOR", lee), ("MANAGEMENT", max_))
    with pytest.raises(ReviewRefused, match="was held on April 6, 2026"):
        withdraw(review=review, reason="No", by=sam, on=ON)


def test_a_review_changes_no_fact(review, ana):
    position = Apprenticeship.objects.get(pk=review.apprenticeship_id).facts_position
    sign(review, "APPRENTICE", ana)
    assert Apprenticeship.objects.get(pk=review.apprenticeship_id).facts_position == position


def test_the_next_side_is_told_and_at_the_end_everybody_who_signed(review, ana, sam, lee, max_):
    assert told("review.asked") == ["Ana Xiong"]
    sign(review, "APPRENTICE", ana)
    assert told("review.asked") == ["Ana Xiong", "Sam"]
    sign(review, "MENTOR", sam)
    sign(review, "LABOR", lee)
    assert told("review.asked") == ["Ana Xiong", "Lee", "Max", "Sam"]
    assert told("review.held") == []
    sign(review, "MANAGEMENT", max_)
    assert told("review.held") == ["Ana Xiong", "Lee", "Sam"]


def test_the_named_mentor_is_told_rather_than_every_supervisor(review, ana, priya):
    mia = create_person(name="Mia", email="mia@example.org", by=priya)
    assign(apprenticeships=[review.apprenticeship], user=mia, role="MENTOR", on=ON, by=priya)
    sign(review, "APPRENTICE", ana)
    assert told("review.asked") == ["Ana Xiong", "Mia"]


@pytest.mark.parametrize("kind", ["review.asked", "review.held", "wish.answered"])
def test_the_mails_read_as_sentences(
    review, ana, sam, lee, max_, priya, mailoutbox, kind, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_through(review, ("APPRENTICE", ana), ("MENTOR", sam), ("LABOR", lee), ("MANAGEMENT", max_))
        answer_wish(wish=Wish.objects.filter(wished_by=ana).get(), answer="From May on", by=priya, on=ON)
    subjects = {
        "review.asked": "A review waits for your part: T-0001",
        "review.held": "The review is complete: T-0001",
        "wish.answered": "A wish was answered: T-0001",
    }
    mails = [mail for mail in mailoutbox if mail.subject == subjects[kind]]
    assert len(mails) == len(told(kind)) > 0
    assert all("T-0001" in mail.body and "  " not in mail.body for mail in mails)


# --- wishes


@pytest.fixture
def wish(review, ana):
    sign(review, "APPRENTICE", ana)
    return Wish.objects.get()


def test_a_wish_keeps_whose_it_is_and_where_it_was_said(wish, review, ana):
    assert (wish.text, wish.wished_by, wish.review, wish.apprenticeship) == (WISH, ana, review, review.apprenticeship)


def test_a_wish_is_answered_in_words_and_the_apprentice_is_told(wish, lee, ana):
    answer_wish(wish=wish, answer=" From May on ", by=lee, on=ON)
    wish.refresh_from_db()
    assert (wish.answer, wish.answered_by) == ("From May on", lee)
    assert told("wish.answered") == ["Ana Xiong"]


@pytest.mark.parametrize(
    ("who", "may"), [("priya", True), ("lee", True), ("sam", False), ("max_", False), ("ana", False), ("ada", False)]
)
def test_the_committee_and_staff_answer(wish, lee, request, who, may):
    user = request.getfixturevalue(who)
    if may:
        assert answer_wish(wish=wish, answer="Yes", by=user, on=ON).answered_by == user
    else:
        with pytest.raises(NotAllowed):
            answer_wish(wish=wish, answer="Yes", by=user, on=ON)


def test_a_member_of_the_sponsor_answers(wish, sponsor, priya):
    sue = create_person(name="Sue", email="sue@example.org", by=priya)
    add_sponsor_member(user=sue, sponsor=sponsor, on=ON, by=priya)
    assert answer_wish(wish=wish, answer="Yes", by=sue, on=ON).answered_by == sue


def test_of_two_answers_the_first_stands_and_its_author_is_named(wish, lee, priya):
    answer_wish(wish=wish, answer="Yes", by=lee, on=ON)
    assert answer_wish(wish=wish, answer="Yes", by=lee, on=ON).answer == "Yes"
    with pytest.raises(WishAnswered, match="Lee has answered"):
        answer_wish(wish=wish, answer="No", by=priya, on=ON)


def test_an_empty_answer_is_none(wish, priya):
    with pytest.raises(ValueError, match="words"):
        answer_wish(wish=wish, answer=" ", by=priya, on=ON)
