"""Who supervises, mentors or stands in for an apprenticeship: dated rows that decide queues and mails."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apprentices.models import Apprenticeship, Supervision
from apprentices.permissions import decidable_by
from employers.permissions import NotAllowed, keeps_program
from imt.audit.actions import record


@transaction.atomic
def assign(*, apprenticeships, user, role, on, by):
    """From this day the user is SUPERVISOR, MENTOR or SUBSTITUTE of these apprenticeships; where it holds already,
    nothing changes. Managers and supervisors of the employer may, and staff. Returns the new rows."""
    _require(apprenticeships, by, on)
    held = Supervision.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), user=user, role=role, from_on__lte=on
    )
    keys = set(held.filter(apprenticeship__in=apprenticeships).values_list("apprenticeship", flat=True))
    new = [
        Supervision(apprenticeship=apprenticeship, user=user, role=role, from_on=on)
        for apprenticeship in apprenticeships
        if apprenticeship.pk not in keys
    ]
    Supervision.objects.bulk_create(new, batch_size=1000)
    details = {"user": user.pk, "role": str(role), "from_on": on.isoformat()}
    record("supervision.assigned", by=by, subjects=[row.apprenticeship for row in new], details=details)
    return new


@transaction.atomic
def end(*, supervisions, on, by):
    """The last day of these supervisions."""
    _require([row.apprenticeship for row in supervisions], by, on)
    Supervision.objects.filter(pk__in=[row.pk for row in supervisions]).update(until_on=on)
    details = {"until_on": on.isoformat()}
    record("supervision.ended", by=by, subjects=[row.apprenticeship for row in supervisions], details=details)


def _require(apprenticeships, by, on):
    if keeps_program(by):
        return
    keys = {apprenticeship.pk for apprenticeship in apprenticeships}
    if decidable_by(by, Apprenticeship.objects.filter(pk__in=keys), on=on).count() != len(keys):
        raise NotAllowed(_("Only the employer's own managers and supervisors may do this."))
