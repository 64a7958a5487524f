"""The firm's rate of pay and job title beside the IMT title: dated, and they go on after the card."""

from django.db import transaction

from apprentices.actions.facts import open_posting
from apprentices.models import JobTitle, WageRate
from employers.permissions import require_keeper
from imt.audit.actions import record


@transaction.atomic
def raise_to(*, apprenticeships, hourly_rate, on, by, reason=""):
    """From this day the firm pays this rate (Decimal, dollars). Said again for the same day, the later word counts and
    the earlier one is voided; the same word changes nothing. Returns the new rows."""
    values = {"hourly_rate": hourly_rate, "reason": reason}
    return _write(WageRate, "wage.raised", apprenticeships, values, "hourly_rate", on, by)


@transaction.atomic
def give_title(*, apprenticeships, title, on, by, department=""):
    """From this day the firm calls the work so. Voids and repeats as `raise_to` does."""
    values = {"title": title, "department": department}
    return _write(JobTitle, "job_title.given", apprenticeships, values, "title", on, by)


def _write(model, event, apprenticeships, values, named, on, by):
    require_keeper(by)
    keys = {apprenticeship.pk for apprenticeship in apprenticeships}
    live = model.objects.known().filter(apprenticeship__in=keys, from_on=on)
    said = set(live.filter(**values).values_list("apprenticeship", flat=True))
    changing = [apprenticeship for apprenticeship in apprenticeships if apprenticeship.pk not in said]
    moment = open_posting([apprenticeship.pk for apprenticeship in changing])
    live.filter(apprenticeship__in=changing).update(voided_at=moment, voided_by=by)
    rows = model.objects.bulk_create(
        [
            model(apprenticeship=apprenticeship, from_on=on, recorded_at=moment, recorded_by=by, **values)
            for apprenticeship in changing
        ],
        batch_size=1000,
    )
    details = {named: str(values[named]), "from_on": on.isoformat()}
    record(event, by=by, subjects=changing, details=details)
    return rows
