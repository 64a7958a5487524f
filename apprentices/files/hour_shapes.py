"""How the files of an employer look: the shape that fits a new file, and the columns for a person to correct."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from apprentices.files.hour_headers import LEFT_OUT, find_columns, is_header, recognized
from apprentices.files.hours import HoursFile
from imt.sheets import FROM_A_PAGE, Header, HeaderMissing, TableRefused, open_table, text_of

SAMPLES = 3


@dataclass(frozen=True)
class Columns:
    """The columns of a file before a person has looked at them. `columns` {header text: field, "" where left out};
    `samples`: of each column the first cells that hold something; `problem`: what the names leave open; `shape` is that
    of the shapes given which fits."""

    header: Header
    columns: Mapping[str, str]
    samples: list[list]
    problem: str = ""
    shape: object = None


def look_at(source, name, shapes=(), *, header_line=None):
    """The Columns of an uploaded file (a seekable binary stream). Of the shapes (each with `columns`) the first that
    fits is taken; else what the names say. `header_line`: the line that a person has pointed at.

    TableRefused where the file cannot be read at all."""
    for shape in shapes if header_line is None else ():
        try:
            table, mapping = _open_by(shape.columns, source, name)
            places, _kind = find_columns(table.header, mapping, name)
        except TableRefused:
            continue
        return _columns(table, {place: field for field, place in places.items()}, shape=shape)
    table = _open_anyhow(source, name, header_line)
    problem = ""
    try:
        find_columns(table.header, {}, name)
    except TableRefused as error:
        problem = str(error)
    return _columns(table, recognized(table.header.cells, {}), problem=problem)


def fitted(columns, cells):
    """{column as this header has it: field} of a shape's columns: those that are absent are left away, and of several
    that stand for one field the first is taken."""
    known = {_compared(column): field for column, field in columns.items()}
    mapping = {}
    for cell in cells:
        field = known.get(_compared(cell))
        if field == LEFT_OUT or (field is not None and field not in mapping.values()):
            mapping[cell] = field
    return mapping


def open_by_columns(source, name, columns, *, day_first=False, repairs=None, limits=FROM_A_PAGE):
    """The HoursFile of an upload whose columns {header text: field, "" where left out} are named."""
    table = open_table(source, name, is_header=lambda cells: _is_named(cells, columns), limits=limits)
    places, kind = find_columns(table.header, dict(columns), name)
    return HoursFile(table, places, kind, day_first, repairs or {})


def open_uploaded(hour_file):
    """The HoursFile of an upload, with the columns that were named and the repairs so far."""
    repairs = {int(line): cells for line, cells in hour_file.repairs.items()}
    return open_by_columns(
        io.BytesIO(bytes(hour_file.content)),
        hour_file.file_name,
        hour_file.columns,
        day_first=hour_file.day_first,
        repairs=repairs,
    )


def _is_named(cells, columns):
    return set(columns) <= set(cells) and is_header(cells, dict(columns))


def _open_by(columns, source, name):
    table = open_table(
        source, name, is_header=lambda cells: is_header(cells, fitted(columns, cells)), limits=FROM_A_PAGE
    )
    return table, fitted(columns, table.header.cells)


def top_lines(source, name):
    """[(line, texts)] of the first lines of a file, in the reading that finds the most columns."""
    try:
        open_table(source, name, is_header=lambda cells: False, limits=FROM_A_PAGE)
    except HeaderMissing as error:
        best = max(error.tops, key=lambda top: max((len(cells) for _line, cells in top), default=0))
        return [(line, tuple(map(text_of, cells))) for line, cells in best]
    return []


def _open_anyhow(source, name, header_line):
    """The table below the line pointed at; else below the one that is recognized, else below the fullest one."""
    if header_line is None:
        try:
            return open_table(source, name, is_header=lambda cells: is_header(cells, {}), limits=FROM_A_PAGE)
        except HeaderMissing:
            pass
    lines = dict(top_lines(source, name))
    fullest = max(lines, key=lambda line: (sum(map(bool, lines[line])), -line), default=1)
    wanted = lines.get(header_line) or lines.get(fullest)
    return open_table(source, name, is_header=lambda cells: any(cells) and cells == wanted, limits=FROM_A_PAGE)


def _columns(table, fields, *, problem="", shape=None):
    header = table.header
    samples = [[] for _cell in header.cells]
    for _line, cells in table:  # to the end: what cannot be read is refused now, not when the hours are taken in
        for found, cell in zip(samples, cells, strict=False):
            if cell != "" and len(found) < SAMPLES:
                found.append(cell)
    columns = {cell: fields.get(place, LEFT_OUT) for place, cell in enumerate(header.cells) if cell}
    return Columns(header, columns, samples, problem, shape)


def _compared(text):
    return " ".join(text.split()).casefold()
