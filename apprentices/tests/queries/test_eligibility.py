from datetime import datetime, timedelta, timezone

import pytest
from django.utils.timezone import now

from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship, HourEntry
from apprentices.queries.eligibility import UnknownApprentice, eligibility_document, moment_text
from apprentices.rules.canonical import canonical, digest
from apprentices.tests.cast import REGISTERED_ON, apprentice_row, small_content
from apprentices.tests.ready import READY_ON
from employers.actions.standards import load_standards

NAME = "Test Sponsor, Industrial Manufacturing Technician"


def test_the_document_has_the_keys_of_the_contract(ready):
    document = eligibility_document(as_of=READY_ON)
    assert sorted(document) == ["apprentices", "as_of", "digest", "known_at", "standards"]
    (one,) = document["apprentices"]
    assert sorted(one) == [
        "as_of",
        "digest",
        "eligible",
        "known_at",
        "ledger_position",
        "ref",
        "requirements",
        "standards",
    ]
    assert one["standards"] == {"name": NAME, "version": 1}
    assert document["standards"] == [one["standards"]]
    assert (one["eligible"], one["ledger_position"], one["as_of"]) == (True, 10, "2026-03-20")
    assert one["requirements"][0] == {
        "actual": "30.00",
        "code": "OJL_TOTAL",
        "met": True,
        "required": "30.00",
        "shortfall": "0.00",
    }


def test_every_object_carries_the_digest_of_itself(ready):
    document = eligibility_document(as_of=READY_ON)
    assert digest(document) == document["digest"]
    assert [digest(one) for one in document["apprentices"]] == [one["digest"] for one in document["apprentices"]]


def test_the_same_arguments_give_the_same_bytes(ready):
    known_at = now()
    once = canonical(eligibility_document(as_of=READY_ON, known_at=known_at))
    assert once == canonical(eligibility_document(as_of=READY_ON, known_at=known_at))


def test_an_amendment_changes_the_answer_of_later_moments_only(ready, sam):
    before = now()
    once = eligibility_document(as_of=READY_ON, known_at=before)
    amend(entry=HourEntry.objects.first(), hours="0", reason="Was absent", by=sam, on=READY_ON)
    assert eligibility_document(as_of=READY_ON, known_at=before) == once
    (after,) = eligibility_document(as_of=READY_ON)["apprentices"]
    assert (after["eligible"], after["ledger_position"]) == (False, 11)


def test_a_moment_is_written_in_utc_with_six_places():
    moment = datetime(2026, 11, 21, 2, 0, tzinfo=timezone(timedelta(hours=-6)))
    assert moment_text(moment) == "2026-11-21T08:00:00.000000Z"


def test_a_moment_to_come_is_refused(ready):
    with pytest.raises(ValueError, match="still to come"):
        eligibility_document(as_of=READY_ON, known_at=now() + timedelta(minutes=1))


def test_people_are_sorted_by_reference_as_text_whatever_their_status(ana_at_acme, priya):
    rows = [
        apprentice_row(line=number, apprentice_ref=ref, first_name=ref, email="")
        for number, ref in enumerate(["t-2", "T-10", "T-9"])
    ]
    register(rows=rows, by=priya)
    refs = [one["ref"] for one in eligibility_document(as_of=READY_ON)["apprentices"]]
    assert refs == ["T-0001", "T-10", "T-9", "t-2"]


def test_who_is_registered_later_or_learned_later_is_not_in_the_answer(ana_at_acme):
    assert eligibility_document(as_of=REGISTERED_ON - timedelta(days=1))["apprentices"] == []
    before = ana_at_acme.recorded_at - timedelta(microseconds=1)
    assert eligibility_document(as_of=READY_ON, known_at=before)["apprentices"] == []


def test_one_apprentice_is_the_same_document_with_one(ana_at_acme, priya):
    register(rows=[apprentice_row(apprentice_ref="T-0002", first_name="Bo", email="")], by=priya)
    known_at = now()
    everyone = eligibility_document(as_of=READY_ON, known_at=known_at)
    one = eligibility_document(as_of=READY_ON, known_at=known_at, ref="T-0002")
    assert one["apprentices"] == everyone["apprentices"][1:]
    assert one["standards"] == everyone["standards"]


def test_an_unknown_apprentice_is_an_error(ana_at_acme):
    with pytest.raises(UnknownApprentice):
        eligibility_document(as_of=READY_ON, ref="T-9999")
    with pytest.raises(UnknownApprentice):
        eligibility_document(as_of=REGISTERED_ON - timedelta(days=1), ref="T-0001")


def test_standards_are_chosen_by_name_and_listed_once_each(ana_at_acme, priya):
    other = small_content(sponsor_name="Another Sponsor")
    load_standards(content=other, by=priya)
    register(
        rows=[
            apprentice_row(apprentice_ref=ref, first_name=ref, email="", sponsor="Another Sponsor")
            for ref in ("U-1", "U-2")
        ],
        by=priya,
    )
    everyone = eligibility_document(as_of=READY_ON)
    name = "Another Sponsor, Industrial Manufacturing Technician"
    assert everyone["standards"] == [{"name": name, "version": 1}, {"name": NAME, "version": 1}]
    chosen = eligibility_document(as_of=READY_ON, standards=name)
    assert [one["ref"] for one in chosen["apprentices"]] == ["U-1", "U-2"]
    assert chosen["standards"] == [{"name": name, "version": 1}]


def test_the_whole_answer_takes_a_constant_number_of_queries(ready, priya, django_assert_max_num_queries):
    register(
        rows=[apprentice_row(line=n, apprentice_ref=f"X-{n}", first_name=f"{n}", email="") for n in range(15)], by=priya
    )
    assert Apprenticeship.objects.count() == 16
    with django_assert_max_num_queries(22):
        eligibility_document(as_of=READY_ON)
