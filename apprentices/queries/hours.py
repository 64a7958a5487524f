"""What stands in weeks and days: claims, decided entries, and how much of a person's day is taken."""

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from apprentices.models import HourEntry, LedgerLine, StatusChange, Timesheet
from apprentices.queries.fact_rows import fact_rows
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import first_weekday_on, week_start
from employers.models import EmployerSettings
from imt.fields import from_hundredths


def days_at(time_zones, now):
    """{time zone name: today there}."""
    return {name: datetime.astimezone(now, ZoneInfo(name)).date() for name in time_zones}


def week_settings(employers):
    """{employer id: [(from day, weekday on which weeks start)]} by day."""
    found = defaultdict(list)
    rows = EmployerSettings.objects.filter(employer__in=employers).order_by("from_on")
    for employer, from_on, weekday in rows.values_list("employer", "from_on", "week_starts_on"):
        found[employer].append((from_on, weekday))
    return found


def week_of(employer, day):
    """The day on which the employer's week of `day` starts."""
    return week_start(day, first_weekday_on(day, week_settings([employer.pk])[employer.pk]))


def unsaved_week(apprenticeship, starts_on):
    """The Timesheet of a week in which nobody has logged anything yet."""
    return Timesheet(apprenticeship=apprenticeship, week_starts_on=starts_on, zero_note="", late_reason="")


def status_histories(apprenticeships):
    """{apprenticeship id: [(day, status)]} as it stands now, by day."""
    found = defaultdict(list)
    rows = StatusChange.objects.known().filter(apprenticeship__among=apprenticeships)
    for apprenticeship, day, status in rows.order_by("happened_on", "recorded_at", "pk").values_list(
        "apprenticeship", "happened_on", "status"
    ):
        found[apprenticeship].append((day, status))
    return found


def worked_by_day(apprentices, *, since, until, but=None):
    """{(apprentice id, day): hours} worked by persons, over all their employers: posted lines of entries, and live
    claims, drafts and waiting ones included. `but`: a queryset of entries whose live claims are left out."""
    taken = defaultdict(lambda: ZERO)
    posted = LedgerLine.objects.filter(
        entry__isnull=False,
        apprenticeship__apprentice__among=apprentices,
        happened_on__range=(since, until),
    )
    claims = HourEntry.objects.live_claims().filter(
        apprenticeship__apprentice__among=apprentices, worked_on__range=(since, until)
    )
    if but is not None:
        claims = claims.exclude(pk__in=but.values("pk"))
    for rows, day in ((posted, "happened_on"), (claims, "worked_on")):
        sums = rows.order_by().values_list("apprenticeship__apprentice", day).annotate(total=Sum("hours"))
        for apprentice, worked_on, total in sums:
            taken[apprentice, worked_on] += total
    return taken


def waiting_hours(apprenticeships):
    """{apprenticeship id: hours} submitted and not decided yet."""
    keys = set(apprenticeships)
    rows = fact_rows(sorted(keys), kinds=("WAITING",)) if keys else []
    return {row.apprenticeship: from_hundredths(row.hours) for row in rows if row.apprenticeship in keys}
