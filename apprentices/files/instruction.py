"""instruction.csv: one row is one attempt at a course, under way or with its result."""

from apprentices.files.cells import day, ref
from apprentices.models import InstructionRecord
from apprentices.rules.rows import InstructionRow
from employers.files.cells import longest, read_rows
from employers.models import OfferedCourse, TrainingProvider

_COURSE, _PROVIDER = longest(OfferedCourse, "title"), longest(TrainingProvider, "name")
_TERM, _GRADE = longest(InstructionRecord, "term"), longest(InstructionRecord, "grade")
_RESULTS = tuple(InstructionRecord.Result.values)


def read_instruction(source, name, **reading):
    """([InstructionRow], errors); `reading`: limits and progress of `read_rows`."""
    required = ("apprentice_ref", "course", "hours", "completed_on", "result")
    return read_rows(source, name, _row, required=required, optional=("provider", "term", "grade"), **reading)


def _row(cells):
    return InstructionRow(
        line=cells.line,
        apprentice_ref=ref(cells),
        course=cells.text("course", _COURSE, is_needed=True),
        provider=cells.text("provider", _PROVIDER),
        term=cells.text("term", _TERM),
        hours=cells.hours("hours"),
        completed_on=day(cells, "completed_on", is_needed=False),
        result=cells.choice("result", _RESULTS),
        grade=cells.text("grade", _GRADE),
    )
