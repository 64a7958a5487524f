from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.wages import give_title, raise_to
from apprentices.models import JobTitle, WageRate
from apprentices.tests.cast import REGISTERED_ON
from employers.permissions import NotAllowed

JUNE = date(2026, 6, 1)


def rates():
    return [(row.from_on, row.hourly_rate) for row in WageRate.objects.known()]


def test_a_raise_is_one_more_dated_row(ana_at_acme, priya):
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("19.60"), on=REGISTERED_ON, by=priya)
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("20.80"), on=JUNE, reason="Step 2", by=priya)
    assert rates() == [(REGISTERED_ON, Decimal("19.60")), (JUNE, Decimal("20.80"))]


def test_the_same_word_changes_nothing(ana_at_acme, priya):
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("20.80"), on=JUNE, by=priya)
    assert raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("20.80"), on=JUNE, by=priya) == []


def test_the_later_word_for_a_day_counts_and_the_earlier_is_kept(ana_at_acme, priya):
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("20.80"), on=JUNE, by=priya)
    raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("21.00"), on=JUNE, by=priya)
    assert rates() == [(JUNE, Decimal("21.00"))]
    assert WageRate.objects.count() == 2


def test_a_job_title_is_dated_too(ana_at_acme, priya):
    give_title(apprenticeships=[ana_at_acme], title="Line Lead", department="Packing", on=JUNE, by=priya)
    titles = [(row.from_on, row.title, row.department) for row in JobTitle.objects.known()]
    assert titles == [(REGISTERED_ON, "Material Handler", ""), (JUNE, "Line Lead", "Packing")]


def test_only_the_staff_enters_wages(ana_at_acme, ana):
    with pytest.raises(NotAllowed):
        raise_to(apprenticeships=[ana_at_acme], hourly_rate=Decimal("99.00"), on=JUNE, by=ana)
