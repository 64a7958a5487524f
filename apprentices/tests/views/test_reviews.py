import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.reviews import begin, sign_part
from apprentices.actions.wishes import answer_wish
from apprentices.models import Apprenticeship, Part, Review, ReviewPart, ReviewQuestion, Wish
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.views.test_crew import more_people
from employers.actions.memberships import add_member
from employers.actions.review_intervals import set_review_interval
from employers.queries.calendars import today_at
from imt.accounts.actions import create_person

pytestmark = pytest.mark.django_db
LIST, MINE, CREW = reverse("reviews", args=["T-0001"]), reverse("my_reviews"), reverse("crew_reviews")


@pytest.fixture
def max_(ana_at_acme, acme, priya):
    """Manager at Acme."""
    user = create_person(name="Max", email="max@example.org", by=priya)
    add_member(user=user, employer=acme, role="MANAGER", on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def review(ana_at_acme, sam, max_):
    return begin(apprenticeship=ana_at_acme, by=sam, on=timezone.localdate())


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def address_of(review, is_own=False):
    return reverse("my_review" if is_own else "review", args=["T-0001", review.pk])


def sent(part, text="Fine", **changes):
    questions = ReviewQuestion.objects.filter(part=part, retired_at__isnull=True)
    return {"part": part} | {f"answer-{question.pk}": text for question in questions} | changes


def signed(review, *sides):
    for part, user in sides:
        answers = {question.pk: f"{part} says" for question in ReviewQuestion.objects.filter(part=part)}
        sign_part(review=review, part=Part(part), answers=answers, by=user, on=timezone.localdate())


def page_of(user, address):
    return client_of(user).get(address).content.decode()


def test_a_review_is_begun_with_one_button_and_opens(as_sam, ana_at_acme):
    response = as_sam.post(LIST)
    assert response.headers["Location"] == address_of(Review.objects.get())
    assert as_sam.post(LIST).headers["Location"] == response.headers["Location"]


def test_the_apprentice_begins_the_own_one_and_signs_first(as_ana, max_):
    address = as_ana.post(MINE).headers["Location"]
    assert "What did I not get to learn" in as_ana.get(address).content.decode()
    assert as_ana.post(address, sent("APPRENTICE", "The robot cell")).headers["Location"] == address
    assert ReviewPart.objects.get().part == "APPRENTICE"
    assert Wish.objects.get().text == "The robot cell"
    assert "It lies with" in as_ana.get(address).content.decode()


def test_each_side_reads_what_was_said_before_and_answers_its_own_questions(review, ana, sam, lee, max_):
    sides = {"APPRENTICE": ana, "MENTOR": sam, "LABOR": lee, "MANAGEMENT": max_}
    for part, user in sides.items():
        address = address_of(review, is_own=user is ana)
        page = page_of(user, address)
        asked = ReviewQuestion.objects.filter(part=part).first()
        assert asked.text in page.replace("&#x27;", "'")
        assert client_of(user).post(address, sent(part, f"{part} says")).status_code == 302
    review.refresh_from_db()
    assert review.held_on == today_at(review.apprenticeship.employer)
    page = page_of(ana, address_of(review, is_own=True))
    assert [f"{part} says" in page for part in sides] == [True] * 4
    assert "Sign this part" not in page


def test_who_does_not_sign_reads_with_whom_it_lies(review, sam, priya, ada):
    for user in (sam, priya, ada):
        page = page_of(user, address_of(review))
        assert "It lies with Ana Xiong." in page
        assert "Sign this part" not in page


def test_answers_that_are_missing_are_told_at_their_questions_and_the_others_stay(review, ana):
    questions = list(ReviewQuestion.objects.filter(part="APPRENTICE"))
    first = f"answer-{questions[0].pk}"
    page = client_of(ana).post(address_of(review, is_own=True), sent("APPRENTICE", "Kept text") | {first: " "})
    assert [(where, text) for where, _label, text in page.context["errors"]] == [
        (f"id_{first}", "Write a word or two; “nothing” is an answer, too.")
    ]
    assert page.content.decode().count("Kept text") == 2
    assert not ReviewPart.objects.exists()


def test_who_comes_too_late_is_told_who_signed_and_keeps_what_was_written(review, ana, sam, acme, priya):
    mia = create_person(name="Mia", email="mia@example.org", by=priya)
    add_member(user=mia, employer=acme, role="SUPERVISOR", on=REGISTERED_ON, by=priya)
    signed(review, ("APPRENTICE", ana), ("MENTOR", mia))
    response = client_of(sam).post(address_of(review), sent("MENTOR", "Long thoughts"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Mia has signed this part already." in page and "Long thoughts" in page


@pytest.mark.parametrize("part", ["MENTOR", "LABOR", "MANAGEMENT", "", "X"])
def test_the_apprentice_signs_no_other_part(review, ana, part):
    assert client_of(ana).post(address_of(review, is_own=True), sent(part)).status_code == 403


def test_it_is_not_this_part_s_turn_yet(review, sam):
    response = client_of(sam).post(address_of(review), sent("MENTOR"))
    assert response.status_code == 409
    assert "Apprentice comes first." in response.content.decode()


def test_who_signed_another_part_is_told_so_instead_of_a_form(review, ana, sam, lee, max_):
    max_.employer_memberships.all().delete()
    signed(review, ("APPRENTICE", ana), ("MENTOR", sam), ("LABOR", lee))
    assert "each side is somebody else’s" in page_of(sam, address_of(review))


def test_what_an_apprentice_without_a_sign_in_says_is_shown_as_written_down(review, sam):
    person = review.apprenticeship.apprentice
    person.user = None
    person.save()
    assert "has no sign-in here" in page_of(sam, address_of(review))
    signed(review, ("APPRENTICE", sam))
    page = page_of(sam, address_of(review))
    assert "Said by Ana Xiong, written down and signed by Sam" in page
    assert "Sign this part" in page


def test_nobody_to_sign_is_explained(review, ana, sam, lee, max_):
    lee.local_memberships.all().delete()
    signed(review, ("APPRENTICE", ana), ("MENTOR", sam))
    assert "Nobody can sign this part yet" in page_of(sam, address_of(review))


def test_a_review_is_withdrawn_with_a_reason(as_sam, review):
    address = reverse("withdraw_review", args=["T-0001", review.pk])
    assert address in as_sam.get(address_of(review)).content.decode()
    assert as_sam.post(address, {"reason": ""}).context["errors"]
    assert as_sam.post(address, {"reason": "Wrong person"}).headers["Location"] == LIST
    assert "Withdrawn" in as_sam.get(address_of(review)).content.decode()
    assert as_sam.post(address, {"reason": "Again"}).status_code == 409


def test_the_day_of_the_next_review_is_told(as_sam, ana_at_acme, standards, priya):
    assert "name no day for the next review" in as_sam.get(LIST).content.decode()
    set_review_interval(standards=standards, days=90, by=priya)
    assert "the next review was due on April 5, 2026" in as_sam.get(LIST).content.decode()


def test_the_crew_s_list_begins_with_what_waits_for_me(review, ana, sam, standards, priya):
    more_people(2, by=priya)
    set_review_interval(standards=standards, days=90, by=priya)
    signed(review, ("APPRENTICE", ana))
    rows = client_of(sam).get(CREW).context["rows"]
    assert [(row.apprenticeship.ref, row.is_mine, row.turn_label) for row in rows] == [
        ("T-0001", True, "Mentor"),
        ("T-1001", False, ""),
        ("T-1002", False, ""),
    ]


def test_who_only_reads_finds_no_button_to_begin(ana_at_acme, sam, lee, ada, standards, priya):
    set_review_interval(standards=standards, days=90, by=priya)
    assert "Begin" in page_of(lee, CREW) and "Begin" in page_of(sam, CREW)
    assert "Begin" not in page_of(ada, CREW) and "Begin" not in page_of(ada, LIST)
    assert client_of(ada).post(LIST).status_code == 403


def test_an_empty_list_says_why(as_sam, ana_at_acme):
    assert "No review is due or under way." in as_sam.get(CREW).content.decode()


@pytest.mark.parametrize("people", [1, 40])
def test_the_list_asks_the_database_the_same_for_few_and_many(
    as_sam, ana_at_acme, standards, priya, django_assert_num_queries, people
):
    more_people(people, by=priya)
    set_review_interval(standards=standards, days=90, by=priya)
    for one in Apprenticeship.objects.all()[:2]:
        begin(apprenticeship=one, by=priya, on=timezone.localdate())
    as_sam.get(CREW)
    with django_assert_num_queries(22):
        page = as_sam.get(CREW)
    assert len(page.context["rows"]) == people + 1


# --- wishes


@pytest.fixture
def wish(review, ana):
    signed(review, ("APPRENTICE", ana))
    return Wish.objects.get()


def test_the_committee_s_list_leads_to_an_answer_and_the_apprentice_reads_it(wish, lee, ana):
    client = client_of(lee)
    address = reverse("wish", args=[wish.pk])
    assert address in client.get(reverse("wishes")).content.decode()
    assert client.post(address, {"answer": ""}).context["errors"]
    assert client.post(address, {"answer": "From May on"}).headers["Location"] == reverse("wishes")
    assert address not in client.get(reverse("wishes")).content.decode()
    assert "From May on" in client.get(reverse("wishes"), {"answered": 1}).content.decode()
    assert "From May on" in page_of(ana, MINE)


def test_a_manager_reads_the_own_people_s_wishes_and_answers_none(wish, max_, oscar):
    page = client_of(max_).get(reverse("wishes"))
    assert (list(page.context["page"]), page.context["answerable"]) == ([wish], set())
    address = reverse("wish", args=[wish.pk])
    assert "<textarea" not in page_of(max_, address)
    assert client_of(max_).post(address, {"answer": "No"}).status_code == 403
    assert list(client_of(oscar).get(reverse("wishes")).context["page"]) == []


def test_who_answers_too_late_is_told_who_was_first_and_keeps_the_words(wish, lee, priya):
    answer_wish(wish=wish, answer="Yes", by=lee, on=timezone.localdate())
    response = client_of(priya).post(reverse("wish", args=[wish.pk]), {"answer": "Rather not"})
    assert response.status_code == 409
    assert "Lee has answered this wish already." in response.content.decode()
    assert "Rather not" in response.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_wishes_ask_the_database_the_same_however_many(wish, lee, ana, django_assert_num_queries, count):
    Wish.objects.bulk_create(
        Wish(apprenticeship=wish.apprenticeship, text="x", wished_at=wish.wished_at, wished_by=ana)
        for _number in range(1, count)
    )
    client = client_of(lee)
    client.get(reverse("wishes"))
    with django_assert_num_queries(10):
        assert len(client.get(reverse("wishes")).context["page"].object_list) == count
