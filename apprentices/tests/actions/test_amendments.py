"""Approved hours corrected: a reversal and a further line, never a change of what was posted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apprentices.actions.amendments import AmendmentRefused, amend
from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship, HourEntry, LedgerLine
from apprentices.queries.eligibility import eligibility_document
from apprentices.rules.canonical import canonical
from apprentices.tests.cast import REGISTERED_ON, apprentice_row, small_content
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, ledger, returned, saved, submitted
from employers.actions.standards import load_standards
from imt.accounts.actions import system_user
from imt.audit.models import AuditEvent
from imt.audit.queries import history_of
from imt.moments import safe_moment

AS_OF = date(2026, 3, 31)


@pytest.fixture
def entry(ana_at_acme, sam):
    """Eight hours of Ana's in A, approved."""
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    return HourEntry.objects.get()


def correct(entry, hours, by, *, reason="typed wrongly", **about):
    return amend(entry=entry, hours=Decimal(hours), reason=reason, by=by, on=DECIDED_ON, **about)


def process(entry, code):
    return entry.apprenticeship.standards.work_processes.get(code=code)


def positions(entry):
    return Apprenticeship.objects.values_list("facts_position", "ledger_position").get(pk=entry.apprenticeship_id)


# --- what is posted --------------------------------------------------------------------------------------------


def test_an_amendment_reverses_the_line_and_posts_what_is_right(entry, ana_at_acme, sam):
    correct(entry, "7.25", sam)
    assert ledger(ana_at_acme) == [
        (1, "A", "8.00", "LOGGED"),
        (2, "A", "-8.00", "REVERSAL"),
        (3, "A", "7.25", "LOGGED"),
    ]


def test_the_reversal_and_the_new_line_say_why_who_when_and_of_which_day(entry, priya):
    posted = correct(entry, "7.25", priya, reason="left at noon")
    first, reversal, last = LedgerLine.objects.order_by("position")
    assert posted == last
    assert (reversal.reverses, reversal.reason, reversal.happened_on) == (first, "left at noon", MONDAY)
    assert (last.reverses, last.reason, last.happened_on, last.entry) == (None, "left at noon", MONDAY, entry)
    assert reversal.posted_at == last.posted_at > first.posted_at
    assert reversal.posted_by == last.posted_by == priya


def test_the_claim_stays_as_it_was_claimed(entry, sam):
    correct(entry, "7.25", sam)
    assert str(HourEntry.objects.get().hours) == "8.00"


def test_hours_move_to_another_process(entry, ana_at_acme, sam):
    correct(entry, "8", sam, work_process=process(entry, "B"))
    assert ledger(ana_at_acme)[1:] == [(2, "A", "-8.00", "REVERSAL"), (3, "B", "8.00", "LOGGED")]


def test_hours_amended_to_nothing_leave_only_the_reversal(entry, ana_at_acme, sam):
    assert correct(entry, "0", sam) is None
    assert ledger(ana_at_acme)[1:] == [(2, "A", "-8.00", "REVERSAL")]
    assert not LedgerLine.objects.standing().exists()


def test_a_second_amendment_reverses_what_the_first_posted(entry, ana_at_acme, sam):
    correct(entry, "7", sam)
    correct(entry, "6", sam, work_process=process(entry, "B"))
    assert [(row[1], row[2]) for row in ledger(ana_at_acme)] == [
        ("A", "8.00"),
        ("A", "-8.00"),
        ("A", "7.00"),
        ("A", "-7.00"),
        ("B", "6.00"),
    ]
    assert str(LedgerLine.objects.standing().get().hours) == "6.00"


def test_the_process_of_an_amendment_before_goes_on(entry, sam):
    correct(entry, "7", sam, work_process=process(entry, "B"))
    assert correct(entry, "6", sam).work_process == process(entry, "B")


def test_hours_amended_to_nothing_can_count_again(entry, ana_at_acme, sam):
    correct(entry, "0", sam)
    correct(entry, "5", sam)
    assert ledger(ana_at_acme)[2:] == [(3, "A", "5.00", "LOGGED")]


def test_the_source_of_the_claim_stays(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam, source=HourEntry.Source.SPLIT)
    assert correct(HourEntry.objects.get(), "7", sam).source == "SPLIT"


def test_an_amendment_raises_the_positions_of_the_facts_and_of_the_ledger(entry, sam):
    facts, _ledger = positions(entry)
    correct(entry, "7", sam)
    assert positions(entry) == (facts + 1, 3)


def test_the_entry_and_the_apprenticeship_have_an_event_that_tells_before_and_after(entry, ana_at_acme, sam):
    correct(entry, "7", sam, reason="left at noon")
    for subject in (entry, ana_at_acme):
        event = history_of(subject).get(event="hours.amended")
        assert (event.by, event.details["reason"], event.details["day"]) == (sam, "left at noon", "2026-03-02")
        assert event.details["before"]["hours"] == "8.00"
        assert event.details["after"]["hours"] == "7.00"


# --- what is refused -------------------------------------------------------------------------------------------


def refused(says):
    return pytest.raises(AmendmentRefused, match=says)


@pytest.mark.parametrize("kind", [saved, submitted, returned])
def test_hours_that_are_not_approved_are_not_amended(ana_at_acme, sam, kind):
    kind(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with refused("not approved yet"):
        correct(HourEntry.objects.get(), "7", sam)
    assert not LedgerLine.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_amendment_needs_a_reason(entry, sam, reason):
    with refused("needs a reason"):
        correct(entry, "7", sam, reason=reason)


def test_what_counts_already_is_no_amendment(entry, sam):
    with refused("what counts already"):
        correct(entry, "8.00", sam)


def test_nothing_is_not_amended_to_nothing(entry, sam):
    correct(entry, "0", sam)
    before = positions(entry), AuditEvent.objects.count()
    with refused("what counts already"):
        correct(entry, "0", sam)
    assert (positions(entry), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(("hours", "says"), [("-1", "between"), ("24.01", "between"), ("7.333", "two decimal")])
def test_hours_that_no_day_holds_are_refused(entry, sam, hours, says):
    with refused(says):
        correct(entry, hours, sam)


def test_a_process_of_other_standards_is_refused(entry, sam, priya):
    other = load_standards(content=small_content(occupation="Welder"), by=priya).standards
    with refused("does not belong to the standards"):
        correct(entry, "8", sam, work_process=other.work_processes.first())


def test_a_day_holds_24_hours_with_the_other_claims_of_the_day(ana_at_acme, entry, sam):
    saved(ana_at_acme, [cell("B", MONDAY, "12")], by=sam)
    correct(entry, "12", sam)
    with refused(r"24\.25 hours"):
        correct(entry, "12.25", sam)


def test_a_day_holds_24_hours_over_all_employers_of_the_person(ana_at_acme, entry, sam, priya):
    born = date.fromisoformat(ana_at_acme.apprentice.date_of_birth)
    register(rows=[apprentice_row(apprentice_ref="T-0002", employer="Other Works", date_of_birth=born)], by=priya)
    approved(Apprenticeship.objects.get(ref="T-0002"), [cell("A", MONDAY, "14")], by=priya)
    correct(entry, "10", sam)
    with refused(r"24\.01 hours"):
        correct(entry, "10.01", sam)


@pytest.mark.parametrize("who", ["oscar", "ana", "ada", "lee"])
def test_whose_hours_they_are_not_to_amend_is_refused(entry, who, request):
    with refused("not yours"):
        correct(entry, "7", request.getfixturevalue(who))
    assert LedgerLine.objects.count() == 1


def test_nobody_amends_their_own_hours(entry, ana, acme):
    ana.employer_memberships.create(employer=acme, role="MANAGER", from_on=REGISTERED_ON)
    with refused("not yours"):
        correct(entry, "24", ana)


@pytest.mark.parametrize("who", ["sam", "priya", "the system"])
def test_the_supervisor_staff_and_the_system_amend(entry, who, request):
    by = system_user() if who == "the system" else request.getfixturevalue(who)
    assert correct(entry, "7", by).hours == 7


def test_a_refused_amendment_leaves_nothing_behind(entry, sam):
    before = positions(entry), AuditEvent.objects.count()
    with refused("between"):
        correct(entry, "25", sam)
    assert (positions(entry), AuditEvent.objects.count()) == before


# --- what was known when ---------------------------------------------------------------------------------------


def test_an_earlier_moment_keeps_its_answer_byte_for_byte(entry, sam):
    known_at = safe_moment()
    before = canonical(eligibility_document(as_of=AS_OF, known_at=known_at))
    correct(entry, "7", sam)
    assert canonical(eligibility_document(as_of=AS_OF, known_at=known_at)) == before


def test_a_later_moment_has_the_new_answer(entry, sam):
    correct(entry, "7.25", sam)
    document = eligibility_document(as_of=AS_OF)
    (one,) = document["apprentices"]
    assert (one["ledger_position"], one["requirements"][0]["actual"]) == (3, "7.25")


def test_a_moment_between_two_amendments_has_the_first(entry, sam):
    correct(entry, "7", sam)
    between = safe_moment()
    correct(entry, "6", sam)
    (one,) = eligibility_document(as_of=AS_OF, known_at=between)["apprentices"]
    assert (one["ledger_position"], one["requirements"][0]["actual"]) == (3, "7.00")


def test_before_the_day_worked_a_correction_changes_nothing(entry, sam):
    day_before = MONDAY - timedelta(days=1)
    correct(entry, "7", sam)
    (one,) = eligibility_document(as_of=day_before)["apprentices"]
    assert one["requirements"][0]["actual"] == "0.00"
