"""Which weeks are due, by when, and which explain themselves: a week is submitted, attested as zero with a reason, on
leave, closed, or else due, so that none is unexplained.

No regulation: the employer's own pay periods and plant calendar. A week is due so many days after the pay period in
which it ends has ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from apprentices.rules.timesheets import first_weekday_on, status_on, week_start
from employers.rules.shifts import shift_hours_on

WEEK, TWO_WEEKS, HALF_MONTH, MONTH = "WEEK", "TWO_WEEKS", "HALF_MONTH", "MONTH"
HALF_OF_MONTH = 15

# how a week stands; what is DUE or OVERDUE waits for somebody to submit it
NOT_DUE, DUE, OVERDUE, EXPLAINED = "NOT_DUE", "DUE", "OVERDUE", "EXPLAINED"
# what explains a week, in the order in which it is asked
SUBMITTED, APPROVED, ZERO_ATTESTED = "SUBMITTED", "APPROVED", "ZERO_ATTESTED"
ON_PAPER, NOT_ACTIVE, PLANT_CLOSED, NO_SHIFT = "ON_PAPER", "NOT_ACTIVE", "PLANT_CLOSED", "NO_SHIFT"

_DAY = timedelta(days=1)
_EPOCH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class WeekRules:
    """How an employer's weeks run from a day on. `week_starts_on` counts from 0, Monday."""

    from_on: date = _EPOCH
    week_starts_on: int = 0
    pay_period: str = WEEK
    pay_period_starts_on: date | None = None
    due_after_days: int = 2


@dataclass(frozen=True, slots=True)
class Plant:
    """An employer's calendar: WeekRules by day, shift patterns as `shift_hours_on` takes them, and the closed days."""

    rules: tuple[WeekRules, ...] = ()
    shifts: tuple = ()
    closed: frozenset = frozenset()

    def rules_on(self, day):
        """The WeekRules in force on that day; the defaults before the first."""
        return next((rules for rules in reversed(self.rules) if rules.from_on <= day), WeekRules())


@dataclass(frozen=True, slots=True)
class Week:
    """A week of an employer. It has fewer than seven `days` where weeks begin on another day from one of them on."""

    starts_on: date
    days: tuple[date, ...]

    @property
    def ends_on(self):
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class Person:
    """Whose weeks they are. `history`: (day, status) by day; `on_paper_through`: the last day of hours that an opening
    balance brought along."""

    registered_on: date
    history: tuple
    on_paper_through: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands of a week: `state` is a Timesheet's, "" where there is none; `has_claims`: hours not decided yet."""

    state: str = ""
    zero_reason: str = ""
    has_claims: bool = False


@dataclass(frozen=True, slots=True)
class DueWeek:
    """`due_on` is the last day on which the week is in time. `explanation` is one of the words above, `detail` the zero
    reason or the status behind it; both are "" for what is not explained."""

    week: Week
    sheet: Sheet
    standing: str
    due_on: date
    explanation: str = ""
    detail: str = ""

    @property
    def overdue_since(self):
        return self.due_on + _DAY if self.standing == OVERDUE else None

    @property
    def is_open(self):
        """Somebody has to submit it, now or later."""
        return self.standing != EXPLAINED


def weeks_of(plant, *, since, until):
    """The Weeks that hold a day from `since` to `until`, in order; each day belongs to exactly one."""
    settings = [(rules.from_on, rules.week_starts_on) for rules in plant.rules]
    days_of = {}
    for number in range((until - since).days + 14):
        day = since - 7 * _DAY + number * _DAY
        days_of.setdefault(week_start(day, first_weekday_on(day, settings)), []).append(day)
    found = [Week(starts_on, tuple(days)) for starts_on, days in days_of.items()]
    return [week for week in found if week.ends_on >= since and week.days[0] <= until]


def pay_period_end(day, rules):
    """The last day of the pay period that holds `day`."""
    if rules.pay_period == HALF_MONTH and day.day <= HALF_OF_MONTH:
        return day.replace(day=HALF_OF_MONTH)
    if rules.pay_period in (HALF_MONTH, MONTH):
        return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY
    length = 14 if rules.pay_period == TWO_WEEKS else 7
    first = rules.pay_period_starts_on or week_start(day, rules.week_starts_on)
    return day + timedelta(days=length - 1 - (day - first).days % length)


def due_day(week, plant):
    """The last day on which the week can be submitted in time, by the rules in force when it ends."""
    rules = plant.rules_on(week.ends_on)
    return pay_period_end(week.ends_on, rules) + timedelta(days=rules.due_after_days)


def due_week(week, sheet, *, person, plant, today):
    """The DueWeek of one person's Week with its Sheet."""
    due_on = due_day(week, plant)
    explanation, detail = _explanation(week, sheet, person, plant)
    if explanation:
        return DueWeek(week, sheet, EXPLAINED, due_on, explanation, detail)
    if today > due_on:
        return DueWeek(week, sheet, OVERDUE, due_on)
    period_is_over = today > pay_period_end(week.ends_on, plant.rules_on(week.ends_on))
    return DueWeek(week, sheet, DUE if period_is_over else NOT_DUE, due_on)


def _explanation(week, sheet, person, plant):
    """(what explains the week, the reason or status behind it); ("", "") where nothing does."""
    if sheet.state in (SUBMITTED, APPROVED):
        return (ZERO_ATTESTED, sheet.zero_reason) if sheet.zero_reason else (sheet.state, "")
    if sheet.state == "RETURNED" or sheet.has_claims or sheet.zero_reason:
        return "", ""  # begun and not put up: whatever else holds, somebody has to finish it
    if person.on_paper_through and week.ends_on <= person.on_paper_through:
        return ON_PAPER, ""
    active = [day for day in week.days if day >= person.registered_on and status_on(day, person.history) == "ACTIVE"]
    if not active:
        return NOT_ACTIVE, status_on(week.ends_on, person.history)
    if any(shift_hours_on(day, plant.shifts) and day not in plant.closed for day in active):
        return "", ""
    return (PLANT_CLOSED if any(day in plant.closed for day in active) else NO_SHIFT), ""
