from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from employers.actions.calendars import (
    LAID_DOWN,
    CalendarRefused,
    close_days,
    lay_settings,
    lay_shifts,
    open_days,
    withdraw,
)
from employers.models import ClosedDay, EmployerMembership, EmployerSettings, ShiftPattern
from employers.permissions import NotAllowed
from employers.queries.calendars import settings_on
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)  # a Wednesday
SUNDAY = date(2026, 3, 8)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel("2026-03-04T18:00:00Z", tick=False):
        yield


@pytest.fixture
def mia(acme, oscar, priya):
    """Manager at Acme, too."""
    EmployerMembership.objects.create(user=oscar, employer=acme, role="MANAGER", from_on=date(2026, 1, 1))
    return oscar


def said(**changes):
    defaults = EmployerSettings()
    return {name: getattr(defaults, name) for name in LAID_DOWN} | changes


def test_settings_hold_from_their_day_and_what_held_before_stays(acme, mia):
    lay_settings(employer=acme, from_on=TODAY, by=mia, **said(apprentices_log_hours=True))
    lay_settings(employer=acme, from_on=TODAY + DAY, by=mia, **said(late_after_days=14))
    held = [settings_on([acme.pk], on=TODAY + number * DAY)[acme.pk] for number in (-1, 0, 1)]
    assert [(one.apprentices_log_hours, one.late_after_days) for one in held] == [
        (False, None),
        (True, None),
        (False, 14),
    ]


def test_each_change_is_recorded_with_before_and_after(acme, mia):
    lay_settings(employer=acme, from_on=TODAY, by=mia, **said(due_after_days=4))
    lay_settings(employer=acme, from_on=TODAY, by=mia, **said(due_after_days=5))
    assert list(AuditEvent.objects.order_by("id").values_list("event", "by__name")[1:])[-2:] == [
        ("employer_settings.added", "Oscar"),
        ("employer_settings.changed", "Oscar"),
    ]
    assert AuditEvent.objects.latest("id").details == {"due_after_days": [4, 5]}


def test_the_same_said_again_adds_nothing(acme, mia):
    first = lay_settings(employer=acme, from_on=TODAY, by=mia, **said(due_after_days=4))
    assert lay_settings(employer=acme, from_on=SUNDAY, by=mia, **said(due_after_days=4)) == first
    assert EmployerSettings.objects.count() == 1


def test_what_has_been_cannot_be_changed(acme, mia):
    with pytest.raises(CalendarRefused) as refusal:
        lay_settings(employer=acme, from_on=TODAY - DAY, by=mia, **said(due_after_days=4))
    assert refusal.value.field == "from_on"
    with pytest.raises(CalendarRefused):
        lay_shifts(employer=acme, from_on=TODAY - DAY, by=mia, hours=[Decimal(8)] * 7)


@pytest.mark.parametrize("from_on", [TODAY, SUNDAY + DAY])
def test_weeks_begin_on_another_day_only_from_such_a_day_to_come(acme, mia, from_on):
    with pytest.raises(CalendarRefused, match="2026-03-08"):
        lay_settings(employer=acme, from_on=from_on, by=mia, **said(week_starts_on=6))
    lay_settings(employer=acme, from_on=SUNDAY, by=mia, **said(week_starts_on=6))
    assert settings_on([acme.pk], on=SUNDAY)[acme.pk].week_starts_on == 6


def test_a_later_change_of_the_weeks_first_day_is_not_pulled_away_from_under(acme, mia):
    lay_settings(employer=acme, from_on=SUNDAY, by=mia, **said(week_starts_on=6))
    back = SUNDAY + 8 * DAY
    lay_settings(employer=acme, from_on=back, by=mia, **said(week_starts_on=0))
    withdraw(row=EmployerSettings.objects.get(from_on=back), by=mia)
    assert EmployerSettings.objects.count() == 1


def test_what_is_to_come_can_be_taken_back_and_what_holds_cannot(acme, mia):
    lay_shifts(employer=acme, from_on=TODAY, by=mia, hours=[Decimal(10)] * 4 + [Decimal(0)] * 3)
    later = lay_shifts(employer=acme, from_on=SUNDAY, by=mia, hours=[Decimal(8)] * 7)
    withdraw(row=later, by=mia)
    (row,) = ShiftPattern.objects.all()
    assert row.hours == (Decimal("10"),) * 4 + (Decimal("0"),) * 3
    with pytest.raises(CalendarRefused):
        withdraw(row=row, by=mia)


def test_two_weeks_need_a_day_on_which_they_start(acme, mia):
    with pytest.raises(CalendarRefused) as refusal:
        lay_settings(employer=acme, from_on=TODAY, by=mia, **said(pay_period="TWO_WEEKS"))
    assert refusal.value.field == "pay_period_starts_on"


def test_days_are_closed_together_once_each_and_opened_again(acme, mia):
    days = {TODAY: "Inventory", SUNDAY: "Shutdown"}
    assert close_days(employer=acme, days=days, by=mia) == 2
    assert close_days(employer=acme, days=days | {TODAY: "Stocktaking", TODAY + DAY: "Stocktaking"}, by=mia) == 1
    assert list(ClosedDay.objects.values_list("closed_on", "title")) == [
        (TODAY, "Stocktaking"),
        (TODAY + DAY, "Stocktaking"),
        (SUNDAY, "Shutdown"),
    ]
    assert open_days(employer=acme, days=[TODAY, TODAY + 30 * DAY], by=mia) == 1
    assert AuditEvent.objects.latest("id").details == {"days": {"2026-03-04": "Stocktaking"}}


def test_the_same_days_closed_again_leave_no_trace(acme, mia):
    close_days(employer=acme, days={TODAY: "Inventory"}, by=mia)
    before = AuditEvent.objects.count()
    close_days(employer=acme, days={TODAY: "Inventory"}, by=mia)
    assert AuditEvent.objects.count() == before


def test_a_calendar_ends_somewhere(acme, mia):
    with pytest.raises(CalendarRefused):
        close_days(employer=acme, days={TODAY + 2000 * DAY: "Far away"}, by=mia)


@pytest.mark.parametrize(
    ("who", "may"), [("mia", True), ("priya", True), ("sam", False), ("lee", False), ("ana", False)]
)
def test_only_managers_of_the_employer_and_staff_change_its_calendar(acme, who, may, request):
    user = request.getfixturevalue(who)
    acts = [
        lambda: lay_settings(employer=acme, from_on=TODAY, by=user, **said(due_after_days=9)),
        lambda: lay_shifts(employer=acme, from_on=TODAY, by=user, hours=[Decimal(8)] * 7),
        lambda: close_days(employer=acme, days={TODAY: "x"}, by=user),
        lambda: open_days(employer=acme, days=[TODAY], by=user),
    ]
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()


def test_a_manager_of_another_employer_changes_nothing_here(acme, oscar):
    EmployerMembership.objects.filter(user=oscar).update(role="MANAGER")
    with pytest.raises(NotAllowed):
        close_days(employer=acme, days={TODAY: "x"}, by=oscar)
