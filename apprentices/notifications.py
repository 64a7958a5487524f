"""Whom hours, reviews and wishes concern, and what they are told."""

from apprentices.models import Apprenticeship, HourEntry, Part
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


def tell_turn(review, part, users, *, moment):
    """Ask these users (ids) for a part of a review: it is their turn."""
    one = review.apprenticeship
    details = {
        "ref": one.ref,
        "person": str(one.apprentice),
        "part": Part(part).value,
        "due": review.due_on.isoformat() if review.due_on else "",
    }
    _tell("review.asked", users, details, moment)


def tell_held(review, apprenticeship, parts, *, by, moment):
    """Tell the apprentice and all who signed that the review is complete; not who signed last."""
    users = {apprenticeship.apprentice.user_id, *(part.signed_by_id for part in parts)} - {by.pk}
    details = {
        "ref": apprenticeship.ref,
        "person": str(apprenticeship.apprentice),
        "held": review.held_on.isoformat(),
        "by": by.name,
    }
    _tell("review.held", users, details, moment)


def tell_answered(wish, *, by, moment):
    """Tell the apprentice and who wished that a wish is answered."""
    users = {wish.apprenticeship.apprentice.user_id, wish.wished_by_id} - {by.pk}
    details = {"ref": wish.apprenticeship.ref, "wish": wish.text, "answer": wish.answer, "by": by.name}
    _tell("wish.answered", users, details, moment)


def _tell(kind, users, details, moment):
    """Queue one notice to each of these users (ids or None) who signs in."""
    people = User.objects.filter(kind=User.Kind.PERSON, is_active=True, pk__in=[key for key in users if key])
    if queue(kind, to=list(people.order_by("pk")), details=details, moment=moment):
        wake("accounts.send_notices")


def tell_reminded(apprenticeship, week_starts_on, people, *, by, on, moment):
    """Tell users that the hours of a week are due, each once a day and week. Returns those who are told now."""
    details = {"ref": apprenticeship.ref, "week": week_starts_on.isoformat(), "by": by.name}
    once = f"{apprenticeship.pk}:{week_starts_on}:{on}"
    told = {notice.to_id for notice in queue("hours.reminded", to=people, details=details, moment=moment, once=once)}
    wake("accounts.send_notices")
    return [user for user in people if user.pk in told]
