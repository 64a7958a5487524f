"""opening.csv: what was earned on paper before the first day here."""

from apprentices.files.cells import day, ref
from apprentices.models import OpeningBalance
from apprentices.models.credits import KINDS
from apprentices.rules.rows import OpeningRow
from employers.files.cells import longest, read_rows
from employers.models import WorkProcess

_KINDS = tuple(kind for kind, _title in KINDS)
_SUBJECT = longest(WorkProcess, "title")
_EVIDENCE, _APPROVED_BY = longest(OpeningBalance, "evidence"), longest(OpeningBalance, "approved_by_text")


def read_opening(source, name, **reading):
    """([OpeningRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("apprentice_ref", "kind", "work_process_or_course", "hours", "through_on")
    return read_rows(source, name, _row, required=required, optional=("evidence", "approved_by"), **reading)


def _row(cells):
    return OpeningRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        kind=cells.choice("kind", _KINDS),
        work_process_or_course=cells.text("work_process_or_course", _SUBJECT, is_needed=True),
        hours=cells.hours("hours"),
        through_on=day(cells, "through_on"),
        evidence=cells.text("evidence", _EVIDENCE),
        approved_by=cells.text("approved_by", _APPROVED_BY),
    )
