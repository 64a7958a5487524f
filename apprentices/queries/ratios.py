"""Apprentices beside journeyworkers, employer by employer."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from apprentices.models import Apprenticeship
from apprentices.queries.hours import status_histories
from apprentices.rules.ratios import RatioAnswer, assess_ratio, parse_ratio, ratio_findings
from apprentices.rules.statuses import ACTIVE, REGISTERED
from employers.models import Employer, JourneyworkerCount


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


@dataclass(frozen=True, slots=True)
class RatioAt:
    """One employer under one ratio (as text). `worksites`: (name, journeyworkers by the latest count) by name."""

    employer: Employer
    worksites: tuple[tuple[str, int], ...]
    ratio: str
    answer: RatioAnswer


def ratios_beside(employers, apprentices):
    """RatioAts of Employers, by name, with apprentices counted already: {(employer id, ratio as text): count}. An
    apprentice belongs to an employer, not to a worksite: the worksites' journeyworkers stand beside all of them. An
    employer whose journeyworkers nobody has counted has a RatioAt without worksites. One query."""
    worksites = _worksites(employers)
    found = []
    for employer in sorted(employers, key=lambda employer: employer.name):
        sites = tuple(sorted(worksites[employer.pk]))
        journeyworkers = sum(count for _name, count in sites) if sites else None
        for (key, ratio), count in sorted(apprentices.items()):
            if key == employer.pk:
                answer = assess_ratio(_ratio(ratio), apprentices=count, journeyworkers=journeyworkers)
                found.append(RatioAt(employer, sites, ratio, answer))
    return found


def _worksites(employers):
    """{employer id: [(worksite, journeyworkers)]} of those that were counted."""
    rows = JourneyworkerCount.objects.filter(worksite__employer__in=employers).order_by("from_on", "pk")
    latest = {
        site: (employer, name, count)
        for site, employer, name, count in rows.values_list("worksite", "worksite__employer", "worksite__name", "count")
    }
    found = defaultdict(list)
    for employer, name, count in latest.values():
        found[employer].append((name, count))
    return found


def _journeyworkers(employers):
    """{employer id: journeyworkers} of those that were counted."""
    return {key: sum(count for _name, count in sites) for key, sites in _worksites(employers).items()}


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
