"""What the forecast reads: how fast the approved hours of the last half year came in."""

from datetime import date, timedelta

from apprentices.models import StatusChange
from apprentices.rules.forecast import NO_PACE, Forecast, PaceFacts, forecast
from imt.fields import to_hundredths


def pace_facts(row, *, as_of):
    """PaceFacts of a FactRow of kind PACE: of approved worked hours in the week of `as_of`, up to that day, and in the
    26 weeks before it."""
    first_on, last_on, *sums = row.code.split(",")
    return PaceFacts(date.fromisoformat(first_on), _through(date.fromisoformat(last_on), as_of), *map(int, sums))


def _through(last_on, as_of):
    """A week that is over counts through its Friday: who works four long days has not been slow on the fifth."""
    friday = last_on + timedelta(days=4 - last_on.weekday())
    return max(last_on, friday) if friday <= as_of else last_on


def expected_finish(known, assessment, *, as_of):
    """The Forecast of one apprenticeship: `known` (Known, read with its PACE) as assessed. Nobody who is not ACTIVE has
    a pace to go on with."""
    left = to_hundredths(assessment.of("OJL_TOTAL").shortfall)
    if left and known.facts.status != StatusChange.Status.ACTIVE:
        return Forecast(reason=NO_PACE)
    return forecast(known.pace, left, as_of)
