from datetime import date, timedelta

import pytest

from apprentices.actions.amendments import amend
from apprentices.actions.statuses import change_status
from apprentices.models import HourEntry
from apprentices.queries.fact_rows import PACE_WEEKS
from apprentices.queries.facts import known_of
from apprentices.queries.forecast import expected_finish
from apprentices.rules.forecast import BELOW_THREE_WEEKS, HOURS_COMPLETE, NO_PACE, pace_of_days
from apprentices.rules.journey_cards import assess
from apprentices.tests.ready import READY_ON
from apprentices.tests.weeks import MONDAY, approved, cell

DAYS = (
    (date(2026, 2, 3), 800),  # a Tuesday
    (date(2026, 2, 4), 450),
    (date(2026, 2, 9), 700),
    (date(2026, 2, 13), 825),
    (date(2026, 2, 24), 600),  # after a week without hours
    (date(2026, 3, 2), 800),
)


def log(apprenticeship, days, *, by):
    for day, hundredths in days:
        approved(apprenticeship, [cell("B", day, f"{hundredths / 100:.2f}")], by=by, day=day)


def known_with_pace(apprenticeship, as_of):
    return known_of([apprenticeship.pk], as_of=as_of, also=("PACE",))[apprenticeship.pk]


def pace_of(apprenticeship, *, as_of):
    return known_with_pace(apprenticeship, as_of).pace


def test_the_pace_of_days_in_the_database_is_that_of_the_rule(ana_at_acme, sam):
    log(ana_at_acme, DAYS, by=sam)
    found = pace_of(ana_at_acme, as_of=date(2026, 3, 4))
    expected = pace_of_days(DAYS)
    for name in ("first_on", "last_on", "total", "squares", "products", "first_week", "last_week"):
        assert getattr(found, name) == getattr(expected, name), name


def test_hours_of_a_later_day_do_not_count(ana_at_acme, sam):
    log(ana_at_acme, DAYS, by=sam)
    found = pace_of(ana_at_acme, as_of=date(2026, 2, 9))
    assert (found.first_on, found.last_on, found.total) == (date(2026, 2, 3), date(2026, 2, 9), 1950)


def test_a_week_that_is_over_counts_through_its_friday(ana_at_acme, sam):
    log(ana_at_acme, DAYS, by=sam)
    assert pace_of(ana_at_acme, as_of=date(2026, 3, 5)).last_on == date(2026, 3, 2)
    assert pace_of(ana_at_acme, as_of=date(2026, 3, 6)).last_on == date(2026, 3, 6)


def test_what_was_taken_back_does_not_count(ana_at_acme, sam):
    log(ana_at_acme, DAYS, by=sam)
    last = HourEntry.objects.get(worked_on=date(2026, 3, 2))
    amend(entry=last, hours="0", reason="Absent", by=sam, on=READY_ON)
    found = pace_of(ana_at_acme, as_of=READY_ON)
    assert (found.last_on, found.total) == (date(2026, 2, 27), 3375)


def test_only_the_last_half_year_tells_how_somebody_works_now(ana_at_acme, sam):
    log(ana_at_acme, DAYS, by=sam)
    first_monday = date(2026, 2, 2)
    last_day_of_it = first_monday + timedelta(weeks=PACE_WEEKS, days=6)
    assert pace_of(ana_at_acme, as_of=last_day_of_it).first_on == date(2026, 2, 3)
    day_after = last_day_of_it + timedelta(days=1)
    assert pace_of(ana_at_acme, as_of=day_after).first_on == date(2026, 2, 9)


def test_who_has_no_hours_has_no_pace(ana_at_acme):
    assert pace_of(ana_at_acme, as_of=READY_ON) is None


def finish(apprenticeship, as_of):
    known = known_with_pace(apprenticeship, as_of)
    return expected_finish(known, assess(known.standards, known.facts), as_of=as_of)


def test_a_steady_worker_of_four_days_a_week_is_expected_when_the_hours_will_be_done(ana_at_acme, sam):
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(-4, 0) for day in range(4)]
    log(ana_at_acme, [(day, 125) for day in days], by=sam)  # 20 of 30 hours, 5 a week: two weeks are left
    found = finish(ana_at_acme, MONDAY)
    assert found.earliest <= found.expected <= found.latest
    assert abs(found.expected - (MONDAY + timedelta(weeks=1, days=3))) <= timedelta(days=1)


def test_below_three_weeks_there_is_no_forecast(ana_at_acme, sam):
    log(ana_at_acme, [(MONDAY, 100)], by=sam)
    found = finish(ana_at_acme, MONDAY)
    assert (found.expected, found.reason) == (None, BELOW_THREE_WEEKS)


def test_with_all_hours_there_is_none_either(ready):
    assert finish(ready, READY_ON).reason == HOURS_COMPLETE


@pytest.mark.parametrize("status", ["SUSPENDED", "CANCELLED"])
def test_who_is_not_active_has_no_pace_to_go_on_with(ana_at_acme, sam, priya, status):
    log(ana_at_acme, [(day, 100) for day, _hundredths in DAYS], by=sam)
    change_status(apprenticeships=[ana_at_acme], status=status, on=READY_ON, by=priya)
    assert finish(ana_at_acme, READY_ON).reason == NO_PACE
