"""Opening balances, credits, credentials and sign-offs: one set of rules for the key, the day and the reference."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from apprentices.actions.competencies import sign_off
from apprentices.actions.credentials import record_credentials
from apprentices.actions.credits import grant
from apprentices.actions.opening import open_balances
from apprentices.models import Apprenticeship, Credential, Credit, LedgerLine, OpeningBalance, SignOff
from apprentices.rules.rows import CredentialRow, CreditRow, OpeningRow, SignOffRow
from employers.permissions import NotAllowed
from employers.rules.rows import RowError

TODAY, MAY, HOURS = date(2026, 11, 20), date(2026, 5, 4), Decimal("12.50")

OPENING = SimpleNamespace(
    action=open_balances,
    row=OpeningRow(2, "T-0001", "OJL", "A", HOURS, MAY, "Binder 3", "priya@example.org"),
    day="through_on",
    contents={"hours": Decimal("13.00"), "evidence": "Binder 4", "approved_by": "sam@example.org"},
    unknown={"work_process_or_course": "Z"},
)
CREDIT = SimpleNamespace(
    action=grant,
    row=CreditRow(2, "T-0001", "OJL", "A", HOURS, MAY, "Youth apprenticeship"),
    day="decided_on",
    contents={"hours": Decimal("13.00"), "reason": "Another"},
    unknown={"work_process_or_course": "Z"},
)
CREDENTIAL = SimpleNamespace(
    action=record_credentials,
    row=CredentialRow(2, "T-0001", "OSHA10", MAY, "N-1"),
    day="earned_on",
    contents={"credential_number": "N-2", "expires_on": date(2027, 1, 1)},
    unknown={"expires_on": date(2026, 5, 3)},
)
SIGN_OFF = SimpleNamespace(
    action=sign_off,
    row=SignOffRow(2, "T-0001", "A", 1, MAY, "Mentor"),
    day="signed_on",
    contents={"signed_on": date(2026, 5, 5), "signed_by": "Another"},
    unknown={"work_process": "Z"},
)
KINDS = pytest.mark.parametrize("kind", [OPENING, CREDIT, CREDENTIAL, SIGN_OFF], ids=lambda kind: kind.day)


def but(row, **changes):
    values = {name: getattr(row, name) for name in row.__slots__}
    return type(row)(**values | changes)


def outcomes(kind, rows, by):
    return [outcome.outcome for outcome in kind.action(rows=rows, on=TODAY, by=by).outcomes]


def refused(kind, row, by):
    with pytest.raises(RowError) as error:
        kind.action(rows=[row], on=TODAY, by=by)
    return [outcome.field for outcome in error.value.errors]


@KINDS
def test_the_same_content_is_skipped(ana_at_acme, priya, kind):
    assert outcomes(kind, [kind.row], priya) == ["accepted"]
    before = Apprenticeship.objects.get().facts_position
    assert outcomes(kind, [kind.row], priya) == ["skipped"]
    assert Apprenticeship.objects.get().facts_position == before


@KINDS
def test_so_it_is_within_one_file(ana_at_acme, priya, kind):
    assert outcomes(kind, [kind.row, but(kind.row, line=3)], priya) == ["accepted", "skipped"]


@KINDS
def test_other_content_under_the_same_key_is_an_error_of_its_field(ana_at_acme, priya, kind):
    kind.action(rows=[kind.row], on=TODAY, by=priya)
    for field, value in kind.contents.items():
        assert refused(kind, but(kind.row, **{field: value}), priya) == [field]


@KINDS
def test_what_the_standards_do_not_have_is_an_error(ana_at_acme, priya, kind):
    assert refused(kind, but(kind.row, **kind.unknown), priya) == list(kind.unknown)


@KINDS
def test_an_unknown_reference_is_an_error(ana_at_acme, priya, kind):
    assert refused(kind, but(kind.row, apprentice_ref="T-9"), priya) == ["apprentice_ref"]


@KINDS
def test_a_day_to_come_is_an_error(ana_at_acme, priya, kind):
    assert refused(kind, but(kind.row, **{kind.day: date(2026, 11, 21)}), priya) == [kind.day]
    assert outcomes(kind, [but(kind.row, **{kind.day: TODAY})], priya) == ["accepted"]


@KINDS
def test_no_registration_day_is_asked_of_it(ana_at_acme, priya, kind):
    assert outcomes(kind, [but(kind.row, **{kind.day: date(2020, 1, 1)})], priya) == ["accepted"]


@KINDS
def test_oscar_from_elsewhere_may_not(ana_at_acme, oscar, kind):
    with pytest.raises(NotAllowed):
        kind.action(rows=[kind.row], on=TODAY, by=oscar)


@KINDS
def test_many_rows_take_a_fixed_number_of_queries(ana_at_acme, priya, kind, django_assert_max_num_queries):
    days = [date(2026, 1, 1 + number) for number in range(28)]
    rows = [but(kind.row, **{kind.day: day}) for day in days] if kind is not SIGN_OFF else [kind.row]
    with django_assert_max_num_queries(25):
        kind.action(rows=rows, on=TODAY, by=priya)


@pytest.mark.parametrize("name", ["A", "a", "A. Safety", " safety "])
def test_a_process_is_known_by_its_code_or_title(ana_at_acme, priya, name):
    open_balances(rows=[but(OPENING.row, work_process_or_course=name)], on=TODAY, by=priya)
    assert OpeningBalance.objects.get().work_process.code == "A"


def test_an_opening_balance_posts_its_line_on_its_day(ana_at_acme, priya):
    open_balances(rows=[OPENING.row], on=TODAY, by=priya)
    line = LedgerLine.objects.get()
    assert (line.source, line.work_process.code, line.hours, line.happened_on) == ("OPENING", "A", HOURS, MAY)
    assert OpeningBalance.objects.get().approved_by == priya


def test_who_approved_may_be_nobody_we_know(ana_at_acme, priya):
    open_balances(rows=[but(OPENING.row, approved_by="the old foreman")], on=TODAY, by=priya)
    balance = OpeningBalance.objects.get()
    assert (balance.approved_by, balance.approved_by_text) == (None, "the old foreman")


def test_an_opening_balance_is_tied_to_something(ana_at_acme, priya):
    assert refused(OPENING, but(OPENING.row, work_process_or_course=""), priya) == ["work_process_or_course"]


@pytest.mark.parametrize(("course", "code"), [("math", "MATH"), ("Industrial Math", "MATH"), ("WELDING", "WELDING")])
def test_a_course_outside_the_standards_is_a_warning(ana_at_acme, priya, course, code):
    taken = open_balances(rows=[but(OPENING.row, kind="RI", work_process_or_course=course)], on=TODAY, by=priya)
    assert LedgerLine.objects.get().course_code == code
    assert bool(taken.warnings) == (code == "WELDING")


@pytest.mark.parametrize(("kind", "subject"), [("OJL", ""), ("RI", "")])
def test_a_credit_may_be_tied_to_nothing(ana_at_acme, priya, kind, subject):
    grant(rows=[but(CREDIT.row, kind=kind, work_process_or_course=subject)], on=TODAY, by=priya)
    line = LedgerLine.objects.get()
    assert (line.source, line.kind, line.work_process, line.course_code) == ("CREDIT", kind, None, "")


def test_two_credits_of_one_course_on_two_days_are_two(ana_at_acme, priya):
    rows = [but(CREDIT.row, kind="RI", work_process_or_course="MATH", decided_on=day) for day in (MAY, TODAY)]
    assert outcomes(CREDIT, rows, priya) == ["accepted", "accepted"]
    assert Credit.objects.count() == 2


def test_a_credential_that_the_standards_do_not_ask_for_is_a_warning(ana_at_acme, priya):
    taken = record_credentials(rows=[but(CREDENTIAL.row, credential="FORKLIFT")], on=TODAY, by=priya)
    assert taken.warnings == ["line 2: the standards ask for no credential “FORKLIFT”"]
    assert Credential.objects.get().code == "FORKLIFT"


def test_a_credential_is_known_by_its_title(ana_at_acme, priya):
    record_credentials(rows=[but(CREDENTIAL.row, credential="osha 10")], on=TODAY, by=priya)
    assert Credential.objects.get().code == "OSHA10"


def test_a_competency_that_the_process_does_not_have_is_an_error(ana_at_acme, priya):
    assert refused(SIGN_OFF, but(SIGN_OFF.row, competency=9), priya) == ["competency"]


def test_a_supervisor_signs_off_for_the_people_of_the_employer(ana_at_acme, sam):
    sign_off(rows=[SIGN_OFF.row], on=TODAY, by=sam)
    assert SignOff.objects.get().recorded_by == sam
