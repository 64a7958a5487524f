"""Reminding those who should log a week that is due: one click, told once a day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.models import Apprenticeship
from apprentices.notifications import tell_reminded
from apprentices.permissions import decidable_by
from apprentices.queries.deciders import who_should_log
from imt.audit.actions import record


class RemindRefused(ValueError):
    """Nobody was reminded; the message says why."""


@transaction.atomic
def remind(*, apprenticeship, week_starts_on, by, on):
    """Tell those who should log this week that it is due. Returns the names of those who are told now; who was told
    today already is left out. RemindRefused where it is not the user's to ask or nobody is there to be told."""
    if not decidable_by(by, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=on).exists():
        raise RemindRefused(_("This week is not yours to decide on."))
    people = [user for user in who_should_log(apprenticeship, on=on) if user != by]
    if not people:
        raise RemindRefused(_("You are the one who logs these hours: nobody else is there to be reminded."))
    told = tell_reminded(apprenticeship, week_starts_on, people, by=by, on=on, moment=timezone.now())
    if told:
        details = {"week": week_starts_on.isoformat(), "told": [user.pk for user in told]}
        record("hours.reminded", by=by, subjects=[apprenticeship], details=details)
    return [user.name for user in told]
