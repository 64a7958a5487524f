"""Files of hours as foremen and time clocks export them: which line is the header, which column is which field
(contract: Files of hours), and the report that says of each line what became of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from apprentices.files.hour_headers import checked_mapping, find_columns, is_header, missing_header
from apprentices.rules.hour_lines import WEEKDAYS, HourRecord, WeekRecord
from imt.sheets import FROM_A_COMMAND, HeaderMissing, Table, open_table, text_of

# in the order in which _list and _weeks take them
LIST_CELLS = ("apprentice_ref", "worked_on", "work_process", "hours", "note", "entry_ref", "pay_code")
WEEK_CELLS = ("apprentice_ref", "week_ending", "work_process", *WEEKDAYS, "total", "note", "pay_code")
TEXTS = frozenset(("apprentice_ref", "work_process", "note", "entry_ref", "pay_code"))


@dataclass(frozen=True)
class HoursFile:
    """Iterated, it gives an HourRecord (list) or a WeekRecord (matrix) per line below the header, as often as wanted.

    `places`: {field: index of its column}, fields named as the contract does, weekdays Mon to Sun."""

    table: Table
    places: Mapping[str, int]
    is_matrix: bool

    @property
    def columns(self):
        """{field: text of its header}."""
        return {field: self.table.header.cells[place] for field, place in self.places.items()}

    def __iter__(self) -> Iterator[HourRecord | WeekRecord]:
        lines = _as_text(self.table, self.places) if self.table.is_workbook else self.table
        return _weeks(lines, self.places) if self.is_matrix else _list(lines, self.places)


def open_hours(source, name, *, mapping=None, limits=FROM_A_COMMAND):
    """Open a path or binary stream as an HoursFile.

    `mapping` {header text: field}, from `--map COLUMN=FIELD`, goes before what the names say. TableRefused where the
    file cannot be read, no header is found, a needed column is missing or two stand for one field; it says which
    `--map` settles it."""
    mapping = checked_mapping(mapping or {}, name)
    try:
        table = open_table(source, name, is_header=lambda cells: is_header(cells, mapping), limits=limits)
    except HeaderMissing as error:
        raise missing_header(error.tops, mapping, name) from error
    places, is_matrix = find_columns(table.header, mapping, name)
    return HoursFile(table, places, is_matrix)


def write_report(outcomes, columns, stream):
    """One JSON line per LineOutcome, in the order given; `columns`: `HoursFile.columns`."""
    for outcome in outcomes:
        line = {
            "line": outcome.line,
            "outcome": outcome.outcome,
            "field": outcome.field,
            "column": columns.get(outcome.cell or outcome.field),
            "found": outcome.found,
            "expected": outcome.expected,
        }
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _list(lines, places):
    ref, day, process, hours, note, entry_ref, pay_code = (places.get(field, -1) for field in LIST_CELLS)
    width = max(places.values()) + 1
    new = tuple.__new__  # half the time that HourRecord(…) takes: a file has a million of them
    for line, cells in lines:
        _fill(cells, width)
        yield new(
            HourRecord,
            (
                line,
                cells[ref],
                cells[day],
                cells[process],
                cells[hours],
                cells[note],
                cells[entry_ref],
                cells[pay_code],
                cells,
            ),
        )


def _weeks(lines, places):
    take = itemgetter(*(places.get(field, -1) for field in WEEK_CELLS))
    width = max(places.values()) + 1
    for line, cells in lines:
        _fill(cells, width)
        ref, week_ending, process, *days, total, note, pay_code = take(cells)
        yield WeekRecord(line, ref, week_ending, process, tuple(days), total, note, pay_code, cells)


def _fill(cells, width):
    """Short lines get their missing cells, and every line an empty one at its end: the cell of absent columns."""
    if len(cells) < width:
        cells.extend([""] * (width - len(cells)))
    cells.append("")


def _as_text(table, places):
    """Lines of a workbook with text where the rules read text: a ref typed as a number is its digits."""
    texts = [place for field, place in places.items() if field in TEXTS]
    for line, cells in table:
        for place in texts:
            if place < len(cells):
                cells[place] = text_of(cells[place])
        yield line, cells
