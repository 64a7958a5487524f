from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.credits import grant
from apprentices.actions.instruction import record_results
from apprentices.actions.opening import open_balances
from apprentices.actions.transfers import TransferRefused, take_over
from apprentices.models import Apprenticeship, LedgerLine, Transfer
from apprentices.rules.rows import CreditRow, InstructionRow, OpeningRow
from apprentices.tests.cast import apprentice_row

TODAY, MOVED_ON = date(2026, 11, 20), date(2026, 9, 1)


@pytest.fixture
def ana_at_forge(ana_at_acme, priya):
    """Her next agreement, with what she had at Acme still there."""
    open_balances(
        rows=[
            OpeningRow(2, "T-0001", "OJL", "A", Decimal("4.00"), date(2026, 5, 1)),
            OpeningRow(3, "T-0001", "OJL", "A", Decimal("3.50"), date(2026, 6, 1)),
            OpeningRow(4, "T-0001", "OJL", "B", Decimal("9.00"), date(2026, 9, 2)),
        ],
        on=TODAY,
        by=priya,
    )
    grant(rows=[CreditRow(2, "T-0001", "OJL", "", Decimal("2.00"), date(2026, 5, 1))], on=TODAY, by=priya)
    passed = [
        InstructionRow(line, "T-0001", "MATH", "", "", Decimal(hours), day, "PASSED")
        for line, hours, day in ((2, 4, date(2026, 5, 1)), (3, 5, date(2026, 6, 1)))
    ]
    record_results(rows=passed, on=TODAY, by=priya)
    register(rows=[apprentice_row(apprentice_ref="T-0002", employer="Forge", registered_on=MOVED_ON)], by=priya)
    return Apprenticeship.objects.get(ref="T-0002")


def test_sums_of_that_day_go_over_dated_that_day(ana_at_acme, ana_at_forge, priya):
    take_over(from_=ana_at_acme, to=ana_at_forge, on=MOVED_ON, reason="New employer", by=priya)
    lines = LedgerLine.objects.filter(apprenticeship=ana_at_forge)
    taken = [(line.work_process and line.work_process.code, line.course_code, line.hours) for line in lines]
    assert taken == [
        ("A", "", Decimal("7.50")),
        (None, "", Decimal("2.00")),
        (None, "MATH", Decimal("5.00")),  # it counted with its latest pass alone
    ]
    assert {(line.source, line.happened_on) for line in lines} == {("TRANSFER", MOVED_ON)}


def test_the_earlier_agreement_is_transferred(ana_at_acme, ana_at_forge, priya):
    take_over(from_=ana_at_acme, to=ana_at_forge, on=MOVED_ON, reason="New employer", by=priya)
    change = ana_at_acme.status_changes.last()
    assert (change.status, change.happened_on) == ("TRANSFERRED", MOVED_ON)


def test_its_own_lines_stay(ana_at_acme, ana_at_forge, priya):
    before = LedgerLine.objects.filter(apprenticeship=ana_at_acme).count()
    take_over(from_=ana_at_acme, to=ana_at_forge, on=MOVED_ON, by=priya)
    assert LedgerLine.objects.filter(apprenticeship=ana_at_acme).count() == before


def test_twice_is_once(ana_at_acme, ana_at_forge, priya):
    first = take_over(from_=ana_at_acme, to=ana_at_forge, on=MOVED_ON, by=priya)
    assert take_over(from_=ana_at_acme, to=ana_at_forge, on=TODAY, by=priya) == first
    assert Transfer.objects.count() == 1


def test_another_persons_hours_are_not_taken_over(ana_at_acme, priya):
    register(rows=[apprentice_row(apprentice_ref="T-9", email="bo@example.org")], by=priya)
    with pytest.raises(TransferRefused):
        take_over(from_=ana_at_acme, to=Apprenticeship.objects.get(ref="T-9"), on=MOVED_ON, by=priya)


def test_hours_are_taken_over_once(ana_at_acme, ana_at_forge, priya):
    take_over(from_=ana_at_acme, to=ana_at_forge, on=MOVED_ON, by=priya)
    register(rows=[apprentice_row(apprentice_ref="T-3", employer="Third")], by=priya)
    with pytest.raises(TransferRefused):
        take_over(from_=Apprenticeship.objects.get(ref="T-3"), to=ana_at_forge, on=MOVED_ON, by=priya)
