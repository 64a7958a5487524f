"""A committee recommends people for the journey card."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import open_posting
from apprentices.models import Recommendation
from employers.permissions import require_keeper
from imt.audit.actions import record


class RecommendationRefused(ValueError):
    """The committee is not that of the sponsor whose standards these are."""


@transaction.atomic
def recommend(*, apprenticeships, committee, on, by, note=""):
    """The committee decided on this day. Whom it has recommended already is left out. Returns the new rows."""
    require_keeper(by)
    for apprenticeship in apprenticeships:
        if apprenticeship.standards.sponsor_id != committee.sponsor_id:
            raise RecommendationRefused(_("%(ref)s: not this committee's sponsor.") % {"ref": apprenticeship.ref})
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    standing = Recommendation.objects.known().filter(apprenticeship__in=keys, committee=committee)
    held = set(standing.values_list("apprenticeship", flat=True))
    new = [apprenticeship for apprenticeship in apprenticeships if apprenticeship.pk not in held]
    moment = open_posting([apprenticeship.pk for apprenticeship in new])
    rows = Recommendation.objects.bulk_create(
        [
            Recommendation(
                apprenticeship=apprenticeship,
                committee=committee,
                decided_on=on,
                note=note,
                recorded_at=moment,
                recorded_by=by,
            )
            for apprenticeship in new
        ],
        batch_size=1000,
    )
    record(
        "apprenticeship.recommended", by=by, subjects=new, details={"committee": committee.name, "on": on.isoformat()}
    )
    return rows


@transaction.atomic
def withdraw(*, recommendation, reason, by):
    """Take a recommendation back."""
    require_keeper(by)
    moment = open_posting([recommendation.apprenticeship_id])
    standing = Recommendation.objects.known().filter(pk=recommendation.pk)
    if standing.update(voided_at=moment, voided_by=by):
        subjects = [recommendation.apprenticeship]
        record("apprenticeship.recommendation_withdrawn", by=by, subjects=subjects, details={"reason": reason})
