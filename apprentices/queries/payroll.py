"""Payroll totals beside the hours of the log, for many weeks at once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from apprentices.models import Apprenticeship, HourEntry, LedgerLine, PayrollTotal
from apprentices.permissions import decidable_by
from apprentices.queries.hour_file_words import people_of_files
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.payroll import OPEN, Comparison, compare


@dataclass(frozen=True, slots=True)
class PayrollWeek:
    """A person's week as payroll has it, beside the log."""

    total: PayrollTotal
    comparison: Comparison

    @property
    def is_open(self):
        return self.comparison.standing == OPEN


def logged_hours(totals):
    """{payroll total id: hours} of the log in the weeks of PayrollTotals: what counts, and what is claimed."""
    if not totals:
        return {}
    keys = {total.apprenticeship_id for total in totals}
    since = min(total.week_starts_on for total in totals)
    until = max(total.week_starts_on for total in totals) + timedelta(days=6)
    lines = LedgerLine.objects.filter(
        apprenticeship__among=keys, entry__isnull=False, happened_on__range=(since, until)
    )
    claims = HourEntry.objects.live_claims().filter(apprenticeship__among=keys, worked_on__range=(since, until))
    by_day = defaultdict(lambda: ZERO)
    for rows, day in ((lines, "happened_on"), (claims, "worked_on")):
        for key, on, hours in rows.order_by().values_list("apprenticeship", day).annotate(total=Sum("hours")):
            by_day[key, on] += hours
    return {
        total.pk: sum(
            (by_day[total.apprenticeship_id, total.week_starts_on + timedelta(days=number)] for number in range(7)),
            ZERO,
        )
        for total in totals
    }


def payroll_weeks(totals):
    """[PayrollWeek] of PayrollTotals, in their order."""
    totals = list(totals)
    logged = logged_hours(totals)
    return [PayrollWeek(total, compare(total.hours, logged[total.pk], total.settled_hours)) for total in totals]


def payroll_of(user):
    """The PayrollTotals that the user may see, the latest week first."""
    found = PayrollTotal.objects.known().filter(apprenticeship__in=Apprenticeship.objects.visible_to(user))
    return found.select_related("apprenticeship__apprentice", "apprenticeship__employer", "settled_by").order_by(
        "-week_starts_on", "apprenticeship__apprentice__last_name", "apprenticeship__ref"
    )


def people_of_payroll(user, employer, *, on):
    """{reference or badge: apprenticeship id} of those whose hours the user may decide on."""
    mine = decidable_by(user, Apprenticeship.objects.filter(employer=employer), on=on)
    keys = set(mine.values_list("pk", flat=True))
    people = people_of_files(user, employer, on=on)
    return {ref: person.apprenticeship_id for ref, person in people.items() if person.apprenticeship_id in keys}
