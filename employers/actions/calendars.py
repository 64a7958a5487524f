"""How an employer's weeks run: its settings and shifts from a day on, and the days on which the plant is closed.

The employer's managers change them, and staff. What held before stays as it was; what is still to come can be taken
back."""

from django.db import transaction
from django.utils.translation import gettext as _

from employers.models import ClosedDay, Employer, EmployerSettings, ShiftPattern
from employers.models.employers import WEEKDAYS
from employers.permissions import NotAllowed, runs_employer
from employers.queries.calendars import settings_on, today_at
from employers.rules.settings import (
    NOT_A_WEEKS_FIRST_DAY,
    NOT_TO_COME,
    PAST,
    PERIOD_WITHOUT_START,
    next_weekday,
    settings_refusal,
)
from imt.audit.actions import record, save_row

LAID_DOWN = (
    "week_starts_on",
    "apprentices_log_hours",
    "own_logging",
    "late_after_days",
    "pay_period",
    "pay_period_starts_on",
    "due_after_days",
    "decide_within_days",
)
FAR = 366 * 3  # so many days ahead a calendar is kept at most


class CalendarRefused(ValueError):
    """It cannot be laid down so; the message says why, `field` where it can be mended."""

    def __init__(self, reason, field=""):
        super().__init__(reason)
        self.field = field


@transaction.atomic
def lay_settings(*, employer, from_on, by, **values):
    """From this day on the employer's hours run so; `values` are all of LAID_DOWN. Said again for the same day, the
    later word counts; the same word as held before changes nothing. Returns the EmployerSettings in force then."""
    _lock(employer, by)
    today = today_at(employer)
    before = settings_on([employer.pk], on=from_on)[employer.pk]
    row = EmployerSettings.objects.filter(employer=employer, from_on=from_on).first()
    if row is None and all(getattr(before, name) == value for name, value in values.items()):
        return before
    why = settings_refusal(
        from_on=from_on,
        today=today,
        week_starts_on=values["week_starts_on"],
        week_started_on=_week_started_on(employer, from_on),
        pay_period=values["pay_period"],
        pay_period_starts_on=values["pay_period_starts_on"],
    )
    if why:
        raise CalendarRefused(*_in_words(why, today, values["week_starts_on"]))
    row = row or EmployerSettings(employer=employer, from_on=from_on)
    for name, value in values.items():
        setattr(row, name, value)
    _refuse_broken_weeks(employer, from_on, row.week_starts_on)
    return save_row(row, by=by)


@transaction.atomic
def lay_shifts(*, employer, from_on, hours, by):
    """From this day on the shift has these hours (seven Decimals, Monday first). Said again for the same day, the later
    word counts. Returns the ShiftPattern."""
    _lock(employer, by)
    if from_on < today_at(employer):
        raise CalendarRefused(_("What has been stays as it was: choose today or a later day."), "from_on")
    row = ShiftPattern.objects.filter(employer=employer, from_on=from_on).first()
    row = row or ShiftPattern(employer=employer, from_on=from_on)
    for name, value in zip(WEEKDAYS, hours, strict=True):
        setattr(row, name, value)
    return save_row(row, by=by)


@transaction.atomic
def withdraw(*, row, by):
    """Take back EmployerSettings or a ShiftPattern whose day is still to come."""
    employer = row.employer
    _lock(employer, by)
    if row.from_on <= today_at(employer):
        raise CalendarRefused(_("This holds already: lay down what shall hold from now on instead."))
    kind = "shift_pattern"
    if isinstance(row, EmployerSettings):
        kind = "employer_settings"
        _refuse_broken_weeks(employer, row.from_on, _week_started_on(employer, row.from_on))
    record(f"{kind}.withdrawn", by=by, subjects=[employer], details={"from_on": row.from_on.isoformat()})
    row.delete()


@transaction.atomic
def close_days(*, employer, days, by):
    """The plant is closed on these days, {day: title}. A day that is closed already gets the title. Returns how many
    days are closed that were open before."""
    _lock(employer, by)
    last = max(days, default=None)
    if last and (last - today_at(employer)).days > FAR:
        raise CalendarRefused(_("A calendar reaches three years ahead at most."), "days")
    known = {row.closed_on: row for row in ClosedDay.objects.filter(employer=employer, closed_on__in=days)}
    new = [ClosedDay(employer=employer, closed_on=day, title=days[day]) for day in days if day not in known]
    renamed = [row for day, row in known.items() if row.title != days[day]]
    for row in renamed:
        row.title = days[row.closed_on]
    ClosedDay.objects.bulk_create(new)
    ClosedDay.objects.bulk_update(renamed, ["title"])
    if new or renamed:
        said = {row.closed_on.isoformat(): row.title for row in (*new, *renamed)}
        record("plant.closed", by=by, subjects=[employer], details={"days": said})
    return len(new)


@transaction.atomic
def open_days(*, employer, days, by):
    """The plant works on these days after all. Returns how many were closed."""
    _lock(employer, by)
    rows = ClosedDay.objects.filter(employer=employer, closed_on__in=days)
    said = {row.closed_on.isoformat(): row.title for row in rows}
    rows.delete()
    if said:
        record("plant.opened", by=by, subjects=[employer], details={"days": said})
    return len(said)


def _lock(employer, by):
    if not runs_employer(by, employer):
        raise NotAllowed(_("Only the employer's managers and the program's staff may do this."))
    list(Employer.objects.select_for_update(no_key=True).filter(pk=employer.pk).values_list("pk"))


def _week_started_on(employer, from_on):
    """The weekday on which weeks start on the day before `from_on`."""
    before = EmployerSettings.objects.filter(employer=employer, from_on__lt=from_on).order_by("from_on").last()
    return before.week_starts_on if before else EmployerSettings.Weekday.MONDAY


def _refuse_broken_weeks(employer, from_on, weekday):
    """What is laid down for the next day after `from_on` must still begin on a day that begins a week."""
    following = EmployerSettings.objects.filter(employer=employer, from_on__gt=from_on).order_by("from_on").first()
    if following is None or following.week_starts_on in (weekday, following.from_on.weekday()):
        return
    raise CalendarRefused(_("What is laid down for a later day rests on this: take that back first."), "from_on")


def _in_words(why, today, weekday):
    """(text, field) of a refusal."""
    day = next_weekday(today, weekday)
    return {
        PAST: (_("What has been stays as it was: choose today or a later day."), "from_on"),
        NOT_TO_COME: (
            _("Weeks can begin on another day from a day to come on: choose %(day)s or a week later.") % {"day": day},
            "from_on",
        ),
        NOT_A_WEEKS_FIRST_DAY: (
            _("The new weeks begin on this day: choose %(day)s or a week later.") % {"day": day},
            "from_on",
        ),
        PERIOD_WITHOUT_START: (_("Name a day on which such a pay period starts."), "pay_period_starts_on"),
    }[why]
