"""Moving apprenticeships to another version of standards: explicit, and recorded person by person with before and
after."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.models import Apprenticeship, StandardsMove
from apprentices.queries.eligibility import assessment_document
from apprentices.queries.facts import facts_for
from apprentices.queries.standards import standards_facts
from apprentices.rules.journey_cards import as_text
from employers.actions.standards import freeze
from employers.permissions import require_keeper
from imt.audit.actions import record


class MoveRefused(ValueError):
    """These apprenticeships cannot go under those standards; nothing was written."""


@dataclass(frozen=True, slots=True)
class Moved:
    """`before` and `after` are answers as the contract has them (Eligibility). Hours go with the code of their process:
    `carried` {code: hours} count under the process of the same code, `left_behind` count for none any more."""

    apprenticeship: Apprenticeship
    before: dict
    after: dict
    carried: dict
    left_behind: dict


@transaction.atomic
def move(*, apprenticeships, to, on, reason, by):
    """From the day `on` these apprenticeships are judged under the version `to`, which is published by it. Returns one
    Moved each; who is under that version already is left out. MoveRefused for another sponsor's standards."""
    require_keeper(by)
    keys = [apprenticeship.pk for apprenticeship in apprenticeships]
    moment = lock_facts(keys)
    known = facts_for(Apprenticeship.objects.filter(pk__in=keys).select_related("standards"), as_of=on)
    target = standards_facts([to.pk])[to.pk]
    moved = []
    for apprenticeship in apprenticeships:
        if apprenticeship.standards.sponsor_id != to.sponsor_id:
            raise MoveRefused(_("%(ref)s: these are another sponsor's standards.") % {"ref": apprenticeship.ref})
        if known[apprenticeship.pk].standards_id != to.pk:
            moved.append(_moved(apprenticeship, known[apprenticeship.pk], target, on, moment))
    StandardsMove.objects.bulk_create(
        [
            StandardsMove(
                apprenticeship=each.apprenticeship,
                standards=to,
                happened_on=on,
                reason=reason,
                before=each.before,
                after=each.after,
                recorded_at=moment,
                recorded_by=by,
            )
            for each in moved
        ],
        batch_size=500,
    )
    if moved:
        freeze(standards=[to], by=by)
    facts_changed([each.apprenticeship.pk for each in moved])
    record(
        "apprenticeship.moved",
        by=by,
        subjects=[each.apprenticeship for each in moved],
        details={"to": str(to), "on": on.isoformat(), "reason": reason},
    )
    return moved


def _moved(apprenticeship, known, target, on, moment):
    hours = known.facts.ojl_by_process
    codes = {rule.code for rule in target.processes}
    return Moved(
        apprenticeship=apprenticeship,
        before=assessment_document(known, as_of=on, known_at=moment),
        after=assessment_document(replace(known, standards=target), as_of=on, known_at=moment),
        carried={code: as_text(total) for code, total in sorted(hours.items()) if code in codes},
        left_behind={code: as_text(total) for code, total in sorted(hours.items()) if code not in codes},
    )
