"""Reminders by the clock: asked again and again, told once, in the morning of the employer, to those alone whom
something waits for. One mail a day of each kind lists all that is new."""

from datetime import timedelta

from django.db import transaction

from apprentices.models import Apprenticeship
from apprentices.queries.crew import IN_PROGRAM, with_status
from apprentices.queries.hours import days_at
from apprentices.queries.morning_reminders import due_reviews, missing_weeks, reached_steps, waiting_approvals
from apprentices.rules.mornings import is_morning
from employers.models import Employer
from imt.accounts.models import Notice, User
from imt.accounts.notifications import queue_each
from imt.queue import wake

REMEMBERED = timedelta(days=400)  # what was told longer ago may be told again


def remind_this_morning(*, moment):
    """Queue the reminders of every employer where it is morning. Returns how many; a second call queues none."""
    zones = set(Employer.objects.order_by().values_list("time_zone", flat=True).distinct())
    days = days_at([zone for zone in zones if is_morning(moment, zone)], moment)
    return sum(_remind_at(zone, today, moment) for zone, today in sorted(days.items()))


@transaction.atomic
def _remind_at(zone, today, moment):
    """For the employers of one time zone, where `today` is the day."""
    there = with_status(Apprenticeship.objects.filter(employer__time_zone=zone), on=today)
    people = list(
        there.filter(status__in=IN_PROGRAM).select_related("apprentice", "employer").order_by("employer", "ref")
    )
    if not people:
        return 0
    soon, overdue = missing_weeks(people, today=today)
    told = [
        # what still waits is said again each day; the rest once
        _digest("approvals.waiting", waiting_approvals(people, today=today), today, moment, is_said_again=True),
        _digest("week.due_soon", soon, today, moment),
        _digest("week.overdue", overdue, today, moment),
        _digest("wage_step.reached", reached_steps(people, today=today), today, moment),
        _digest("review.due", due_reviews(people, today=today), today, moment),
    ]
    if any(told):
        wake("accounts.send_notices")
    return sum(told)


def _digest(kind, items, today, moment, *, is_said_again=False):
    """Queue one notice to each user of `items` {user id: [(key, row)]} that lists what they were not told yet. Returns
    how many."""
    known = {} if is_said_again else _told(kind, items, moment)
    new = {
        user: [(key, row) for key, row in of_user if key not in known.get(user, ())] for user, of_user in items.items()
    }
    new = {user: of_user for user, of_user in new.items() if of_user}
    users = User.objects.filter(pk__in=new, kind=User.Kind.PERSON, is_active=True).order_by("pk")
    told = [
        (user, {"rows": [row for _key, row in new[user.pk]], "keys": [key for key, _row in new[user.pk]]})
        for user in users
    ]
    return len(queue_each(kind, told, moment=moment, once=today.isoformat()))


def _told(kind, users, moment):
    """{user id: keys of what they were told of this kind}."""
    found = {}
    notices = Notice.objects.filter(kind=kind, to__in=users, queued_at__gte=moment - REMEMBERED)
    for user, details in notices.values_list("to", "details"):
        found.setdefault(user, set()).update(details["keys"])
    return found
