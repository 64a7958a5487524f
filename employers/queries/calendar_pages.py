"""An employer's calendar as its page shows it: what holds, what held when, and the closed days of a year."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from employers.models import ClosedDay, EmployerSettings, ShiftPattern
from employers.queries.calendars import settings_on
from employers.rules.shifts import USUAL

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class DatedSettings:
    """EmployerSettings and what they say as (name, text) pairs; `changes`: those that differ from what held before."""

    row: EmployerSettings
    said: list[tuple[str, str]]
    changes: list[tuple[str, str]]
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class EmployerCalendar:
    """`history` and `shifts` are the latest first; `in_force` is unsaved where nothing was laid down. `closed` {day:
    title} by day."""

    in_force: EmployerSettings
    said: list[tuple[str, str]]
    history: list[DatedSettings]
    shift_hours: tuple
    shifts: list[ShiftPattern]
    closed: dict[date, str]


def calendar_of(employer, *, today, year):
    """The EmployerCalendar with the closed days of a year. Four queries."""
    rows = list(EmployerSettings.objects.filter(employer=employer).order_by("from_on"))
    in_force = settings_on([employer.pk], on=today)[employer.pk]
    patterns = list(ShiftPattern.objects.filter(employer=employer).order_by("from_on"))
    held = [row.hours for row in patterns if row.from_on <= today]
    closed = ClosedDay.objects.filter(employer=employer, closed_on__year=year).order_by("closed_on")
    return EmployerCalendar(
        in_force=in_force,
        said=said_by(in_force),
        history=_history(rows, today),
        shift_hours=held[-1] if held else USUAL,
        shifts=patterns[::-1],
        closed=dict(closed.values_list("closed_on", "title")),
    )


def _history(rows, today):
    before, found = said_by(EmployerSettings()), []
    for row in rows:
        said = said_by(row)
        changes = [after for after, old in zip(said, before, strict=True) if after != old]
        found.insert(0, DatedSettings(row, said, changes, row.from_on > today))
        before = said
    return found


def said_by(row):
    """What EmployerSettings say: (name, text) pairs in the order of the form."""
    starts = row.pay_period_starts_on
    return [
        (_("Weeks start on"), str(row.get_week_starts_on_display())),
        (_("Apprentices log their own hours"), _("yes") if row.apprentices_log_hours else _("no")),
        (_("What a supervisor logs for others"), str(row.get_own_logging_display())),
        (_("Reason and second person for entries older than"), _days(row.late_after_days)),
        (_("Pay period"), str(row.get_pay_period_display())),
        (_("A pay period starts on"), date_format(starts, "F j, Y") if starts else NOTHING),
        (_("Weeks are due after the pay period within"), _days(row.due_after_days)),
        (_("Decided within, then passed on"), _days(row.decide_within_days)),
    ]


def _days(count):
    return NOTHING if count is None else _("%(count)s days") % {"count": count}
