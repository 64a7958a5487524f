"""The demo: loaded once for all tests of this module, in a transaction that is rolled back."""

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from apprentices.actions.journey_cards import NotEligible, issue
from apprentices.models import (
    Apprenticeship,
    Evidence,
    HintAnswer,
    HourEntry,
    HourFile,
    InstructionRecord,
    JourneyCard,
    LedgerLine,
    PayrollTotal,
    Review,
    ReviewPart,
    SignOff,
    Timesheet,
    TimesheetDecision,
    Wish,
)
from apprentices.queries.crew import with_status
from apprentices.queries.deciders import with_whom
from apprentices.queries.facts import facts_for
from apprentices.queries.payroll import payroll_weeks
from apprentices.rules.journey_cards import assess
from employers.models import ClosedDay, Competency, ShiftPattern
from imt.accounts.models import User
from imt.audit.models import AuditEvent
from imt.demo.hours import FULL, TooShort, worked_days
from imt.demo.people import PEOPLE
from imt.demo.seeding import seed

PASSWORD = "open sesame, open"
MONDAY_NOON = "2026-11-23T12:00:00-06:00"  # a week of one day so far


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(MONDAY_NOON, tick=False):
        seed(password=PASSWORD)
        yield
        transaction.set_rollback(True)


def person(ref):
    return Apprenticeship.objects.get(ref=ref)


def assessment_of(ref):
    found = Apprenticeship.objects.filter(ref=ref)
    (known,) = facts_for(found, as_of=timezone.localdate()).values()
    return assess(known.standards, known.facts)


def lines(ref, source):
    return LedgerLine.objects.filter(apprenticeship__ref=ref, source=source)


@pytest.mark.parametrize("name", ["ana", "sam", "oscar", "priya", "ada", "lee"])
def test_the_cast_signs_in_with_the_one_password(demo, name):
    assert User.objects.get(email=f"{name}@example.org").check_password(PASSWORD)


def test_ana_has_a_week_in_every_state(demo):
    weeks = Timesheet.objects.filter(apprenticeship__ref="ACME-01").order_by("-week_starts_on")
    assert list(weeks.values_list("state", flat=True)[:4]) == ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED"]


def test_ana_is_half_way(demo):
    assert 1300 < assessment_of("ACME-01").of("OJL_TOTAL").actual < 1500


def test_ben_is_a_hundredth_of_an_hour_short(demo):
    with pytest.raises(NotEligible) as refusal, transaction.atomic():
        issue(apprenticeship=person("ACME-02"), by=User.objects.get(email="priya@example.org"), on=timezone.localdate())
    assert refusal.value.refusals == ["OJL_TOTAL 2735.99 of 2736.00, 0.01 h short"]


def test_carla_is_ready_and_has_no_card_yet(demo):
    assert assessment_of("ACME-03").eligible
    assert not JourneyCard.objects.filter(apprenticeship__ref="ACME-03").exists()


def test_every_status_can_be_seen(demo):
    found = with_status(Apprenticeship.objects.all(), on=timezone.localdate())
    statuses = {"REGISTERED", "ACTIVE", "SUSPENDED", "COMPLETED", "CANCELLED", "TRANSFERRED"}
    assert set(found.values_list("status", flat=True)) == statuses


def test_every_source_of_hours_can_be_seen_counting_or_waiting(demo):
    sources = set(LedgerLine.objects.values_list("source", flat=True))
    assert sources == set(LedgerLine.Source.values) - {"SPLIT"}
    assert HourEntry.objects.filter(source="SPLIT", timesheet__state="SUBMITTED").exists()


def test_a_week_is_attested_as_one_without_work_and_another_has_a_photo_of_its_paper(demo):
    week = Timesheet.objects.get(zero_reason="LAYOFF")
    assert (week.apprenticeship.ref, week.state) == ("ACME-06", "APPROVED")
    assert Evidence.objects.get().media_type == "image/png"


def test_acme_closes_on_holidays_and_ocean_sprays_shifts_change(demo):
    closed = ClosedDay.objects.filter(employer__name="Acme").values_list("title", flat=True)
    assert list(closed[:3]) == ["Thanksgiving Day", "Christmas Day", "New Year’s Day"]
    assert ShiftPattern.objects.get().employer.name == "Ocean Spray"


def test_weeks_wait_with_the_supervisor_the_substitute_and_the_manager(demo):
    today = timezone.localdate()
    waiting = list(Timesheet.objects.awaiting_decision().select_related("apprenticeship"))
    turns = {(one.turn.step, one.turn.was_passed) for one in with_whom(waiting, today=today).values()}
    assert turns == {("SUPERVISOR", False), ("SUBSTITUTE", True), ("MANAGER", True)}


def test_a_remark_is_answered_and_an_approval_undone(demo):
    assert HintAnswer.objects.get().hint.startswith("ABOVE_SHIFT")
    assert TimesheetDecision.objects.filter(undone_at__isnull=False).count() == 1


def test_kofi_took_his_hours_along_to_acme(demo):
    assert lines("ACME-08", "TRANSFER").exists()
    assert person("ACME-08").apprentice == person("RMG-01").apprentice


def test_a_self_paced_course_is_under_way_after_a_failed_attempt(demo):
    records = InstructionRecord.objects.known().filter(apprenticeship__ref="HAYES-01").order_by("recorded_at", "pk")
    assert list(records.values_list("result", flat=True)) == ["FAILED", "PASSED", "IN_PROGRESS"]
    assert {record.offered_course.delivery for record in records} == {"SELF_PACED"}


def test_some_have_no_e_mail_address(demo):
    assert person("ACME-05").apprentice.email == ""


def test_a_review_can_be_seen_at_each_point_of_its_way(demo):
    signed = {ref: tuple(review_parts(ref)) for ref in ("ACME-01", "ACME-03", "ACME-08", "ACME-04", "ACME-02")}
    assert list(map(len, signed.values())) == [0, 1, 2, 3, 4]
    held = Review.objects.filter(held_on__isnull=False)
    assert list(held.values_list("apprenticeship__ref", flat=True)) == ["ACME-02"]


def review_parts(ref):
    return ReviewPart.objects.filter(review__apprenticeship__ref=ref).order_by("pk").values_list("part", flat=True)


def test_wishes_wait_and_one_is_answered(demo):
    assert sorted(wish.answer != "" for wish in Wish.objects.all()) == [False, False, False, True]


def test_ana_s_job_book_is_half_signed(demo):
    signed = SignOff.objects.known().filter(apprenticeship__ref="ACME-01")
    assert 5 < signed.count() < Competency.objects.filter(work_process__standards=person("ACME-01").standards).count()
    assert signed.exclude(note="").count() == 2


def test_a_file_of_hours_can_be_seen_with_errors_taken_in_and_undone(demo):
    files = HourFile.objects.order_by("pk").values_list("file_name", "state", "counts", "batch__undone_by__name")
    assert [row[:3] for row in files] == [
        ("saturday shifts.csv", "TAKEN_IN", {"accepted": 3}),
        ("sunday shifts.csv", "TAKEN_IN", {"accepted": 3}),
        ("sunday shifts, again.csv", "PREVIEWED", {"accepted": 1, "error": 4, "skipped": 1}),
    ]
    assert [row[3] for row in files] == [None, "Sam Kowalski", None]


def test_payroll_and_log_are_the_same_differ_and_are_settled(demo):
    standings = [week.comparison.standing for week in payroll_weeks(PayrollTotal.objects.order_by("week_starts_on"))]
    assert standings == ["SAME", "SETTLED", "OPEN"]


def test_a_second_load_changes_nothing(demo):
    before = AuditEvent.objects.count()
    assert seed(password=PASSWORD) is False
    assert (AuditEvent.objects.count(), Apprenticeship.objects.count()) == (before, len(PEOPLE))


def test_the_demos_ledger_keeps_what_must_hold(demo):
    call_command("ledger_check")


@pytest.mark.django_db
def test_the_command_refuses_where_people_are_already(settings):
    settings.DEMO = False
    User.objects.create_user(name="Somebody", email="somebody@example.org")
    with pytest.raises(CommandError, match="holds people already"):
        call_command("seed_demo")


@pytest.mark.django_db
def test_the_command_refuses_where_the_data_is_elsewhere(settings):
    settings.DATABASE_IS_ELSEWHERE = True
    with pytest.raises(CommandError, match="share one password"):
        call_command("seed_demo")


def test_a_span_that_cannot_hold_the_hours_is_a_mistake():
    today = timezone.localdate()
    with pytest.raises(TooShort):
        worked_days(ref="x", first_on=today, last_on=today, targets=FULL)
