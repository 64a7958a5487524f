"""competencies.csv: competencies signed off, by their number in the process; a column `note` may stand beside them."""

from apprentices.files.cells import day, ref
from apprentices.models import SignOff
from apprentices.rules.rows import SignOffRow
from employers.files.cells import longest, read_rows
from employers.models import WorkProcess

_PROCESS, _SIGNED_BY, _NOTE = longest(WorkProcess, "title"), longest(SignOff, "signed_by"), longest(SignOff, "note")
_MOST = 32_767


def read_competencies(source, name, **reading):
    """([SignOffRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("apprentice_ref", "work_process", "competency", "signed_on", "signed_by")
    return read_rows(source, name, _row, required=required, optional=("note",), **reading)


def _row(cells):
    return SignOffRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        work_process=cells.text("work_process", _PROCESS, is_needed=True),
        competency=cells.whole("competency", _MOST),
        signed_on=day(cells, "signed_on"),
        signed_by=cells.text("signed_by", _SIGNED_BY, is_needed=True),
        note=cells.text("note", _NOTE),
    )
