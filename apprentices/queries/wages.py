"""Wages as the rule reads them: which step of the standards' scale is reached, and what the firm pays."""

from collections import defaultdict

from apprentices.models import WageRate
from apprentices.rules.deadlines import full_months
from apprentices.rules.wages import WageFacts, WageStep, assess_wage
from employers import models as employers


def wage_answers(apprenticeships, known, assessments, *, as_of):
    """{apprenticeship id: WageAnswer} for a list of Apprenticeships, their Known facts and Assessments by id."""
    steps = _steps({known[one.pk].standards_id for one in apprenticeships})
    return {
        one.pk: assess_wage(
            WageFacts(
                ojl_hours=assessments[one.pk].of("OJL_TOTAL").actual,
                ri_hours=assessments[one.pk].of("RI_TOTAL").actual,
                months=full_months(one.registered_on, as_of),
                journeyworker_rate=one.journeyworker_rate,
                steps=tuple(steps[known[one.pk].standards_id]),
            )
        )
        for one in apprenticeships
    }


def _steps(standards):
    found = defaultdict(list)
    columns = ("position", "title", "ojl_hours", "ri_hours", "months", "percentage", "hourly_rate")
    for key, *values in employers.WageStep.objects.filter(standards__in=standards).values_list("standards", *columns):
        found[key].append(WageStep(*values))
    return found


def paid_rates(apprenticeships, *, on):
    """{apprenticeship id: WageRate in force on that day}."""
    rates = WageRate.objects.known().filter(apprenticeship__in=apprenticeships, from_on__lte=on)
    return {rate.apprenticeship_id: rate for rate in rates.order_by("from_on", "recorded_at", "pk")}
