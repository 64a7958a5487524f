"""What became of one hour entry: claimed, approved, amended, taken back, moved; each step with who, when and why."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apprentices.models import LedgerLine
from apprentices.rules.journey_cards import ZERO
from employers.models import WorkProcess
from imt.accounts.models import User

CLAIMED, APPROVED, AMENDED, TAKEN_BACK = "CLAIMED", "APPROVED", "AMENDED", "TAKEN_BACK"


@dataclass(frozen=True, slots=True)
class Step:
    """`hours` count after the step as `process`, `before` and `process_before` did until then; of a claim nothing
    counts yet. `positions` are those of its lines in the ledger."""

    kind: str
    at: datetime
    by: User
    before: Decimal
    hours: Decimal
    process: WorkProcess
    process_before: WorkProcess | None
    reason: str = ""
    positions: tuple[int, ...] = ()


def steps_of(entry):
    """The Steps of an HourEntry (with its process and logger), in the order in which they happened. One query.

    A reversal and the line that takes its place, posted in one act, are one step."""
    steps = [Step(CLAIMED, entry.logged_at, entry.logged_by, ZERO, entry.hours, entry.work_process, None)]
    lines = list(
        LedgerLine.objects.filter(entry=entry).select_related("work_process", "posted_by").order_by("position")
    )
    counts, process = ZERO, None
    while lines:
        line = lines.pop(0)
        positions, reason, before, process_before = (line.position,), line.reason, counts, process
        if line.source == LedgerLine.Source.REVERSAL:
            counts = ZERO
            kind = TAKEN_BACK
            if lines and lines[0].posted_at == line.posted_at:
                line = lines.pop(0)
                positions, counts, process, kind = (*positions, line.position), line.hours, line.work_process, AMENDED
        else:
            counts, process = line.hours, line.work_process
            kind = AMENDED if reason else APPROVED
        steps.append(
            Step(
                kind,
                line.posted_at,
                line.posted_by,
                before,
                counts,
                process or entry.work_process,
                process_before,
                reason,
                positions,
            )
        )
    return steps
