from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.competencies import sign_off, take_back_sign_offs
from apprentices.actions.supervision import assign
from apprentices.models import SignOff
from apprentices.rules.rows import SignOffRow
from apprentices.tests.views.test_crew import more_people
from employers.models import Competency

pytestmark = pytest.mark.django_db
BOOK = reverse("competencies", args=["T-0001"])
MAY = date(2026, 5, 4)
TO_COME = (timezone.localdate() + timedelta(days=2)).isoformat()


def competency(process, number):
    return Competency.objects.get(work_process__code=process, number=number)


def signed(ref, by, process="A", number=1, who="Sam"):
    sign_off(rows=[SignOffRow(1, ref, process, number, MAY, who)], on=MAY, by=by)
    return SignOff.objects.known().get(apprenticeship__ref=ref, competency__number=number)


def sent(*picked, **more):
    return {"picked": [one.pk for one in picked], "signed_on": "2026-05-04", "note": "On line 4"} | more


def marks(response):
    return [[bool(cell) for cell in row.cells] for row in response.context["rows"]]


def test_several_competencies_are_signed_at_once_with_day_note_and_the_name_of_who_signs(as_sam, sam):
    response = as_sam.post(BOOK, sent(competency("A", 1), competency("B", 1)))
    assert response.headers["Location"] == BOOK
    rows = SignOff.objects.values_list("competency__title", "signed_on", "signed_by", "note")
    assert set(rows) == {(title, MAY, "Sam", "On line 4") for title in ("Locks out", "Sets up")}
    assert "Signed off by Sam on May 4, 2026" in as_sam.get(BOOK).content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"picked": []}, "id_picked", "Select what was shown."),
        ({"signed_on": ""}, "id_signed_on", "This field is required."),
        (
            {"signed_on": TO_COME},
            "id_signed_on",
            "Today or a day before.",
        ),
        ({"note": "x" * 501}, "id_note", "Ensure this value has at most 500 characters (it has 501)."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_ticks_stay(as_sam, sam, changes, field, text):
    one = competency("A", 2)
    page = as_sam.post(BOOK, sent(one) | changes)
    assert [(found, said) for found, _label, said in page.context["errors"]] == [(field, text)]
    assert (f'value="{one.pk}" checked' in page.content.decode()) == bool(changes.get("picked", [one]))
    assert not SignOff.objects.exists()


def test_who_was_faster_is_named_and_the_other_ticks_stay(as_sam, ana_at_acme, priya):
    signed("T-0001", priya, who="Mia")
    other = competency("A", 2)
    page = as_sam.post(BOOK, sent(competency("A", 1), other))
    assert page.status_code == 409
    assert page.context["clashes"] == ["Locks out: signed off by Mia on May 4, 2026 already."]
    assert f'value="{other.pk}" checked' in page.content.decode()
    assert SignOff.objects.count() == 1


def test_the_same_sent_twice_changes_nothing(as_sam, sam):
    for _time in range(2):
        as_sam.post(BOOK, sent(competency("A", 1)))
    assert SignOff.objects.count() == 1


def test_a_sign_off_is_taken_back_with_a_reason(as_sam, ana_at_acme, sam):
    row = signed("T-0001", sam)
    address = reverse("take_back_sign_off", args=[row.pk])
    assert address in as_sam.get(BOOK).content.decode()
    assert as_sam.post(address, {"reason": ""}).context["errors"]
    assert as_sam.post(address, {"reason": "Wrong person"}).headers["Location"] == BOOK
    assert not SignOff.objects.known().exists()
    assert as_sam.get(address).headers["Location"] == BOOK


def test_the_apprentice_and_labor_read_it_and_sign_nothing(client, ana, lee, ana_at_acme, sam):
    signed("T-0001", sam)
    for user, address in ((ana, reverse("my_competencies")), (lee, BOOK)):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert "Signed off by Sam" in page
        assert "checkbox" not in page and "Take back" not in page
    assert client.post(BOOK, sent(competency("A", 2))).status_code == 403


def test_a_mentor_without_a_place_in_the_office_comes_to_the_book_and_signs(client, nils, ana_at_acme, ben, priya):
    assign(apprenticeships=[ana_at_acme], user=nils, role="MENTOR", on=MAY, by=priya)
    client.force_login(nils)
    assert [one.ref for one in client.get(reverse("crew")).context["page"]] == ["T-0001"]
    assert client.post(BOOK, sent(competency("A", 1))).status_code == 302
    assert client.get(reverse("competencies", args=["T-1001"])).status_code == 404


@pytest.fixture
def ben(ana_at_acme, priya):
    """A colleague of Ana's, T-1001."""
    more_people(1, by=priya)


def test_the_matrix_says_who_lacks_what(as_sam, ben, sam):
    signed("T-0001", sam)
    page = as_sam.get(reverse("crew_competencies"))
    assert [str(row.apprenticeship) for row in page.context["rows"]] == ["T-0001", "T-1001"]
    assert marks(page) == [[True, False], [False, False]]
    assert [column["open"] for column in page.context["columns"]] == [1, 2]


def test_the_matrix_is_asked_for_another_process(as_sam, ben, sam):
    process = competency("B", 1).work_process
    page = as_sam.get(reverse("crew_competencies"), {"process": process.pk})
    assert (page.context["process"], marks(page)) == (process, [[False], [False]])


def test_one_competency_is_signed_off_for_several_people(as_sam, ben, sam):
    one = competency("A", 1)
    address = reverse("crew_competency", args=[one.pk])
    said = {"picked": ["T-0001", "T-1001"], "signed_on": "2026-05-04", "note": ""}
    response = as_sam.post(address, said)
    assert response.headers["Location"] == f"{reverse('crew_competencies')}?process={one.work_process_id}"
    assert SignOff.objects.filter(competency=one).count() == 2


def test_for_several_people_too_who_was_faster_is_named(as_sam, ben, priya):
    signed("T-0001", priya, who="Mia")
    address = reverse("crew_competency", args=[competency("A", 1).pk])
    page = as_sam.post(address, {"picked": ["T-0001", "T-1001"], "signed_on": "2026-05-05"})
    assert page.status_code == 409
    assert page.context["clashes"] == ["Ana Xiong: signed off by Mia on May 4, 2026 already."]


def test_a_competency_that_nobody_of_the_crew_needs_is_missing(as_sam, client, oscar, sam):
    key = competency("A", 1).pk
    client.force_login(oscar)
    assert client.get(reverse("crew_competency", args=[key])).status_code == 404
    assert client.get(reverse("crew_competency", args=[10**18])).status_code == 404


def test_what_was_taken_back_is_open_in_book_and_matrix(as_sam, ana_at_acme, sam):
    take_back_sign_offs(sign_offs=[signed("T-0001", sam)], reason="Wrong", by=sam, on=MAY)
    assert marks(as_sam.get(reverse("crew_competencies"))) == [[False, False]]


@pytest.mark.parametrize(("name", "count"), [("crew_competencies", 15), ("crew_competency", 12)])
@pytest.mark.parametrize("people", [1, 49])
def test_the_crew_s_pages_ask_the_database_the_same_for_one_and_for_fifty(
    as_sam, ana_at_acme, sam, priya, django_assert_num_queries, name, count, people
):
    more_people(people, by=priya)
    address = reverse(name, args=[competency("A", 1).pk] if name == "crew_competency" else [])
    as_sam.get(address)
    with django_assert_num_queries(count):
        page = as_sam.get(address)
    assert len(page.context["rows"]) == people + 1


def test_the_book_asks_the_same_however_much_is_signed(as_sam, ana_at_acme, sam, django_assert_num_queries):
    as_sam.get(BOOK)
    for number in (0, 1, 2):
        if number:
            signed("T-0001", sam, number=number)
        with django_assert_num_queries(11):
            as_sam.get(BOOK)
