"""How often the standards ask for a review of progress: staff say it, no workbook does."""

from django.db import transaction

from employers.models import Standards
from employers.permissions import require_keeper
from imt.audit.actions import record


@transaction.atomic
def set_review_interval(*, standards, days, by):
    """Reviews are due every so many days (None: never) under these standards, published or not: it is no number that
    the card is judged by. Said again, nothing changes."""
    require_keeper(by)
    row = Standards.objects.select_for_update(no_key=True).get(pk=standards.pk)
    if row.review_interval_days == days:
        return row
    before, row.review_interval_days = row.review_interval_days, days
    row.save(update_fields=["review_interval_days"])
    record("standards.review_interval_set", by=by, subjects=[row], details={"days": [before, days]})
    return row
