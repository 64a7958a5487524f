"""Whom hours concern, and what they are told."""

from apprentices.models import Apprenticeship, HourEntry
from imt.accounts.models import User
from imt.accounts.notifications import queue
from imt.queue import wake


def tell_returned(weeks, *, reason, by, moment):
    """Tell the other side that weeks (Timesheets) were sent back: who logged the hours, who sent them in, and the
    apprentice; not who sent them back. The notices are queued in the caller's transaction."""
    if not weeks:
        return
    for week, concerned in _concerned(weeks).items():
        details = {
            "ref": week.apprenticeship.ref,
            "week": week.week_starts_on.isoformat(),
            "by": by.name,
            "reason": reason,
        }
        queue("hours.returned", to=[user for user in concerned if user != by], details=details, moment=moment)
    wake("accounts.send_notices")


def _concerned(weeks):
    """{timesheet: users who sign in} in three queries."""
    keys = {week.pk: {week.submitted_by_id} for week in weeks}
    for week, user in HourEntry.objects.filter(timesheet__in=keys).values_list("timesheet", "logged_by").distinct():
        keys[week].add(user)
    own = dict(
        Apprenticeship.objects.filter(timesheets__in=keys, apprentice__user__isnull=False).values_list(
            "pk", "apprentice__user"
        )
    )
    for week in weeks:
        keys[week.pk].add(own.get(week.apprenticeship_id))
    people = User.objects.filter(kind=User.Kind.PERSON, is_active=True).in_bulk(set().union(*keys.values()) - {None})
    return {week: [people[key] for key in sorted(keys[week.pk] & people.keys())] for week in weeks}
