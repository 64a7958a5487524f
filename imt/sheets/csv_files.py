"""Reading CSV as a stream of records, in memory that does not grow with the file.

Encoding (contract: Files of hours): UTF-8 with or without BOM, else Windows-1252. A first pass over the bytes decides,
because a file may turn out not to be UTF-8 in its last line. Strict on purpose: what Python's csv module would swallow
(an unclosed quotation mark takes the rest of the file into one cell) is refused with its line."""

import codecs
import csv
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from imt.sheets.cells import unmarked
from imt.sheets.refusals import MEGABYTE, TableRefused

DELIMITERS = (",", ";", "\t")

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_IN_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MARK = re.compile(rb"'[=+\-@\t\r]")
_LINE_END = re.compile(rb"[\r\n]")


@dataclass(frozen=True)
class CsvForm:
    encoding: str
    has_marks: bool


def survey(stream, name):
    """Read the bytes once: the encoding, and whether any cell may carry a formula mark."""
    stream.seek(0)
    start = stream.read(3)
    if start[:2] in _UTF_16:
        raise TableRefused(
            _("%(name)s is UTF-16 text; UTF-8 is expected. Save it again as “CSV UTF-8”.") % {"name": name}
        )
    has_marks = False
    last = b""
    lines = 0
    utf_8 = codecs.getincrementaldecoder("utf-8")()
    for chunk in _chunks(stream):
        _refuse_odd_bytes(chunk, lines, name)
        has_marks = has_marks or bool(_MARK.search(last + chunk))
        lines += chunk.count(b"\n")
        last = chunk[-1:]
        utf_8 = utf_8 and _still_decodes(utf_8, chunk)
    if utf_8 and _still_decodes(utf_8, b"", final=True):
        return CsvForm("utf-8-sig" if start == codecs.BOM_UTF8 else "utf-8", has_marks)
    _refuse_undefined_bytes(stream, name)
    return CsvForm("cp1252", has_marks)


def records(stream, name, form, delimiter, columns):
    """Yield (line, cells) from a binary stream: the physical line on which the record starts, and its cells as text.

    `columns`: how many may be filled. Raises TableRefused with the line."""
    stream.seek(0)
    lent = io.BufferedReader(_Lent(stream), MEGABYTE)
    reader = csv.reader(io.TextIOWrapper(lent, form.encoding, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if len(cells) > columns:
                cells = _filled(cells, columns, line, name)
            yield line, list(map(unmarked, cells)) if form.has_marks else cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused(_reason(error) % {"name": name, "line": line}) from error


def _chunks(stream):
    stream.seek(0)
    while chunk := stream.read(MEGABYTE):
        yield chunk


def _still_decodes(decoder, chunk, final=False):
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _refuse_odd_bytes(chunk, lines, name):
    zero = chunk.find(b"\0")
    if zero >= 0:
        line = lines + chunk.count(b"\n", 0, zero) + 1
        raise TableRefused(
            _("%(name)s, line %(line)d: a zero byte; text is expected. Save the file again as “CSV UTF-8”.")
            % {"name": name, "line": line}
        )
    if len(chunk) == MEGABYTE and not _LINE_END.search(chunk):
        # a line is read as a whole: without this, one without an end would take all the memory there is
        raise TableRefused(
            _("%(name)s, line %(line)d: more than a million characters without a line end. Is it a CSV file?")
            % {"name": name, "line": lines + 1}
        )


def _refuse_undefined_bytes(stream, name):
    lines = 0
    for chunk in _chunks(stream):
        if found := _NOT_IN_WINDOWS_1252.search(chunk):
            line = lines + chunk.count(b"\n", 0, found.start()) + 1
            raise TableRefused(
                _(
                    "%(name)s, line %(line)d: byte %(byte)s is neither UTF-8 nor Windows-1252. "
                    "Save the file again as “CSV UTF-8”."
                )
                % {"name": name, "line": line, "byte": found[0].hex().upper()}
            )
        lines += chunk.count(b"\n")


class _Lent(io.RawIOBase):
    """A stream that is read here and stays its owner's to close: a text wrapper would close it with itself."""

    def __init__(self, stream):
        self._stream = stream

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _filled(cells, columns, line, name):
    """Spreadsheet programs write empty columns at the end of each line: they do not count."""
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    if last > columns:
        raise TableRefused(
            _("%(name)s, line %(line)d: %(found)d columns; at most %(limit)d are read.")
            % {"name": name, "line": line, "found": last, "limit": columns}
        )
    return cells[:last]


def _reason(error):
    words = str(error)
    if "unexpected end of data" in words:
        return _("%(name)s, line %(line)d: a quotation mark in this record is never closed. Close or remove it.")
    if "field limit" in words:
        return _(
            "%(name)s, line %(line)d: a cell of more than 131,072 characters. "
            "Is a quotation mark not closed? Close or remove it."
        )
    return _(
        "%(name)s, line %(line)d: text after a closing quotation mark. Double the quotation marks inside a quoted cell."
    )
