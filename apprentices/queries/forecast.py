"""What the forecast reads: how fast the approved hours of the last half year came in, for a whole set at once."""

from datetime import timedelta

from django.db.models import Func, IntegerField, Max, Min, Sum

from apprentices.models import LedgerLine, StatusChange
from apprentices.rules.forecast import HOURS_COMPLETE, NO_PACE, Forecast, PaceFacts, forecast
from imt.fields import to_hundredths

PACE_WEEKS = 26  # half a year tells how somebody works now, and costs a quarter of reading two years


class Week(Func):
    """The number of the week, Monday to Sunday, that holds a day."""

    output_field = IntegerField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="((%(expressions)s - DATE '2000-01-03') / 7)", **context)

    def as_sqlite(self, compiler, connection, **context):
        template = "CAST((julianday(%(expressions)s) - julianday('2000-01-03')) / 7 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def paces_for(apprenticeships, *, as_of):
    """{apprenticeship id: PaceFacts} of those (a queryset, or ids) with approved worked hours in the 26 whole weeks before
    the week of `as_of`, or in that week up to `as_of`. Lines of hour entries only, net of their reversals."""
    monday = as_of - timedelta(days=as_of.weekday())
    rows = (
        LedgerLine.objects.filter(
            apprenticeship__in=apprenticeships,
            kind=LedgerLine.Kind.OJL,
            entry__isnull=False,
            happened_on__gte=monday - timedelta(weeks=PACE_WEEKS),
            happened_on__lte=as_of,
        )
        .order_by()
        .values_list("apprenticeship", Week("happened_on"))
        .annotate(total=Sum("hours", output_field=IntegerField()), first=Min("happened_on"), last=Max("happened_on"))
    )
    weeks = {}
    for apprenticeship, week, total, first_on, last_on in rows:
        if total:
            weeks.setdefault(apprenticeship, {})[week] = (total, first_on, last_on)
    return {apprenticeship: _pace(by_number) for apprenticeship, by_number in weeks.items()}


def _pace(weeks):
    """{number of the week: (hundredths, first day, last day)} → PaceFacts."""
    numbers = sorted(weeks)
    totals = [weeks[number][0] for number in numbers]
    neighbors = zip(zip(numbers, totals, strict=True), zip(numbers[1:], totals[1:], strict=True), strict=False)
    return PaceFacts(
        first_on=weeks[numbers[0]][1],
        last_on=weeks[numbers[-1]][2],
        total=sum(totals),
        squares=sum(total * total for total in totals),
        products=sum(one * other for (week, one), (following, other) in neighbors if following == week + 1),
        first_week=totals[0],
        last_week=totals[-1],
    )


def expected_finish(known, assessment, pace, *, as_of):
    """The Forecast of one apprenticeship: `known` (Known) as assessed, with its PaceFacts or None. Nobody who is not
    ACTIVE has a pace to go on with."""
    left = to_hundredths(assessment.of("OJL_TOTAL").shortfall)
    if known.facts.status != StatusChange.Status.ACTIVE:
        return Forecast(reason=NO_PACE if left else HOURS_COMPLETE)
    return forecast(pace, left, as_of)
