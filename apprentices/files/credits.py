"""credits.csv: hours granted for prior experience, tied to a process or course or to neither."""

from apprentices.files.cells import day, ref
from apprentices.models import Credit
from apprentices.models.credits import KINDS
from apprentices.rules.rows import CreditRow
from employers.files.cells import longest, read_rows
from employers.models import WorkProcess

_KINDS = tuple(kind for kind, _title in KINDS)
_SUBJECT, _REASON = longest(WorkProcess, "title"), longest(Credit, "reason")


def read_credits(source, name, **reading):
    """([CreditRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("apprentice_ref", "kind", "work_process_or_course", "hours", "decided_on")
    return read_rows(source, name, _row, required=required, optional=("reason",), **reading)


def _row(cells):
    return CreditRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        kind=cells.choice("kind", _KINDS),
        work_process_or_course=cells.text("work_process_or_course", _SUBJECT),
        hours=cells.hours("hours"),
        decided_on=day(cells, "decided_on"),
        reason=cells.text("reason", _REASON),
    )
