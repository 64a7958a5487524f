"""What was said of each line of an uploaded file: kept beside it, shown in pages, and given back as a file with a
column `Errors` that can be repaired and loaded again."""

import csv
import io
import json
import zlib
from datetime import date, datetime, timedelta
from typing import NamedTuple

import xlsxwriter

from employers.rules.rows import ERROR
from imt.exports import neutralized
from imt.sheets import text_of

ERRORS = "Errors"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PreviewLine(NamedTuple):
    """A line of the file and its outcome. `cells` {field: text as it stands, repairs included}; `place`: the field
    whose cell the error speaks of, "" where the file has no such column."""

    line: int
    outcome: str
    field: str
    place: str
    found: str
    expected: str
    cells: dict


def preview_of(records, outcomes):
    """[PreviewLine] of an HoursFile and the LineOutcomes of its lines, both by line."""
    said = {one.line: one for one in outcomes}
    preview = []
    for line, cells in records.lines():
        one = said.get(line)
        if one is None:
            continue
        place = one.cell or one.field or ""
        texts = {field: text_of(cells[place]) if place < len(cells) else "" for field, place in records.places.items()}
        preview.append(
            PreviewLine(
                line,
                one.outcome,
                one.field or "",
                place if place in records.places else "",
                one.found or "",
                one.expected or "",
                texts,
            )
        )
    return preview


def packed(preview):
    """Compressed JSON lines."""
    return zlib.compress("\n".join(json.dumps(line, ensure_ascii=False) for line in preview).encode())


def unpacked(content):
    """[PreviewLine] of what `packed` made; none of nothing."""
    if not content:
        return []
    return [PreviewLine(*json.loads(line)) for line in zlib.decompress(bytes(content)).decode().split("\n") if line]


def with_errors(records, preview):
    """(content, media type, ending of the name) of the file with a column `Errors` as its last one, repairs included: a
    workbook for a workbook, else CSV. No cell of it is run as a formula."""
    header = [*records.table.header.cells]
    texts = {line.line: _text(line, records.columns) for line in preview if line.outcome == ERROR}
    rows = ([*_padded(cells, len(header)), texts.get(line, "")] for line, cells in records.lines())
    width = header.index(ERRORS) if ERRORS in header else None
    if width is not None:  # of the round before
        header.pop(width)
        rows = ([*row[:width], *row[width + 1 :]] for row in rows)
    make = _workbook if records.table.is_workbook else _csv
    return make([*header, ERRORS], rows)


def _text(line, columns):
    column = columns.get(line.place) or line.field
    found = line.found if line.found == "nothing" else f"“{line.found}”"
    return f"{column}: found {found}, expected {line.expected}"


def _padded(cells, width):
    return [*cells, *[""] * (width - len(cells))][:width]


def _csv(header, rows):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(map(neutralized, header))
    for row in rows:
        writer.writerow([neutralized(text_of(cell)) for cell in row])
    return "\ufeff".encode() + stream.getvalue().encode(), CSV_TYPE, "csv"


def _workbook(header, rows):
    stream = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        sheet = workbook.add_worksheet()
        formats = {
            datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
            timedelta: workbook.add_format({"num_format": "[h]:mm:ss"}),
        }
        for number, row in enumerate((header, *rows)):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, formats)
    return stream.getvalue(), XLSX_TYPE, "xlsx"


def _write(sheet, row, column, cell, formats):
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, datetime):
        kind = datetime if cell.hour or cell.minute or cell.second else date
        sheet.write_datetime(row, column, cell, formats[kind])
    elif isinstance(cell, timedelta):
        sheet.write_datetime(row, column, cell, formats[timedelta])
    elif cell != "":
        sheet.write_string(row, column, neutralized(text_of(cell)))
