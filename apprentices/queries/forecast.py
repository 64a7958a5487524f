"""What the forecast reads: how fast the approved hours of the last half year came in, for a whole set at once."""

import json
from datetime import date, timedelta

from django.db import connection

from apprentices.models import StatusChange
from apprentices.rules.forecast import NO_PACE, Forecast, PaceFacts, forecast
from imt.fields import to_hundredths

PACE_WEEKS = 26  # half a year tells how somebody works now, and costs a quarter of reading two years

# Weeks are numbered from a Monday, summed, laid beside their neighbors, and summed again: one row per apprenticeship.
_PACES = """
WITH weeks AS (
  SELECT apprenticeship_id, {week} AS week, SUM(hours) AS hours,
         MIN(happened_on) AS first_on, MAX(happened_on) AS last_on
    FROM apprentices_ledgerline
   WHERE apprenticeship_id {among} AND entry_id IS NOT NULL
     AND happened_on >= %s AND happened_on <= %s
   GROUP BY 1, 2
  HAVING SUM(hours) <> 0
), neighbors AS (
  SELECT weeks.*, LAG(week) OVER one AS week_before, LAG(hours) OVER one AS hours_before,
         LEAD(week) OVER one AS week_after
    FROM weeks WINDOW one AS (PARTITION BY apprenticeship_id ORDER BY week)
)
SELECT apprenticeship_id, MIN(first_on), MAX(last_on),
       CAST(SUM(hours) AS bigint), CAST(SUM(hours * hours) AS bigint),
       CAST(COALESCE(SUM(CASE WHEN week_before = week - 1 THEN hours * hours_before END), 0) AS bigint),
       CAST(SUM(CASE WHEN week_before IS NULL THEN hours END) AS bigint),
       CAST(SUM(CASE WHEN week_after IS NULL THEN hours END) AS bigint)
  FROM neighbors GROUP BY 1
"""
_WEEK = {
    "postgresql": "(happened_on - DATE '2000-01-03') / 7",
    "sqlite": "CAST((julianday(happened_on) - julianday('2000-01-03')) / 7 AS integer)",
}


def paces_for(apprenticeships, *, as_of):
    """{apprenticeship id: PaceFacts} of those (ids) with approved worked hours in the week of `as_of`, up to that
    day, or in the 26 weeks before it. Lines of hour entries only, net of their reversals; one statement."""
    keys = sorted(apprenticeships)
    if not keys:
        return {}
    since = as_of - timedelta(days=as_of.weekday(), weeks=PACE_WEEKS)
    is_postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if is_postgresql else "IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        cursor.execute(
            _PACES.format(week=_WEEK[connection.vendor], among=among),
            [keys if is_postgresql else json.dumps(keys), _stored(since), _stored(as_of)],
        )
        rows = cursor.fetchall()
    return {
        apprenticeship: PaceFacts(_day(first_on), _through(_day(last_on), as_of), *sums)
        for apprenticeship, first_on, last_on, *sums in rows
    }


def _through(last_on, as_of):
    """A week that is over counts through its Friday: who works four long days has not been slow on the fifth."""
    friday = last_on + timedelta(days=4 - last_on.weekday())
    return max(last_on, friday) if friday <= as_of else last_on


def _stored(day):
    return connection.ops.adapt_datefield_value(day)


def _day(value):
    """SQLite gives days back as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def has_pace(known, assessment):
    """Whether there is anything to ask `paces_for` about: an ACTIVE apprenticeship (Known) with hours left."""
    return known.facts.status == StatusChange.Status.ACTIVE and not assessment.of("OJL_TOTAL").met


def expected_finish(known, assessment, pace, *, as_of):
    """The Forecast of one apprenticeship: `known` (Known) as assessed, with its PaceFacts or None. Nobody who is not
    ACTIVE has a pace to go on with."""
    left = to_hundredths(assessment.of("OJL_TOTAL").shortfall)
    if left and not has_pace(known, assessment):
        return Forecast(reason=NO_PACE)
    return forecast(pace, left, as_of)
