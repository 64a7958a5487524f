from datetime import date

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.actions.statuses import StatusRefused, change_status, report
from apprentices.models import Apprenticeship, StatusChange
from apprentices.tests.cast import REGISTERED_ON, apprentice_row
from employers.permissions import NotAllowed

JUNE = date(2026, 6, 1)


def test_a_change_holds_from_its_day(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, reason="Layoff", by=priya)
    changes = [(change.status, change.happened_on, change.reason) for change in StatusChange.objects.all()]
    assert changes == [("ACTIVE", REGISTERED_ON, ""), ("SUSPENDED", JUNE, "Layoff")]


def test_it_changes_a_fact(ana_at_acme, priya):
    before = Apprenticeship.objects.get().facts_position
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, by=priya)
    assert Apprenticeship.objects.get().facts_position == before + 1


def test_said_again_it_changes_nothing(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, by=priya)
    assert change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, by=priya) == []


@pytest.mark.parametrize(
    ("status", "on"),
    [("REGISTERED", JUNE), ("ACTIVE", JUNE), ("SUSPENDED", date(2026, 1, 4))],
)
def test_what_the_table_does_not_have_is_refused(ana_at_acme, priya, status, on):
    with pytest.raises(StatusRefused) as refusal:
        change_status(apprenticeships=[ana_at_acme], status=status, on=on, by=priya)
    assert list(refusal.value.refusals) == ["T-0001"]
    assert StatusChange.objects.count() == 1


def test_a_day_before_the_latest_change_is_refused(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, by=priya)
    with pytest.raises(StatusRefused):
        change_status(apprenticeships=[ana_at_acme], status="COMPLETED", on=date(2026, 5, 1), by=priya)


def test_what_has_ended_does_not_go_on(ana_at_acme, priya):
    change_status(apprenticeships=[ana_at_acme], status="COMPLETED", on=JUNE, by=priya)
    with pytest.raises(StatusRefused):
        change_status(apprenticeships=[ana_at_acme], status="ACTIVE", on=date(2026, 7, 1), by=priya)


def test_one_refusal_and_nobody_is_changed(ana_at_acme, priya):
    row = apprentice_row(apprentice_ref="T-2", email="bo@example.org", status="COMPLETED")
    register(rows=[row], by=priya)
    with pytest.raises(StatusRefused):
        change_status(apprenticeships=list(Apprenticeship.objects.all()), status="SUSPENDED", on=JUNE, by=priya)
    assert StatusChange.objects.count() == 2


def test_the_report_to_the_agency_is_dated(ana_at_acme, priya):
    changes = change_status(apprenticeships=[ana_at_acme], status="COMPLETED", on=JUNE, by=priya)
    report(changes=changes, on=date(2026, 6, 9), by=priya)
    assert StatusChange.objects.get(status="COMPLETED").reported_on == date(2026, 6, 9)


def test_only_the_staff_changes_a_status(ana_at_acme, sam):
    with pytest.raises(NotAllowed):
        change_status(apprenticeships=[ana_at_acme], status="SUSPENDED", on=JUNE, by=sam)
