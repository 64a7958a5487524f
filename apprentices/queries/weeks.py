"""How the last weeks of many stand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from apprentices.models import HourEntry, LedgerLine, Timesheet
from apprentices.queries.hours import status_histories, week_settings
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import first_weekday_on, status_on, week_start

WEEK = timedelta(days=7)

# a past week that nobody has filled in, of an apprenticeship that was active, or that was not
MISSING, NOT_DUE = "MISSING", "NOT_DUE"


@dataclass(frozen=True, slots=True)
class WeekState:
    """`state` is a Timesheet's, MISSING, NOT_DUE, or "" for a week of today that nobody has begun. `zero_reason`: a
    Timesheet's, of a week attested as one without work."""

    starts_on: date
    state: str
    hours: Decimal
    zero_reason: str = ""

    @property
    def zero_label(self):
        return Timesheet.ZeroReason(self.zero_reason).label if self.zero_reason else ""

    @property
    def label(self):
        return Timesheet.State(self.state).label if self.state in Timesheet.State.values else ""


def hours_by_day(apprenticeships, *, since, until):
    """{apprenticeship id: {day: hours}}: what counts of approved entries, and live claims."""
    found = defaultdict(lambda: defaultdict(lambda: ZERO))
    posted = LedgerLine.objects.filter(
        apprenticeship__in=apprenticeships, entry__isnull=False, happened_on__range=(since, until)
    )
    claims = HourEntry.objects.live_claims().filter(apprenticeship__in=apprenticeships, worked_on__range=(since, until))
    for rows, day in ((posted, "happened_on"), (claims, "worked_on")):
        for key, on, total in rows.order_by().values_list("apprenticeship", day).annotate(total=Sum("hours")):
            found[key][on] += total
    return found


def last_weeks(apprenticeships, *, today, count):
    """{apprenticeship id: WeekStates of the week of `today` and of those before it, oldest first}, for a list of
    Apprenticeships, each in the weeks of its employer."""
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    employers = {apprenticeship.employer_id for apprenticeship in apprenticeships}
    settings = week_settings(employers)
    starts = {employer: _starts(today, settings.get(employer, ()), count) for employer in employers}
    since = min((dates[0] for dates in starts.values()), default=today)
    states = {
        (key, starts_on): (state, zero_reason)
        for key, starts_on, state, zero_reason in Timesheet.objects.filter(
            apprenticeship__in=keys, week_starts_on__gte=since
        )
        .order_by()
        .values_list("apprenticeship", "week_starts_on", "state", "zero_reason")
    }
    hours = hours_by_day(keys, since=since, until=today + WEEK)
    histories = status_histories(keys)
    return {
        one.pk: [
            _week_state(one, on, states, hours[one.pk], histories[one.pk], today) for on in starts[one.employer_id]
        ]
        for one in apprenticeships
    }


def _starts(today, settings, count):
    starts = [week_start(today, first_weekday_on(today, settings))]
    while len(starts) < count:
        day = starts[0] - timedelta(days=1)
        starts.insert(0, week_start(day, first_weekday_on(day, settings)))
    return starts


def _week_state(apprenticeship, starts_on, states, hours, history, today):
    days = [starts_on + timedelta(days=number) for number in range(7)]
    state, zero_reason = states.get((apprenticeship.pk, starts_on), ("", ""))
    total = sum((hours[day] for day in days if day in hours), ZERO)
    if not state and days[-1] < today:
        state = MISSING if any(_is_workable(day, apprenticeship, history) for day in days) else NOT_DUE
    return WeekState(starts_on, state, total, zero_reason)


def _is_workable(day, apprenticeship, history):
    return day >= apprenticeship.registered_on and status_on(day, history) == "ACTIVE"
