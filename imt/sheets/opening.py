"""Opening a table file: what it is, which delimiter or sheet holds the header, and the lines below it."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import dropwhile, islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imt.sheets.archives import archive_of
from imt.sheets.cells import text_of, unmarked
from imt.sheets.csv_files import DELIMITERS, records, survey
from imt.sheets.refusals import FROM_A_COMMAND, MEGABYTE, HeaderMissing, TableRefused
from imt.sheets.workbooks import read_workbook, rows_of

HEADER_WITHIN = 20

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"


@dataclass(frozen=True)
class Header:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The lines below the header, as (line, cells), read anew from the file each time it is iterated.

    Cells are text in a CSV file; in a workbook also int, float, bool, datetime and timedelta, "" where empty. Lines
    count from 1 at the top of the file. One iteration at a time where the source is an open stream."""

    name: str
    header: Header
    is_workbook: bool
    rows: Callable[[], Iterator[tuple[int, list]]]
    most_lines: int | None

    def __iter__(self):
        rows = self.rows()
        below = dropwhile(lambda row: row[0] <= self.header.line, rows)
        return below if self.most_lines is None else self._counted(below, rows)

    def _counted(self, below, rows):
        with closing(rows):
            for count, row in enumerate(below, 1):
                if count > self.most_lines:
                    raise TableRefused(
                        _(
                            "%(name)s, line %(line)d: more than %(limit)s lines below the header. "
                            "Split the file into several."
                        )
                        % {"name": self.name, "line": row[0], "limit": f"{self.most_lines:,}"}
                    )
                yield row


def open_table(source, name, *, is_header=None, within=HEADER_WITHIN, sheet=None, limits=FROM_A_COMMAND) -> Table:
    """Open a path or a seekable binary stream; `name` is what messages call the file.

    `is_header(cells) -> bool` recognizes the header among the first `within` lines (default: the first line that holds
    anything). CSV: the delimiter (comma, semicolon, tab) that gives the header the most fields. Workbook: the first
    visible sheet with a header, refused when another one holds lines below a header too; `sheet` names it instead.
    Raises TableRefused, HeaderMissing where no header is recognized."""
    is_header = is_header or any
    with _opened(source, name) as stream:
        _check_size(stream, name, limits)
        stream.seek(0)
        start = stream.read(4)
        if start in _ZIP:
            return _open_workbook(source, stream, name, is_header, within, sheet, limits)
        _refuse_other_kinds(start, name)
        return _open_csv(source, stream, name, is_header, within, limits)


@contextmanager
def _opened(source, name):
    if not isinstance(source, str | os.PathLike):
        yield source
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 (closed two lines below)
    except OSError as error:
        raise TableRefused(
            _("%(name)s cannot be opened: %(reason)s.") % {"name": name, "reason": error.strerror}
        ) from error
    with stream:
        yield stream


def _check_size(stream, name, limits):
    if not stream.seekable():
        raise TableRefused(_("%(name)s cannot be read twice. Save it to a file first.") % {"name": name})
    size = stream.seek(0, os.SEEK_END)
    size = stream.tell() if size is None else size
    if size == 0:
        raise TableRefused(_("%(name)s is empty.") % {"name": name})
    if limits.file_bytes is not None and size > limits.file_bytes:
        raise TableRefused(
            _("%(name)s is larger than %(limit)d MB. Split the file into several.")
            % {"name": name, "limit": limits.file_bytes // MEGABYTE}
        )


def _refuse_other_kinds(start, name):
    if start == _OLD_OFFICE:
        raise TableRefused(
            _("%(name)s is an old (.xls) or protected workbook. Save it as .xlsx without a password, or as CSV.")
            % {"name": name}
        )
    if start == _PDF:
        raise TableRefused(_("%(name)s is a PDF; a CSV file or an XLSX workbook is expected.") % {"name": name})


def _open_csv(source, stream, name, is_header, within, limits):
    form = survey(stream, name)
    tops, refusals, candidates = [], [], []
    for delimiter in DELIMITERS:
        top, refusal = _top(records(stream, name, form, delimiter, limits.columns), within)
        tops.append(top)
        refusals.append(refusal)
        if header := _find_header(top, is_header):
            candidates.append((delimiter, header))
    if not candidates:
        if all(refusals):
            raise refusals[0]
        raise _no_header(name, within, tops)
    # of equals the first wins, and the comma stands first
    delimiter, header = max(candidates, key=lambda candidate: len(candidate[1].cells))

    def rows():
        with _opened(source, name) as stream:
            yield from records(stream, name, form, delimiter, limits.columns)

    return Table(name, header, is_workbook=False, rows=rows, most_lines=limits.lines)


def _open_workbook(source, stream, name, is_header, within, sheet, limits):
    with archive_of(stream, name, limits) as archive:
        workbook = read_workbook(archive)
        tops, refusals, candidates = [], [], []
        for title in _sheets_to_search(workbook, sheet, name):
            rows = _with_gaps(rows_of(archive, workbook, title, limits.columns))
            top, refusal = _top(rows, within)
            tops.append(top)
            refusals.append(refusal)
            if header := _find_header(top, is_header):
                has_lines = bool(top[-1][0] > header.line or refusal or next(rows, None))
                candidates.append((title, header, has_lines))
    if not candidates:
        raise next(filter(None, refusals), None) or _no_header(name, within, tops)
    filled = [candidate for candidate in candidates if candidate[2]]
    if len(filled) > 1:
        raise TableRefused(
            _("%(name)s holds lines on several sheets: %(sheets)s. Save each sheet as a file of its own.")
            % {"name": name, "sheets": ", ".join(title for title, _header, _has_lines in filled)}
        )
    title, header, _has_lines = (filled or candidates)[0]

    def rows():
        with _opened(source, name) as stream, archive_of(stream, name, limits) as archive:
            yield from _with_gaps(rows_of(archive, workbook, title, limits.columns))

    return Table(name, header, is_workbook=True, rows=rows, most_lines=limits.lines)


def _sheets_to_search(workbook, sheet, name):
    if sheet is None:
        return [title for title in workbook.sheets if title not in workbook.hidden]
    found = [title for title in workbook.sheets if title.casefold() == sheet.casefold()]
    if not found:
        raise TableRefused(
            _("%(name)s has no sheet %(sheet)s; found are: %(sheets)s.")
            % {"name": name, "sheet": sheet, "sheets": ", ".join(workbook.sheets)}
        )
    return found


def _with_gaps(rows):
    """Rows that a sheet leaves out are empty lines; what comes after the last filled row is no line at all."""
    expected = 1
    for line, cells in rows:
        for missing in range(expected, line):
            yield missing, []
        yield line, list(map(unmarked, cells))
        expected = line + 1


def _top(rows, within):
    """The first lines, and the refusal that cut them short: the header may stand above the place that is wrong."""
    top = []
    try:
        top.extend(islice(rows, within))
    except TableRefused as refusal:
        return top, refusal
    return top, None


def _find_header(top, is_header):
    for line, cells in top:
        names = tuple(map(text_of, cells))
        if is_header(names):
            return Header(line, names)
    return None


def _no_header(name, within, tops):
    message = ngettext(
        "%(name)s: the first line is not the header that is expected.",
        "%(name)s: no header in the first %(within)d lines.",
        within,
    )
    return HeaderMissing(message % {"name": name, "within": within}, tops)
