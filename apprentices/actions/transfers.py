"""Taking posted hours over from an earlier agreement of the same person."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import open_posting
from apprentices.actions.posting import post_lines
from apprentices.actions.statuses import write_statuses
from apprentices.models import Apprenticeship, LedgerLine, Transfer
from apprentices.queries.facts import facts_for
from apprentices.queries.naming import apprenticeships_named
from apprentices.rules.journey_cards import instruction_hours
from apprentices.rules.statuses import ENDED, TRANSFERRED
from employers.models import WorkProcess
from employers.permissions import require_keeper
from imt.audit.actions import record


class TransferRefused(ValueError):
    """These hours cannot be taken over; the message says why."""


@dataclass(frozen=True, slots=True)
class _Sum:
    kind: str
    code: str
    hours: object


@transaction.atomic
def take_over(*, from_, to, on, by, reason=""):
    """The agreement `to` takes over what `from_` has on the day `on`: one TRANSFER line per work process and per
    course, dated that day; hours that are tied to neither go over as such. The earlier agreement, unless it has ended,
    is TRANSFERRED from that day. Returns the Transfer; the one that is there already where nothing is new.

    A process goes over by its code; one that the new standards do not have stays its old self and counts for none. A
    course counts with the hours that it counted with (latest pass, else credits). TransferRefused for another person,
    or where `to` has taken over from elsewhere. (contract: Who and what is known)"""
    require_keeper(by)
    if from_.apprentice_id != to.apprentice_id:
        raise TransferRefused(_("The agreements are of two people."))
    moment = open_posting([from_.pk, to.pk])
    before = Transfer.objects.filter(apprenticeship=to).first()
    if before:
        if before.from_apprenticeship_id == from_.pk:
            return before
        raise TransferRefused(_("%(ref)s has taken hours over before.") % {"ref": to.ref})
    known = facts_for(Apprenticeship.objects.filter(pk=from_.pk), as_of=on)[from_.pk]
    transfer = Transfer.objects.create(
        from_apprenticeship=from_,
        apprenticeship=to,
        happened_on=on,
        reason=reason,
        recorded_at=moment,
        recorded_by=by,
    )
    sums = list(_sums(known.facts))
    post_lines(_lines(transfer, sums), by=by, moment=moment)
    if known.facts.status not in ENDED:
        write_statuses([from_], TRANSFERRED, on, reason, by, moment)
    details = {"from": from_.ref, "to": to.ref, "on": on.isoformat(), "lines": len(sums)}
    record("apprenticeship.hours_taken_over", by=by, subjects=[from_, to], details=details)
    return transfer


def _lines(transfer, sums):
    codes = [each.code for each in sums if each.kind == LedgerLine.Kind.OJL and each.code]
    processes = _processes(transfer.from_apprenticeship, transfer.apprenticeship, codes, transfer.happened_on)
    return [
        LedgerLine(
            apprenticeship=transfer.apprenticeship,
            kind=each.kind,
            work_process_id=processes.get(each.code) if each.kind == LedgerLine.Kind.OJL else None,
            course_code=each.code if each.kind == LedgerLine.Kind.RI else "",
            hours=each.hours,
            happened_on=transfer.happened_on,
            source=LedgerLine.Source.TRANSFER,
            transfer=transfer,
        )
        for each in sums
    ]


def _sums(facts):
    """What goes over, hours above zero alone."""
    courses, not_tied = instruction_hours(facts.instruction)
    sums = [
        *(_Sum("OJL", code, hours) for code, hours in sorted(facts.ojl_by_process.items())),
        _Sum("OJL", "", facts.ojl_not_tied),
        *(_Sum("RI", code, hours) for code, hours in sorted(courses.items())),
        _Sum("RI", "", not_tied),
    ]
    return (each for each in sums if each.hours > 0)


def _processes(from_, to, codes, on):
    """{code: work process id} under the standards in force for `to`, else those of the earlier lines."""
    earlier = LedgerLine.objects.filter(apprenticeship=from_, work_process__isnull=False).values("work_process")
    old = WorkProcess.objects.filter(pk__in=earlier, code__in=codes).order_by("pk").values_list("code", "pk")
    names = apprenticeships_named([to.ref], on=on)[to.ref].names
    return dict(old) | {code: pk for pk, code in names.codes.items() if code in codes}
