"""Apprentices beside journeyworkers, employer by employer."""

from collections import Counter, defaultdict

from apprentices.models import Apprenticeship
from apprentices.queries.hours import status_histories
from apprentices.rules.ratios import assess_ratio, parse_ratio, ratio_findings
from apprentices.rules.statuses import ACTIVE, REGISTERED
from employers.models import JourneyworkerCount


def ratio_findings_at(employers):
    """Yield (Employer, Finding) of those employers that have more apprentices than the ratio of their standards allows.

    Apprentices whose latest status is REGISTERED or ACTIVE, journeyworkers by the latest count of each worksite. An
    employer whose journeyworkers nobody has counted is left out. (29 CFR 29.5(b)(7))"""
    journeyworkers = _journeyworkers(employers)
    if not journeyworkers:
        return
    apprentices = _apprentices(journeyworkers)
    for employer in sorted(employers, key=lambda employer: employer.name):
        for ratio, count in sorted(apprentices[employer.pk].items()):
            answer = assess_ratio(_ratio(ratio), apprentices=count, journeyworkers=journeyworkers.get(employer.pk))
            for finding in ratio_findings(answer):
                yield employer, finding


def _journeyworkers(employers):
    """{employer id: journeyworkers} of those that were counted."""
    rows = JourneyworkerCount.objects.filter(worksite__employer__in=employers).order_by("from_on", "pk")
    latest = {
        site: (employer, count) for site, employer, count in rows.values_list("worksite", "worksite__employer", "count")
    }
    totals = Counter()
    for employer, count in latest.values():
        totals[employer] += count
    return dict(totals)


def _apprentices(employers):
    """{employer id: {ratio as text: apprentices}}."""
    rows = list(
        Apprenticeship.objects.filter(employer__in=employers)
        .order_by()
        .values_list("pk", "employer", "standards__ratio")
    )
    histories = status_histories([key for key, _employer, _ratio in rows])
    counts = defaultdict(Counter)
    for key, employer, ratio in rows:
        if histories[key] and histories[key][-1][1] in (REGISTERED, ACTIVE):
            counts[employer][ratio] += 1
    return counts


def _ratio(text):
    """None for what is no ratio: what the standards say in words is left to people."""
    try:
        return parse_ratio(text)
    except ValueError:
        return None
