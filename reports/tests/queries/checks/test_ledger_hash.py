import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest

from apprentices.actions.amendments import amend
from apprentices.actions.apprenticeships import register
from apprentices.actions.credits import grant
from apprentices.models import HourEntry, LedgerLine
from apprentices.rules.canonical import canonical
from apprentices.rules.rows import CreditRow
from apprentices.tests.cast import apprentice_row
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell
from reports.queries.checks import ledger_hash as module
from reports.queries.checks.ledger_hash import ledger_hash


def by_the_letter():
    """The contract's words, one line at a time."""
    text = "".join(
        canonical(
            {
                "ref": line.apprenticeship.ref,
                "position": line.position,
                "kind": line.kind,
                "subject": line.work_process.code if line.work_process else line.course_code,
                "hours": f"{line.hours:.2f}",
                "happened_on": line.happened_on.isoformat(),
                "source": line.source,
                "reverses": line.reverses.position if line.reverses else None,
            }
        )
        + "\n"
        for line in sorted(LedgerLine.objects.all(), key=lambda line: (line.apprenticeship.ref, line.position))
    )
    return text.count("\n"), hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
def test_an_empty_ledger_has_the_hash_of_nothing():
    assert ledger_hash() == (0, hashlib.sha256(b"").hexdigest())


def test_the_hash_is_over_canonical_lines_in_order_of_reference_and_position(ready, sam, priya, monkeypatch):
    monkeypatch.setattr(module, "PEOPLE_AT_ONCE", 1)
    register(rows=[apprentice_row(apprentice_ref='A "ä" 7', first_name="Bo", email="")], by=priya)
    rows = [
        CreditRow(1, 'A "ä" 7', "OJL", "", Decimal("7.05"), MONDAY),
        CreditRow(2, 'A "ä" 7', "RI", "MATH", Decimal("2.00"), MONDAY),
    ]
    grant(rows=rows, on=READY_ON, by=priya)
    amend(entry=HourEntry.objects.first(), hours="4.5", reason="Left early", by=sam, on=READY_ON)
    assert ledger_hash() == by_the_letter()
    assert ledger_hash()[0] == 14


def test_another_line_gives_another_hash(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    before = ledger_hash()
    approved(ana_at_acme, [cell("A", MONDAY + timedelta(days=7), "8")], by=sam)
    assert ledger_hash() != before


def test_progress_is_told_of_the_people_read(ready):
    told = []
    ledger_hash(told.append)
    assert told == [1]
