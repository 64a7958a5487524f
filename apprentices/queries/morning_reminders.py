"""What people are to be reminded of on a day: {user id: [(key, row)]}, where the key makes it the same reminder and the
row is what the mail says of it. Each for a list of Apprenticeships with their apprentice and employer; set-based."""

from collections import defaultdict
from datetime import timedelta

from apprentices.models import Apprenticeship, Timesheet
from apprentices.queries.deciders import deciders_of, with_whom
from apprentices.queries.due_weeks import due_weeks
from apprentices.queries.facts import facts_for
from apprentices.queries.review_signers import review_signers
from apprentices.queries.reviews import reviews_due
from apprentices.queries.wages import paid_rates, wage_answers
from apprentices.rules.due_weeks import DUE, NOT_DUE, OVERDUE
from apprentices.rules.journey_cards import assess
from employers.models import EmployerMembership
from employers.queries.calendars import settings_on
from imt.accounts.models import User

DAY = timedelta(days=1)
WEEKS_LOOKED_BACK = 5
TOLD_BEFORE = DAY  # a week is called due on the day before its last, and on that day itself


def waiting_approvals(apprenticeships, *, today):
    """The weeks whose turn it is with somebody, each for who has the turn."""
    weeks = list(
        Timesheet.objects.awaiting_decision()
        .filter(apprenticeship__in=[one.pk for one in apprenticeships])
        .order_by("week_starts_on")
    )
    people = {one.pk: one for one in apprenticeships}
    whom = with_whom(weeks, today=today)
    found = defaultdict(list)
    for week in weeks:
        one = people[week.apprenticeship_id]
        row = {"person": str(one.apprentice), "ref": one.ref, "week": week.week_starts_on.isoformat()}
        for user in whom[week.pk].turn.people:
            found[user].append((f"{week.pk}:{week.version}", row))
    return found


def missing_weeks(apprenticeships, *, today):
    """(due soon, overdue): weeks that nobody has put up, for who logs them: the apprentice where the employer lets
    apprentices log, else the own supervisors, or all of the employer."""
    loggers = _loggers(apprenticeships, today)
    soon, overdue = defaultdict(list), defaultdict(list)
    found = due_weeks(apprenticeships, today=today, weeks=WEEKS_LOOKED_BACK)
    for one in apprenticeships:
        for due in found[one.pk]:
            is_soon = due.standing in (DUE, NOT_DUE) and due.due_on - TOLD_BEFORE <= today
            if not is_soon and due.standing != OVERDUE:
                continue
            row = {
                "person": str(one.apprentice),
                "ref": one.ref,
                "week": due.week.starts_on.isoformat(),
                "due": due.due_on.isoformat(),
            }
            for user in loggers[one.pk]:
                (soon if is_soon else overdue)[user].append((f"{one.pk}:{row['week']}", row))
    return soon, overdue


def reached_steps(apprenticeships, *, today):
    """Steps of the wage scale that are reached while the firm pays less, or where nothing says what it pays since the
    first one, for the employer's managers and for staff."""
    keys = [one.pk for one in apprenticeships]
    managers = _managers(apprenticeships, today)
    staff = set(User.objects.filter(is_staff=True).values_list("pk", flat=True))
    known = facts_for(Apprenticeship.objects.filter(pk__in=keys), as_of=today)
    assessments = {key: assess(of_one.standards, of_one.facts) for key, of_one in known.items()}
    answers = wage_answers(apprenticeships, known, assessments, as_of=today)
    paid = paid_rates(keys, on=today)
    found = defaultdict(list)
    for one in apprenticeships:
        answer, rate = answers[one.pk], paid.get(one.pk)
        if not _is_raise_due(answer, rate):
            continue
        row = {
            "person": str(one.apprentice),
            "ref": one.ref,
            "step": answer.step.title,
            "amount": str(answer.amount),
            "paid": str(rate.hourly_rate) if rate else "",
        }
        for user in managers[one.employer_id] | staff:
            found[user].append((f"{one.pk}:{answer.step.position}", row))
    return found


def due_reviews(apprenticeships, *, today):
    """Reviews that are due within two weeks, or over, and not under way, for who has the mentor's part."""
    due = {key: one for key, one in reviews_due(apprenticeships, today).items() if one.review is None}
    people = [one for one in apprenticeships if one.pk in due]
    signers = review_signers(people, on=today)
    found = defaultdict(list)
    for one in people:
        day = due[one.pk].due_on.isoformat()
        for user in signers[one.pk].told["MENTOR"]:
            found[user].append((f"{one.pk}:{day}", {"person": str(one.apprentice), "ref": one.ref, "due": day}))
    return found


def _is_raise_due(answer, rate):
    if answer.step is None or answer.amount is None:
        return False
    return rate.hourly_rate < answer.amount if rate else answer.step.position > 1


def _loggers(apprenticeships, today):
    """{apprenticeship id: ids of the users who are to log}."""
    settings = settings_on({one.employer_id for one in apprenticeships}, on=today)
    people = {one.pk: (one.employer_id, one.apprentice.user_id, one.employer.time_zone) for one in apprenticeships}
    deciders, _names = deciders_of(people, on=today)
    found = {}
    for one in apprenticeships:
        own, of_one = one.apprentice.user_id, deciders[one.pk]
        if own and settings[one.employer_id].apprentices_log_hours:
            found[one.pk] = {own}
        else:
            found[one.pk] = of_one.supervisors or of_one.everybody
    return found


def _managers(apprenticeships, today):
    found = defaultdict(set)
    rows = EmployerMembership.objects.in_force(today).filter(
        employer__in={one.employer_id for one in apprenticeships}, role=EmployerMembership.Role.MANAGER
    )
    for employer, user in rows.values_list("employer", "user"):
        found[employer].add(user)
    return found
