"""Ana, ready for the journey card: everything that the small program of the cast asks for, to the hundredth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apprentices.actions.competencies import sign_off
from apprentices.actions.credentials import record_credentials
from apprentices.actions.instruction import record_results
from apprentices.rules.rows import CredentialRow, InstructionRow, SignOffRow
from apprentices.tests.weeks import MONDAY, approved, cell

READY_ON = date(2026, 3, 20)  # after all of it happened
LEARNED_ON = date(2026, 3, 16)


def make_ready(apprenticeship, *, approver, keeper):
    """20 hours of A and 10 of B approved, both courses passed, the credential earned, all three competencies signed."""
    cells = [cell("A", MONDAY + timedelta(days=day), "5") for day in range(4)]
    cells += [cell("B", MONDAY + timedelta(days=day), "2.5") for day in range(4)]
    approved(apprenticeship, cells, by=approver)
    pass_courses(apprenticeship, by=keeper)
    row = CredentialRow(1, apprenticeship.ref, "OSHA10", LEARNED_ON)
    record_credentials(rows=[row], on=LEARNED_ON, by=keeper)
    sign_off(
        rows=[
            SignOffRow(line, apprenticeship.ref, process, number, LEARNED_ON, "Mentor")
            for line, (process, number) in enumerate([("A", 1), ("A", 2), ("B", 1)], start=1)
        ],
        on=LEARNED_ON,
        by=keeper,
    )


def pass_courses(apprenticeship, *courses, by, on=LEARNED_ON):
    """Results of the required courses (all of them by default), passed with four hours each."""
    hours = Decimal("4.00")
    record_results(
        rows=[
            InstructionRow(line, apprenticeship.ref, course, "", "2026-1", hours, on, "PASSED")
            for line, course in enumerate(courses or ("SAFETY", "MATH"), start=1)
        ],
        on=on,
        by=by,
    )


@pytest.fixture
def ready(ana_at_acme, sam, priya):
    """Ana's Apprenticeship, eligible since READY_ON."""
    make_ready(ana_at_acme, approver=sam, keeper=priya)
    ana_at_acme.refresh_from_db()
    return ana_at_acme
