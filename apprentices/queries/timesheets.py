"""The timesheet of a day."""

from apprentices.models import Timesheet
from apprentices.queries.hours import unsaved_week, week_of


def timesheet_of(apprenticeship, day):
    """The Timesheet of the employer's week that holds `day`; unsaved where nobody has begun it."""
    starts_on = week_of(apprenticeship.employer, day)
    found = Timesheet.objects.filter(apprenticeship=apprenticeship, week_starts_on=starts_on).first()
    week = found or unsaved_week(apprenticeship, starts_on)
    week.apprenticeship = apprenticeship
    return week
