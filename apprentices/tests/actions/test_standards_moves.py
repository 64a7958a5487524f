from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.competencies import sign_off
from apprentices.actions.opening import open_balances
from apprentices.actions.standards_moves import MoveRefused, move
from apprentices.models import StandardsMove
from apprentices.queries.eligibility import eligibility_document
from apprentices.rules.rows import OpeningRow, SignOffRow
from apprentices.tests.cast import small_content
from employers.actions.standards import load_standards
from employers.rules.standards import ProcessContent

MOVED_ON, TODAY = date(2026, 6, 1), date(2026, 11, 20)


@pytest.fixture
def next_version(ana_at_acme, priya):
    """Asks for 12 hours of A, has no B, and asks for C instead."""
    processes = (
        ProcessContent("A", "A. Safety", "", "", 1, 1200, None, small_content().processes[0].competencies),
        ProcessContent("C", "C. Operating", "", "", 2, 1000, None),
    )
    open_balances(
        rows=[
            OpeningRow(2, "T-0001", "OJL", "A", Decimal("11.00"), date(2026, 5, 1)),
            OpeningRow(3, "T-0001", "OJL", "B", Decimal("5.00"), date(2026, 5, 1)),
        ],
        on=TODAY,
        by=priya,
    )
    return load_standards(content=small_content(processes=processes), by=priya).standards


def actual(document, code):
    requirements = document["apprentices"][0]["requirements"]
    return next(each["actual"] for each in requirements if each["code"] == code)


def test_before_and_after_are_kept_with_the_move(ana_at_acme, next_version, priya):
    (moved,) = move(apprenticeships=[ana_at_acme], to=next_version, on=MOVED_ON, reason="New Appendix A", by=priya)
    stored = StandardsMove.objects.get()
    assert (stored.before, stored.after) == (moved.before, moved.after)
    assert moved.before["standards"]["version"] == 1
    assert moved.after["standards"]["version"] == 2
    assert [each["code"] for each in moved.after["requirements"] if each["code"].startswith("OJL_PROCESS")] == [
        "OJL_PROCESS:A",
        "OJL_PROCESS:C",
    ]


def test_hours_go_with_the_code_of_their_process(ana_at_acme, next_version, priya):
    (moved,) = move(apprenticeships=[ana_at_acme], to=next_version, on=MOVED_ON, reason="New Appendix A", by=priya)
    assert (moved.carried, moved.left_behind) == ({"A": "11.00"}, {"B": "5.00"})


def test_from_its_day_on_the_new_version_judges(ana_at_acme, next_version, priya):
    move(apprenticeships=[ana_at_acme], to=next_version, on=MOVED_ON, reason="New Appendix A", by=priya)
    assert actual(eligibility_document(as_of=date(2026, 5, 31)), "OJL_TOTAL") == "16.00"
    assert actual(eligibility_document(as_of=MOVED_ON), "OJL_TOTAL") == "11.00"


def test_it_publishes_the_new_version(ana_at_acme, next_version, priya):
    move(apprenticeships=[ana_at_acme], to=next_version, on=MOVED_ON, reason="New Appendix A", by=priya)
    next_version.refresh_from_db()
    assert next_version.published_at is not None


def test_who_is_under_it_already_stays(ana_at_acme, standards, priya):
    assert move(apprenticeships=[ana_at_acme], to=standards, on=MOVED_ON, reason="None", by=priya) == []


def test_another_sponsors_standards_are_refused(ana_at_acme, priya):
    other = load_standards(content=small_content(sponsor_name="Other"), by=priya).standards
    with pytest.raises(MoveRefused):
        move(apprenticeships=[ana_at_acme], to=other, on=MOVED_ON, reason="None", by=priya)


def test_a_sign_off_of_the_earlier_version_is_known_again(ana_at_acme, next_version, priya):
    signed = SignOffRow(2, "T-0001", "A", 1, date(2026, 5, 1), "Mentor")
    sign_off(rows=[signed], on=TODAY, by=priya)
    move(apprenticeships=[ana_at_acme], to=next_version, on=MOVED_ON, reason="New Appendix A", by=priya)
    assert [outcome.outcome for outcome in sign_off(rows=[signed], on=TODAY, by=priya).outcomes] == ["skipped"]
