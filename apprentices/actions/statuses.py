"""Changing the status of apprenticeships by an act of a person, and saying when the agency was told."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.models import StatusChange
from apprentices.queries.hours import status_histories
from apprentices.rules.statuses import REGISTERED, may_follow
from employers.permissions import require_keeper
from imt.audit.actions import record


class StatusRefused(ValueError):
    """The status cannot be changed like this now. `refusals`: {ref: why}; nothing was written."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__("; ".join(f"{ref}: {why}" for ref, why in refusals.items()))


@transaction.atomic
def change_status(*, apprenticeships, status, on, by, reason=""):
    """From the start of the day `on` these apprenticeships are `status`. Returns the new StatusChanges; one that has
    this status from that day on already is left as it is.

    Follows the state table (rules/statuses.py); StatusRefused names everyone for whom it does not, or whose latest
    change is of a later day. The notice to the agency is an act of its own (`report`)."""
    require_keeper(by)
    moment = lock_facts([apprenticeship.pk for apprenticeship in apprenticeships])
    histories = status_histories([apprenticeship.pk for apprenticeship in apprenticeships])
    refusals, changing = {}, []
    for apprenticeship in apprenticeships:
        last_on, last = histories[apprenticeship.pk][-1] if histories[apprenticeship.pk] else (None, REGISTERED)
        if (last_on, last) == (on, status):
            continue
        why = _refusal(apprenticeship, last_on, last, status, on)
        if why:
            refusals[apprenticeship.ref] = why
        changing.append((apprenticeship, last))
    if refusals:
        raise StatusRefused(refusals)
    changes = write_statuses([apprenticeship for apprenticeship, _last in changing], status, on, reason, by, moment)
    facts_changed([apprenticeship.pk for apprenticeship, _last in changing])
    before = {apprenticeship.pk: last for apprenticeship, last in changing}
    record(
        "apprenticeship.status_changed",
        by=by,
        subjects=[apprenticeship for apprenticeship, _last in changing],
        details=lambda subject: {"from": before[subject.pk], "to": status, "on": on.isoformat(), "reason": reason},
    )
    return changes


def write_statuses(apprenticeships, status, on, reason, by, moment):
    """The rows of one change, inside an action that holds the locks."""
    return StatusChange.objects.bulk_create(
        [
            StatusChange(
                apprenticeship=apprenticeship,
                status=status,
                happened_on=on,
                reason=reason,
                recorded_at=moment,
                recorded_by=by,
            )
            for apprenticeship in apprenticeships
        ],
        batch_size=1000,
    )


def _refusal(apprenticeship, last_on, last, status, on):
    """Why this change is not due; None where it is."""
    if on < apprenticeship.registered_on:
        return _("registered on %(day)s, not before") % {"day": apprenticeship.registered_on}
    if last_on and on < last_on:
        return _("%(status)s since %(day)s: a change comes on that day or later") % {"status": last, "day": last_on}
    if not may_follow(status, last):
        return _("%(status)s does not follow %(last)s") % {"status": status, "last": last}
    return None


@transaction.atomic
def report(*, changes, on, by):
    """These StatusChanges were reported to the agency on that day."""
    require_keeper(by)
    StatusChange.objects.filter(pk__in=[change.pk for change in changes]).update(reported_on=on)
    subjects = [change.apprenticeship for change in changes]
    record("apprenticeship.status_reported", by=by, subjects=subjects, details={"on": on.isoformat()})
