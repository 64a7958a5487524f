"""Which weeks of which apprenticeships are due: the rule's facts for many people at once."""

from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef

from apprentices.models import HourEntry, LedgerLine, OpeningBalance, Timesheet
from apprentices.queries.hours import status_histories
from apprentices.rules.due_weeks import Person, Plant, Sheet, WeekRules, due_week, weeks_of
from employers.queries.calendars import closed_days, settings_histories, shift_patterns

WEEKS_LOOKED_BACK = 12
WEEK = timedelta(days=7)


def due_weeks(apprenticeships, *, today, weeks=WEEKS_LOOKED_BACK, histories=None):
    """{apprenticeship id: DueWeeks of the week of `today` and of so many weeks before it, oldest first}, for a list of
    Apprenticeships, each in the weeks of its employer; none from before its registration. Six queries, one less where
    the status histories are given."""
    keys = [one.pk for one in apprenticeships]
    since = today - weeks * WEEK
    plants = plants_of({one.employer_id for one in apprenticeships}, since=since - WEEK, until=today + WEEK)
    calendar = {key: weeks_of(plant, since=since, until=today) for key, plant in plants.items()}
    sheets = _sheets(keys, since - WEEK)
    people = _people(apprenticeships, histories)
    return {
        one.pk: [
            due_week(
                week,
                sheets.get((one.pk, week.starts_on), Sheet()),
                person=people[one.pk],
                plant=plants[one.employer_id],
                today=today,
            )
            for week in calendar[one.employer_id]
            if week.ends_on >= one.registered_on
        ]
        for one in apprenticeships
    }


def plants_of(employers, *, since, until):
    """{employer id: Plant} for ids of employers, with the closed days between two days. Three queries."""
    settings, shifts = settings_histories(employers), shift_patterns(employers)
    closed = closed_days(employers, since=since, until=until)
    return {
        key: Plant(
            rules=tuple(
                WeekRules(
                    row.from_on,
                    row.week_starts_on,
                    row.pay_period,
                    row.pay_period_starts_on,
                    row.due_after_days,
                )
                for row in settings[key]
            ),
            shifts=tuple(shifts[key]),
            closed=frozenset(closed[key]),
        )
        for key in employers
    }


def _sheets(keys, since: date):
    """{(apprenticeship id, day on which the week starts): Sheet} of the weeks from `since` on."""
    claims = HourEntry.objects.filter(timesheet=OuterRef("pk"), version=OuterRef("version"))
    rows = Timesheet.objects.filter(apprenticeship__in=keys, week_starts_on__gte=since).order_by()
    return {
        (key, starts_on): Sheet(state, reason, has_claims and state != Timesheet.State.APPROVED)
        for key, starts_on, state, reason, has_claims in rows.annotate(has_claims=Exists(claims)).values_list(
            "apprenticeship", "week_starts_on", "state", "zero_reason", "has_claims"
        )
    }


def _people(apprenticeships, histories):
    keys = [one.pk for one in apprenticeships]
    histories = status_histories(keys) if histories is None else histories
    balances = OpeningBalance.objects.known().filter(apprenticeship__in=keys, kind=LedgerLine.Kind.OJL)
    on_paper = dict(balances.order_by().values_list("apprenticeship").annotate(last=Max("through_on")))
    return {
        one.pk: Person(one.registered_on, tuple(histories[one.pk]), on_paper.get(one.pk)) for one in apprenticeships
    }
