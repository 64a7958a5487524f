from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.credits import grant
from apprentices.actions.voids import ReasonMissing, void
from apprentices.models import Apprenticeship, Credit, LedgerLine, StatusChange
from apprentices.rules.rows import CreditRow

TODAY = date(2026, 11, 20)
ROW = CreditRow(2, "T-0001", "OJL", "A", Decimal("12.50"), date(2026, 5, 4), "Youth apprenticeship")


@pytest.fixture
def credit(ana_at_acme, priya):
    grant(rows=[ROW], on=TODAY, by=priya)
    return Credit.objects.get()


def test_a_credit_taken_back_is_reversed_on_its_day(credit, priya):
    void(facts=[credit], reason="Granted by mistake", by=priya)
    assert [(line.hours, line.source, line.happened_on) for line in LedgerLine.objects.order_by("position")] == [
        (Decimal("12.50"), "CREDIT", ROW.decided_on),
        (Decimal("-12.50"), "REVERSAL", ROW.decided_on),
    ]
    assert not Credit.objects.known().exists()


def test_twice_is_once(credit, priya):
    void(facts=[credit], reason="Granted by mistake", by=priya)
    position = Apprenticeship.objects.get().facts_position
    void(facts=[credit], reason="Again", by=priya)
    assert LedgerLine.objects.count() == 2
    assert Apprenticeship.objects.get().facts_position == position


def test_it_needs_a_reason(credit, priya):
    with pytest.raises(ReasonMissing):
        void(facts=[credit], reason=" ", by=priya)


def test_a_corrected_credit_is_a_new_one(credit, priya):
    void(facts=[credit], reason="Wrong hours", by=priya)
    grant(rows=[CreditRow(2, "T-0001", "OJL", "A", Decimal("10.00"), ROW.decided_on, ROW.reason)], on=TODAY, by=priya)
    assert Credit.objects.known().get().hours == 10


def test_a_status_change_is_taken_back_without_lines(ana_at_acme, priya):
    void(facts=[StatusChange.objects.get()], reason="Wrong person", by=priya)
    assert not StatusChange.objects.known().exists()
