"""I4, I6, I7: weeks and their decisions, hours of a person's day, rows against their parents. Each takes
apprenticeships (ids) and yields breaches."""

from django.db.models import Exists, F, Max, Min, OuterRef, Q, Sum

from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet, TimesheetDecision
from apprentices.queries.hours import worked_by_day
from imt.fields import from_hundredths
from reports.queries.checks.breaches import Breach

DAY = from_hundredths(2400)


def weeks_stand_where_their_decision_put_them(apprenticeships):
    """I4: the present version of an approved or returned week has exactly that decision, and it was not undone; any
    other week's has none. (That a version is decided once, and a week is one row, are unique indexes.)"""
    weeks = Timesheet.objects.filter(apprenticeship__among=apprenticeships)
    decisions = TimesheetDecision.objects.filter(timesheet=OuterRef("pk"), version=OuterRef("version"))
    decided = (Timesheet.State.APPROVED, Timesheet.State.RETURNED)
    undecided = weeks.filter(state__in=decided).exclude(
        Exists(decisions.filter(verdict=OuterRef("state"), undone_at__isnull=True))
    )
    too_early = weeks.exclude(state__in=decided).filter(Exists(decisions))
    for week in (undecided | too_early).select_related("apprenticeship"):
        yield Breach("I4", f"week {week} is {week.state}, and its decision says something else")
    later = TimesheetDecision.objects.filter(
        timesheet__apprenticeship__among=apprenticeships, version__gt=F("timesheet__version")
    )
    for decision in later:
        yield Breach("I4", f"decision {decision.pk} is on a version that timesheet {decision.timesheet_id} never had")


def no_day_holds_more_than_24_worked_hours(apprenticeships):
    """I6: lines of entries and live claims of one person, over all employers. Give all apprenticeships of a person."""
    worked = LedgerLine.objects.filter(apprenticeship__among=apprenticeships, entry__isnull=False)
    days = worked.order_by().values_list("apprenticeship__apprentice", "happened_on").annotate(total=Sum("hours"))
    for apprentice, day, total in days.filter(total__gt=DAY):
        yield _too_long(apprentice, day, total)
    claims = HourEntry.objects.live_claims().filter(apprenticeship__among=apprenticeships).order_by()
    span = claims.aggregate(since=Min("worked_on"), until=Max("worked_on"))
    if span["since"] is None:
        return
    people = set(claims.values_list("apprenticeship__apprentice", flat=True))
    claimed = set(claims.values_list("apprenticeship__apprentice", "worked_on"))
    for (apprentice, day), total in worked_by_day(people, **span).items():
        if total > DAY and (apprentice, day) in claimed:
            yield _too_long(apprentice, day, total)


def _too_long(apprentice, day, total):
    return Breach("I6", f"apprentice {apprentice} worked {total:.2f} hours on {day}")


def rows_belong_where_their_parent_does(apprenticeships):
    """I7: an entry repeats its timesheet's apprenticeship and that one's employer; a cohort is the employer's; a
    filing is of the standards at registration."""
    entries = HourEntry.objects.filter(apprenticeship__among=apprenticeships)
    same = Q(apprenticeship=F("timesheet__apprenticeship"), employer=F("apprenticeship__employer"))
    for key, ref in entries.exclude(same).values_list("pk", "apprenticeship__ref"):
        yield Breach("I7", f"entry {key} of {ref} stands under another apprenticeship or employer than its week")
    agreements = Apprenticeship.objects.filter(pk__among=apprenticeships)
    strange = agreements.filter(cohort__isnull=False).exclude(cohort__employer=F("employer"))
    strange |= agreements.filter(registration__isnull=False).exclude(registration__standards=F("standards"))
    for ref in strange.values_list("ref", flat=True):
        yield Breach("I7", f"{ref} is in a cohort of another employer, or filed under other standards")
