"""The usual week of many people at once, from what counts in the ledger."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Sum

from apprentices.models import LedgerLine
from apprentices.rules.usual_weeks import WEEKS, usual_week


def usual_weeks(timesheets):
    """{timesheet id: the UsualWeek before it, by work process id, or None} of Timesheets. One query."""
    if not timesheets:
        return {}
    starts = [week.week_starts_on for week in timesheets]
    lines = LedgerLine.objects.filter(
        apprenticeship__in={week.apprenticeship_id for week in timesheets},
        entry__isnull=False,
        happened_on__gte=min(starts) - timedelta(weeks=WEEKS),
        happened_on__lt=max(starts),
    )
    rows = defaultdict(list)
    for key, process, day, hours in (
        lines.order_by().values_list("apprenticeship", "work_process", "happened_on").annotate(total=Sum("hours"))
    ):
        rows[key].append((process, day, hours))
    return {
        week.pk: usual_week(_weeks_before(week.week_starts_on, rows[week.apprenticeship_id])) for week in timesheets
    }


def _weeks_before(starts_on, rows):
    weeks = [defaultdict(int) for _week in range(WEEKS)]
    for process, day, hours in rows:
        number = (starts_on - day).days
        if 0 < number <= 7 * WEEKS:
            weeks[(number - 1) // 7][process] += hours
    return weeks
