"""Taking a fact back: nothing is deleted or overwritten, and what it posted is reversed."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import open_posting
from apprentices.actions.posting import reverse
from apprentices.models import Credit, InstructionRecord, LedgerLine, OpeningBalance
from employers.permissions import require_keeper
from imt.audit.actions import record

_ORIGINS = {Credit: "credit", OpeningBalance: "opening_balance", InstructionRecord: "instruction_record"}


class ReasonMissing(ValueError):
    """Whoever takes a fact back says why."""


@transaction.atomic
def void(*, facts, reason, by):
    """Staff take back facts of one model: credits, opening balances, instruction records, credentials, sign-offs,
    status changes or moves. Their standing lines are reversed. One that was taken back before is left as it is."""
    require_keeper(by)
    take_back(facts=facts, reason=reason, by=by)


def take_back(*, facts, reason, by):
    """`void` without asking who: the part of an action that has asked."""
    if not reason.strip():
        raise ReasonMissing(_("Say why it is taken back."))
    if not facts:
        return
    model = type(facts[0])
    live = model.objects.known().filter(pk__in=[fact.pk for fact in facts])
    moment = open_posting(live.values_list("apprenticeship", flat=True))
    standing = list(live)  # read under the lock
    live.update(voided_at=moment, voided_by=by)
    if model in _ORIGINS:
        lines = LedgerLine.objects.standing().filter(**{f"{_ORIGINS[model]}__in": standing})
        reverse(list(lines.order_by("apprenticeship", "position")), reason=reason, by=by, moment=moment)
    record(f"{model._meta.model_name}.voided", by=by, subjects=standing, details={"reason": reason})
