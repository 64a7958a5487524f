"""Signs of habit in many weeks at once, each as a sentence, with what was answered to it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apprentices.models import HintAnswer, HourEntry
from apprentices.rules.hints import ABOVE_SHIFT, BURST, CLOSED_DAY, IDENTICAL_WEEKS, Hint, hints_of_week, largest_burst
from employers.queries.calendars import closed_days, shift_patterns
from employers.rules.shifts import shift_hours_on

WEEK = timedelta(days=7)
LOOKED_BACK = 8


@dataclass(frozen=True, slots=True)
class ShownHint:
    """`name` is what an answer is kept under; `answer` None where nobody has said anything to it."""

    name: str
    sentence: str
    answer: HintAnswer | None


def hints_of(timesheets):
    """{timesheet id: ShownHints, unanswered ones first} of Timesheets with their apprenticeship. Four queries."""
    if not timesheets:
        return {}
    starts = [week.week_starts_on for week in timesheets]
    employers = {week.apprenticeship.employer_id for week in timesheets}
    since, until = min(starts) - LOOKED_BACK * WEEK, max(starts) + WEEK
    cells = _cells({week.apprenticeship_id for week in timesheets}, since, until)
    closed, shifts = closed_days(employers, since=since, until=until), shift_patterns(employers)
    answers = _answers(timesheets)
    found = {}
    for week in timesheets:
        employer, of_one = week.apprenticeship.employer_id, cells[week.apprenticeship_id]
        hints = hints_of_week(
            of_one[week.week_starts_on],
            [of_one[week.week_starts_on - number * WEEK] for number in range(1, LOOKED_BACK)],
            closed=closed[employer],
            shift_on=lambda day, patterns=shifts[employer]: shift_hours_on(day, patterns),
        )
        shown = [ShownHint(name_of(hint), sentence_of(hint), answers.get((week.pk, name_of(hint)))) for hint in hints]
        found[week.pk] = sorted(shown, key=lambda one: one.answer is not None)
    return found


def burst_of(decisions):
    """(Timesheet, ShownHint) where one person gave many of these approvals (TimesheetDecisions) within a minute, or
    None. It is answered at the first of their weeks."""
    by_person = defaultdict(list)
    for decision in decisions:
        by_person[decision.decided_by].append(decision)
    for person, own in by_person.items():
        weeks = largest_burst([decision.decided_at for decision in own])
        if weeks:
            first = min(own, key=lambda decision: decision.timesheet_id).timesheet
            answer = _answers([first]).get((first.pk, BURST))
            return first, ShownHint(BURST, sentence_of(Hint(BURST, weeks=weeks, title=str(person))), answer)
    return None


def name_of(hint):
    """What tells the hints of a week apart: the code, with the day where a day is meant."""
    return f"{hint.code}:{hint.day}" if hint.day else hint.code


def sentence_of(hint):
    about = {
        "weeks": hint.weeks,
        "day": date_format(hint.day, "l, F j") if hint.day else "",
        "hours": f"{hint.hours:.2f}",
        "shift": f"{hint.shift:.2f}",
        "title": hint.title,
    }
    return {
        IDENTICAL_WEEKS: _("%(weeks)s weeks in a row are the same, cell by cell. Was it really the same work?"),
        CLOSED_DAY: _("%(hours)s h on %(day)s, when the plant was closed (%(title)s)."),
        ABOVE_SHIFT: _("%(hours)s h on %(day)s. The shift has %(shift)s h."),
        BURST: _("%(title)s approved %(weeks)s weeks within one minute. Was each of them looked at?"),
    }[hint.code] % about


def _cells(apprenticeships, since, until):
    """{apprenticeship id: {first day of a week: {(process, day): hours}}} of what is claimed or was approved."""
    withdrawn = Q(timesheet__decisions__version=F("version"), timesheet__decisions__undone_at__isnull=False)
    rows = HourEntry.objects.filter(
        apprenticeship__in=apprenticeships,
        timesheet__week_starts_on__gte=since,
        timesheet__week_starts_on__lt=until,
    ).exclude(pk__in=HourEntry.objects.filter(withdrawn, apprenticeship__in=apprenticeships).values("pk"))
    found = defaultdict(lambda: defaultdict(dict))
    columns = ("apprenticeship", "timesheet__week_starts_on", "work_process", "worked_on", "hours")
    for key, starts_on, process, day, hours in rows.order_by().values_list(*columns):
        of_week = found[key][starts_on]
        of_week[process, day] = of_week.get((process, day), 0) + hours
    return found


def _answers(timesheets):
    """{(timesheet id, hint): the last answer}."""
    rows = HintAnswer.objects.filter(timesheet__in=[week.pk for week in timesheets]).select_related("answered_by")
    return {(row.timesheet_id, row.hint): row for row in rows.order_by("answered_at", "pk")}
