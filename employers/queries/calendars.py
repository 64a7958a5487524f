"""How employers' weeks run on a day: their settings, the hours of a shift, and the days on which nobody works."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.utils import timezone

from employers.models import ClosedDay, EmployerSettings, ShiftPattern


def today_at(employer, now=None):
    """Today in the employer's time zone, or its day at the aware datetime `now`."""
    return (now or timezone.now()).astimezone(ZoneInfo(employer.time_zone)).date()


def settings_on(employers, *, on):
    """{employer id: EmployerSettings in force on that day} for ids of employers; one without a row has an unsaved one
    with the defaults."""
    found = {key: EmployerSettings(employer_id=key, from_on=on) for key in employers}
    # by day: the latest row overwrites those before it
    for row in EmployerSettings.objects.filter(employer__in=found, from_on__lte=on).order_by("from_on"):
        found[row.employer_id] = row
    return found


def settings_histories(employers):
    """{employer id: [EmployerSettings]} by the day from which they hold, for ids of employers."""
    found = defaultdict(list)
    for row in EmployerSettings.objects.filter(employer__in=employers).order_by("from_on"):
        found[row.employer_id].append(row)
    return found


def shift_patterns(employers):
    """{employer id: [(from day, seven Decimals, Monday first)]} by day, for ids of employers (rules/shifts.py)."""
    found = defaultdict(list)
    for row in ShiftPattern.objects.filter(employer__in=employers).order_by("from_on"):
        found[row.employer_id].append((row.from_on, row.hours))
    return found


def closed_days(employers, *, since, until):
    """{employer id: {day: title}} of the days on which nobody works there, for ids of employers."""
    found = defaultdict(dict)
    rows = ClosedDay.objects.filter(employer__in=employers, closed_on__range=(since, until))
    for employer, day, title in rows.values_list("employer", "closed_on", "title"):
        found[employer][day] = title
    return found
