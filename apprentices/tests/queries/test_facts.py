from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.credits import grant
from apprentices.actions.instruction import record_results
from apprentices.actions.opening import open_balances
from apprentices.actions.statuses import change_status
from apprentices.actions.voids import void
from apprentices.models import (
    Apprenticeship,
    Credential,
    Credit,
    HourEntry,
    InstructionRecord,
    Recommendation,
    SignOff,
    StandardsMove,
    StatusChange,
)
from apprentices.queries.facts import facts_for, known_of, registered
from apprentices.rules.rows import CreditRow, InstructionRow, OpeningRow
from apprentices.tests.cast import REGISTERED_ON, apprentice_row, small_content
from apprentices.tests.ready import LEARNED_ON, READY_ON, pass_courses
from apprentices.tests.weeks import MONDAY, approved, cell, submitted
from employers.actions.standards import load_standards
from employers.models import Committee, Competency, Sponsor

TWO = Decimal("0.01")


def hours(text):
    return Decimal(text).quantize(TWO)


def facts_of(apprenticeship, as_of=READY_ON, known_at=None):
    one = Apprenticeship.objects.filter(pk=apprenticeship.pk)
    return facts_for(one, as_of=as_of, known_at=known_at)[apprenticeship.pk].facts


def test_who_is_new_has_a_status_and_nothing_else(ana_at_acme):
    known = facts_for(Apprenticeship.objects.all(), as_of=READY_ON)[ana_at_acme.pk]
    assert known.facts.status == "ACTIVE"
    assert (known.facts.ojl_by_process, known.facts.ojl_not_tied) == ({}, 0)
    assert (known.facts.instruction, known.facts.credentials, known.facts.signed_off) == ((), frozenset(), frozenset())
    assert not known.facts.is_recommended
    assert (known.ref, known.ledger_position) == ("T-0001", 0)


def test_approved_hours_are_summed_by_process_and_waiting_ones_are_not(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", MONDAY + timedelta(days=1), "0.25")], by=sam)
    next_week = MONDAY + timedelta(days=7)
    submitted(ana_at_acme, [cell("B", next_week, "8")], by=sam)
    assert facts_of(ana_at_acme).ojl_by_process == {"A": hours("8.25")}


def test_hours_of_a_later_day_are_not_there_yet(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("A", MONDAY + timedelta(days=1), "4")], by=sam)
    assert facts_of(ana_at_acme, as_of=MONDAY).ojl_by_process == {"A": hours("8")}


def test_an_amendment_changes_what_is_known_later_and_not_what_was_known_before(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    before = timezone.now()
    amend(entry=HourEntry.objects.get(), hours="6", reason="Left early", by=sam, on=READY_ON)
    assert facts_of(ana_at_acme, known_at=before).ojl_by_process == {"A": hours("8")}
    assert facts_of(ana_at_acme, known_at=timezone.now()).ojl_by_process == {"A": hours("6")}
    assert facts_of(ana_at_acme).ojl_by_process == {"A": hours("6")}


def test_the_ledger_position_is_that_of_the_last_line_known(ana_at_acme, sam):
    nothing = timezone.now()
    approved(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "1")], by=sam)
    posted = timezone.now()
    amend(entry=HourEntry.objects.first(), hours="6", reason="Left early", by=sam, on=READY_ON)

    def position(known_at=None):
        return facts_for(Apprenticeship.objects.all(), as_of=READY_ON, known_at=known_at)[
            ana_at_acme.pk
        ].ledger_position

    assert (position(nothing), position(posted), position()) == (0, 2, 4)


def test_credit_counts_for_its_process_or_apart(ana_at_acme, priya):
    rows = [
        CreditRow(1, "T-0001", "OJL", "B", hours("5"), MONDAY),
        CreditRow(2, "T-0001", "OJL", "", hours("7"), MONDAY),
        CreditRow(3, "T-0001", "RI", "MATH", hours("2"), MONDAY),
    ]
    grant(rows=rows, on=READY_ON, by=priya)
    facts = facts_of(ana_at_acme)
    assert (facts.ojl_by_process, facts.ojl_not_tied) == ({"B": hours("5")}, hours("7"))
    assert [(line.course, line.hours, line.is_credit) for line in facts.instruction] == [("MATH", hours("2"), True)]


def test_credit_that_was_taken_back_counts_before_and_not_after(ana_at_acme, priya):
    grant(rows=[CreditRow(1, "T-0001", "RI", "MATH", hours("2"), MONDAY)], on=READY_ON, by=priya)
    granted = timezone.now()
    void(facts=list(Credit.objects.all()), reason="Wrong person", by=priya)
    assert len(facts_of(ana_at_acme, known_at=granted).instruction) == 1
    assert facts_of(ana_at_acme).instruction == ()


def test_an_opening_balance_counts_like_logged_hours_and_a_passed_course(ana_at_acme, priya):
    rows = [
        OpeningRow(1, "T-0001", "OJL", "A", hours("9"), MONDAY),
        OpeningRow(2, "T-0001", "RI", "MATH", hours("3"), MONDAY),
    ]
    open_balances(rows=rows, on=READY_ON, by=priya)
    facts = facts_of(ana_at_acme)
    assert facts.ojl_by_process == {"A": hours("9")}
    (line,) = facts.instruction
    assert (line.course, line.hours, line.is_credit, line.happened_on) == ("MATH", hours("3"), False, MONDAY)


@pytest.mark.parametrize("result", ["FAILED", "WITHDRAWN", "IN_PROGRESS"])
def test_a_course_that_was_not_passed_counts_nowhere(ana_at_acme, priya, result):
    completed_on = None if result == "IN_PROGRESS" else MONDAY
    row = InstructionRow(1, "T-0001", "MATH", "", "2026-1", hours("4"), completed_on, result)
    record_results(rows=[row], on=READY_ON, by=priya)
    assert facts_of(ana_at_acme).instruction == ()


def test_a_passed_course_counts_from_its_day_on_until_it_is_taken_back(ana_at_acme, priya):
    pass_courses(ana_at_acme, "MATH", by=priya)
    assert facts_of(ana_at_acme, as_of=LEARNED_ON - timedelta(days=1)).instruction == ()
    assert len(facts_of(ana_at_acme, as_of=LEARNED_ON).instruction) == 1
    void(facts=list(InstructionRecord.objects.all()), reason="Another Ana", by=priya)
    assert facts_of(ana_at_acme).instruction == ()


@pytest.mark.parametrize(
    ("day", "is_held"),
    [(date(2026, 3, 1), False), (date(2026, 3, 2), True), (date(2026, 9, 30), True), (date(2026, 10, 1), False)],
)
def test_a_credential_is_held_from_its_day_through_its_last(ana_at_acme, priya, day, is_held):
    Credential.objects.create(
        apprenticeship=ana_at_acme,
        code="OSHA10",
        earned_on=date(2026, 3, 2),
        expires_on=date(2026, 9, 30),
        recorded_at=timezone.now(),
        recorded_by=priya,
    )
    assert facts_of(ana_at_acme, as_of=day).credentials == (frozenset({"OSHA10"}) if is_held else frozenset())


def test_sign_offs_and_recommendations_count_once_they_happened_and_are_known(ana_at_acme, sponsor, priya):
    before = timezone.now()
    for competency in Competency.objects.filter(work_process__code="A"):
        SignOff.objects.create(
            apprenticeship=ana_at_acme,
            competency=competency,
            signed_on=MONDAY,
            signed_by="Mentor",
            recorded_at=timezone.now(),
            recorded_by=priya,
        )
    Recommendation.objects.create(
        apprenticeship=ana_at_acme,
        committee=Committee.objects.create(sponsor=sponsor, name="Joint committee"),
        decided_on=MONDAY,
        recorded_at=timezone.now(),
        recorded_by=priya,
    )
    facts = facts_of(ana_at_acme)
    assert (facts.signed_off, facts.is_recommended) == (frozenset({("A", 1), ("A", 2)}), True)
    for too_early in ({"as_of": MONDAY - timedelta(days=1)}, {"known_at": before}):
        facts = facts_of(ana_at_acme, **too_early)
        assert (facts.signed_off, facts.is_recommended) == (frozenset(), False)


def test_a_status_holds_from_the_start_of_its_day(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=MONDAY, by=priya)
    assert facts_of(ana_at_acme, as_of=MONDAY - timedelta(days=1)).status == "ACTIVE"
    assert facts_of(ana_at_acme, as_of=MONDAY).status == "SUSPENDED"


def test_before_its_first_status_an_apprenticeship_is_registered(ana_at_acme):
    assert facts_of(ana_at_acme, as_of=REGISTERED_ON - timedelta(days=1)).status == "REGISTERED"


def test_a_status_that_was_taken_back_gives_the_one_before_it(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=MONDAY, by=priya)
    suspended = timezone.now()
    void(facts=[StatusChange.objects.get(status="SUSPENDED")], reason="Another Ana", by=priya)
    assert facts_of(ana_at_acme, known_at=suspended).status == "SUSPENDED"
    assert facts_of(ana_at_acme).status == "ACTIVE"


def test_after_a_move_the_new_version_judges_and_hours_count_by_code(ana_at_acme, standards, sam, priya):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    newer = load_standards(content=small_content(ojl_minimum=4000), by=priya).standards
    moved = StandardsMove.objects.create(
        apprenticeship=ana_at_acme,
        standards=newer,
        happened_on=LEARNED_ON,
        reason="New version",
        before={},
        after={},
        recorded_at=timezone.now(),
        recorded_by=priya,
    )
    one = Apprenticeship.objects.all()
    after = facts_for(one, as_of=READY_ON)[ana_at_acme.pk]
    assert (after.standards_id, after.standards.version, after.standards.ojl_minimum) == (newer.pk, 2, hours("40"))
    assert after.facts.ojl_by_process == {"A": hours("8")}
    before = facts_for(one, as_of=LEARNED_ON - timedelta(days=1))[ana_at_acme.pk]
    assert before.standards_id == standards.pk
    unknown = facts_for(one, as_of=READY_ON, known_at=moved.recorded_at - timedelta(microseconds=1))[ana_at_acme.pk]
    assert unknown.standards_id == standards.pk


@pytest.fixture
def crew(ana_at_acme, priya):
    """Twenty more people at Acme, T-1000 and on."""
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-{1000 + number}", first_name=f"Person {number}", email="")
        for number in range(20)
    ]
    register(rows=rows, by=priya)
    return list(Apprenticeship.objects.filter(ref__startswith="T-1").order_by("ref"))


def test_each_of_a_large_set_has_their_own_facts_and_nobody_else_is_in_it(crew, priya):
    pass_courses(crew[3], "MATH", by=priya)
    known = facts_for(Apprenticeship.objects.filter(ref__startswith="T-1"), as_of=READY_ON)
    assert sorted(known) == [one.pk for one in crew]
    assert [key for key, one in known.items() if one.facts.instruction] == [crew[3].pk]


def test_who_stands_between_those_asked_for_is_not_in_the_answer(crew, priya):
    some = [one.pk for one in crew if one.pk != crew[5].pk]
    pass_courses(crew[5], "MATH", by=priya)
    known = facts_for(Apprenticeship.objects.filter(pk__in=some), as_of=READY_ON)
    assert sorted(known) == some
    assert not any(one.facts.instruction for one in known.values())


def test_the_number_of_queries_does_not_grow_with_the_set(crew, ready, django_assert_num_queries):
    facts_for(Apprenticeship.objects.all(), as_of=READY_ON)  # what lies below published standards is read once
    with django_assert_num_queries(2):
        facts_for(Apprenticeship.objects.filter(pk=ready.pk), as_of=READY_ON, known_at=timezone.now())
    with django_assert_num_queries(2):
        facts_for(Apprenticeship.objects.all(), as_of=READY_ON, known_at=timezone.now())


def test_registered_are_those_of_the_day_and_of_the_moment(ana_at_acme):
    assert registered(as_of=REGISTERED_ON).count() == 1
    assert not registered(as_of=REGISTERED_ON - timedelta(days=1)).exists()
    assert not registered(as_of=READY_ON, known_at=ana_at_acme.recorded_at - timedelta(microseconds=1)).exists()
    assert registered(as_of=READY_ON, known_at=ana_at_acme.recorded_at).exists()


def test_a_corrected_name_is_read_though_the_version_was_read_before(ana_at_acme, standards, django_assert_num_queries):
    key = ana_at_acme.pk
    assert known_of([key], as_of=READY_ON)[key].standards.name == standards.name
    Sponsor.objects.filter(pk=standards.sponsor_id).update(name="Test Sponsor, renamed")
    assert known_of([key], as_of=READY_ON)[key].standards.name == f"Test Sponsor, renamed, {standards.occupation}"
    with django_assert_num_queries(1):
        known_of([key], as_of=READY_ON)


def test_ids_of_no_apprenticeship_are_left_out(ana_at_acme):
    assert list(known_of([ana_at_acme.pk, ana_at_acme.pk + 1], as_of=READY_ON)) == [ana_at_acme.pk]
    assert known_of([ana_at_acme.pk + 1], as_of=READY_ON) == {}


def test_pace_and_waiting_hours_are_read_where_they_are_asked_for(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    submitted(ana_at_acme, [cell("A", MONDAY + timedelta(days=7), "2.5")], by=sam)
    key = ana_at_acme.pk
    known = known_of([key], as_of=READY_ON, also=("PACE", "WAITING"))[key]
    assert (known.pace.total, known.waiting) == (800, hours("2.5"))
    known = known_of([key], as_of=READY_ON)[key]
    assert (known.pace, known.waiting) == (None, None)
