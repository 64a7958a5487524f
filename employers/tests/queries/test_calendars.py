from datetime import date
from decimal import Decimal

import pytest

from employers.models import ClosedDay, Employer, EmployerSettings, ShiftPattern
from employers.queries.calendars import closed_days, settings_on, shift_patterns

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    return Employer.objects.create(name="Acme")


def test_without_a_row_the_defaults_hold(acme):
    settings = settings_on([acme.pk], on=date(2026, 11, 16))[acme.pk]
    assert (settings.pk, settings.week_starts_on, settings.own_logging, settings.decide_within_days) == (
        None,
        0,
        "DECIDED",
        3,
    )


def test_the_latest_row_before_the_day_holds(acme):
    for day, limit in ((1, 14), (10, 21), (20, 30)):
        EmployerSettings.objects.create(employer=acme, from_on=date(2026, 11, day), late_after_days=limit)
    assert settings_on([acme.pk], on=date(2026, 11, 16))[acme.pk].late_after_days == 21


def test_shift_patterns_come_by_day(acme):
    later = ShiftPattern.objects.create(employer=acme, from_on=date(2026, 6, 1), saturday=6)
    ShiftPattern.objects.create(employer=acme, from_on=date(2026, 1, 1))
    found = shift_patterns([acme.pk])[acme.pk]
    assert [from_on for from_on, _hours in found] == [date(2026, 1, 1), later.from_on]
    assert found[1][1] == (*(Decimal(8),) * 5, 6, 0)


def test_closed_days_are_those_of_the_span(acme):
    for day in (25, 26, 27):
        ClosedDay.objects.create(employer=acme, closed_on=date(2026, 11, day), title="Thanksgiving")
    found = closed_days([acme.pk], since=date(2026, 11, 26), until=date(2026, 11, 30))
    assert found[acme.pk] == {date(2026, 11, 26): "Thanksgiving", date(2026, 11, 27): "Thanksgiving"}
