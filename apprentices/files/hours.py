"""Files of hours as foremen and time clocks export them: which line is the header, which column is which field
(contract: Files of hours), and the report that says of each line what became of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from apprentices.files.hour_headers import MATRIX, PUNCHES, checked_mapping, find_columns, is_header, missing_header
from apprentices.rules.hour_lines import WEEKDAYS, HourRecord, PunchRecord, WeekRecord
from apprentices.rules.punches import Punch, hours_of_punches
from imt.sheets import FROM_A_COMMAND, HeaderMissing, Table, open_table, text_of

# in the order in which _list and _weeks take them
LIST_CELLS = ("apprentice_ref", "worked_on", "work_process", "hours", "note", "entry_ref", "pay_code")
WEEK_CELLS = ("apprentice_ref", "week_ending", "work_process", *WEEKDAYS, "total", "note", "pay_code")
PUNCH_CELLS = ("apprentice_ref", "worked_on", "time_in", "time_out", "work_process", "note", "pay_code")
OVERTIME = ("overtime", "doubletime")
TEXTS = frozenset(("apprentice_ref", "work_process", "note", "entry_ref", "pay_code"))


@dataclass(frozen=True)
class HoursFile:
    """Iterated, it gives an HourRecord (list), a WeekRecord (matrix) or a PunchRecord (punch list) per line below the
    header, as often as wanted. A punch list is held in memory as a whole: who left when says more than a line knows.

    `places`: {field: index of its column}, fields named as the contract does, weekdays Mon to Sun. `repairs`: {line:
    {field: text that stands in its place}}."""

    table: Table
    places: Mapping[str, int]
    kind: str
    day_first: bool = False
    repairs: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def columns(self):
        """{field: text of its header}."""
        return {name: self.table.header.cells[place] for name, place in self.places.items()}

    def lines(self):
        """(line, cells) below the header, repaired; of a workbook with text where the rules read text."""
        lines = _as_text(self.table, self.places) if self.table.is_workbook else self.table
        return _repaired(lines, self.places, self.repairs) if self.repairs else lines

    def __iter__(self) -> Iterator[HourRecord | WeekRecord | PunchRecord]:
        lines = self.lines()
        if self.kind == PUNCHES:
            return iter(hours_of_punches(_punches(lines, self.places), self.day_first))
        return _weeks(lines, self.places) if self.kind == MATRIX else _list(lines, self.places)


def open_hours(source, name, *, mapping=None, day_first=False, repairs=None, limits=FROM_A_COMMAND):
    """Open a path or binary stream as an HoursFile.

    `mapping` {header text: field}, from `--map COLUMN=FIELD`, goes before what the names say; `day_first` is asked of
    punch lists, whose days are read here. TableRefused where the file cannot be read, no header is found, a needed
    column is missing or two stand for one field; it says which `--map` settles it."""
    mapping = checked_mapping(mapping or {}, name)
    try:
        table = open_table(source, name, is_header=lambda cells: is_header(cells, mapping), limits=limits)
    except HeaderMissing as error:
        raise missing_header(error.tops, mapping, name) from error
    places, kind = find_columns(table.header, mapping, name)
    return HoursFile(table, places, kind, day_first, repairs or {})


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
    overtime = [(field, places[field]) for field in OVERTIME if field in places]
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
                tuple((field, cells[place]) for field, place in overtime) if overtime else (),
            ),
        )


def _weeks(lines, places):
    take = itemgetter(*(places.get(field, -1) for field in WEEK_CELLS))
    width = max(places.values()) + 1
    for line, cells in lines:
        _fill(cells, width)
        ref, week_ending, process, *days, total, note, pay_code = take(cells)
        yield WeekRecord(line, ref, week_ending, process, tuple(days), total, note, pay_code, cells)


def _punches(lines, places):
    take = itemgetter(*(places.get(field, -1) for field in PUNCH_CELLS))
    width = max(places.values()) + 1
    for line, cells in lines:
        _fill(cells, width)
        yield Punch(line, *take(cells), cells)


def _repaired(lines, places, repairs):
    """Lines with what a person has put in place of a cell."""
    width = max(places.values()) + 1
    for line, cells in lines:
        if line in repairs:
            cells = [*cells, *[""] * (width - len(cells))]
            for field, text in repairs[line].items():
                if field in places:
                    cells[places[field]] = text
        yield line, cells


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
