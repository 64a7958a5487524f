"""Reading XLSX workbooks as a stream of rows with real types: text, numbers, booleans, days, durations.

Read by our own parser, because of strangers' files: a 4.8 kB workbook with the cells A1 and XFD1048576 aborts the
process in calamine and takes 2.2 GB in openpyxl's full mode; openpyxl's streaming mode still builds each row, and the
styles, as a tree. Here nothing is believed that the sheet says of its own size, and only filled cells take memory."""

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from imt.sheets.archives import damaged, parse, relations
from imt.sheets.refusals import TableRefused
from imt.sheets.serial_days import BUILT_IN_FORMATS, kind_of, moment

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LONGEST_TEXT = 32_767
MOST_FORMATS = 65_536
MOST_SHEETS = 1_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x(0009|000A|000D|005F)_", re.IGNORECASE)


@dataclass(frozen=True)
class Workbook:
    """What all sheets share. `sheets`: {name: its part}, in order; `hidden`: the names of those that are not shown;
    `texts`: the shared strings; `formats`: per style whether its numbers are days, times or neither (None)."""

    sheets: dict[str, str]
    hidden: frozenset[str]
    texts: list[str]
    formats: list[str | None]
    counts_from_1904: bool


def read_workbook(archive):
    main = next((part for kind, part in relations(archive, "").values() if kind == "officeDocument"), None)
    if main is None or main.endswith(".bin"):
        raise damaged(archive.name)
    related = relations(archive, main)
    parts = dict(related.values())
    sheets, hidden = {}, set()
    counts_from_1904 = False

    def start(tag, attributes):
        nonlocal counts_from_1904
        if tag == "workbookPr":
            counts_from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
            kind, part = related.get(relation, ("", ""))
            if kind == "worksheet":
                if part in sheets.values() or len(sheets) == MOST_SHEETS:
                    raise damaged(archive.name)  # a part that is many sheets would take many times as long
                sheets[attributes.get("name", "")] = part
            if attributes.get("state", "visible") != "visible":
                hidden.add(attributes.get("name", ""))

    for _pause in parse(archive, main, start=start):
        pass
    return Workbook(
        sheets=sheets,
        hidden=frozenset(hidden),
        texts=_shared_texts(archive, parts["sharedStrings"]) if "sharedStrings" in parts else [],
        formats=_formats(archive, parts["styles"]) if "styles" in parts else [],
        counts_from_1904=counts_from_1904,
    )


def rows_of(archive, workbook, sheet, columns):
    """Yield (row number, cells) for each row that holds anything, ascending. Cells are text, int, float, bool, datetime
    or timedelta, "" where empty; `columns`: how many may be filled."""
    gathered = _Rows(workbook, archive.name, columns)
    part = workbook.sheets[sheet]
    for _pause in parse(archive, part, start=gathered.start, end=gathered.end, text=gathered.text):
        while gathered.rows:
            yield gathered.rows.popleft()


def _shared_texts(archive, part):
    texts, pieces = [], _Pieces(archive.name)

    def start(tag, attributes):
        pieces.opened(tag)

    def end(tag):
        pieces.closed(tag)
        if tag == "si":
            texts.append(_plain(pieces.taken()))

    for _pause in parse(archive, part, start=start, end=end, text=pieces.text):
        pass
    return texts


def _formats(archive, part):
    codes, formats = {}, []
    is_inside = False

    def start(tag, attributes):
        nonlocal is_inside
        if tag == "numFmt":
            codes[attributes.get("numFmtId")] = kind_of(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            is_inside = True
        elif tag == "xf" and is_inside:
            number = attributes.get("numFmtId", "0")
            formats.append(codes[number] if number in codes else BUILT_IN_FORMATS.get(_whole(number, archive.name)))
        if len(formats) > MOST_FORMATS or len(codes) > MOST_FORMATS:
            raise damaged(archive.name)

    def end(tag):
        nonlocal is_inside
        if tag == "cellXfs":
            is_inside = False

    for _pause in parse(archive, part, start=start, end=end):
        pass
    return formats


def _plain(text):
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _whole(text, name):
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise damaged(name)
    return int(text)


class _Pieces:
    """The text of one cell or shared string, gathered from its runs; readings of a phonetic run are left out."""

    def __init__(self, name):
        self._name = name
        self._pieces = []
        self._length = 0
        self._is_reading = self._is_phonetic = False

    def opened(self, tag):
        if tag in ("v", "t"):
            self._is_reading = not self._is_phonetic
        elif tag == "rPh":
            self._is_phonetic = True

    def closed(self, tag):
        if tag in ("v", "t"):
            self._is_reading = False
        elif tag == "rPh":
            self._is_phonetic = False

    def text(self, piece):
        if not self._is_reading:
            return
        self._pieces.append(piece)
        self._length += len(piece)
        if self._length > LONGEST_TEXT:
            raise TableRefused(
                _("%(name)s: a cell of more than %(limit)s characters. Shorten it.")
                % {"name": self._name, "limit": f"{LONGEST_TEXT:,}"}
            )

    def taken(self):
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return text


class _Rows:
    """Gathers the filled rows of a sheet from the parser's events."""

    def __init__(self, workbook, name, columns):
        self._workbook, self._name, self._columns = workbook, name, columns
        self._pieces = _Pieces(name)
        self.text = self._pieces.text
        self.rows = deque()
        self._row, self._cells, self._column = 0, [], 0
        self._type = self._style = None
        self._letters = {}  # column letters already seen: their number
        self._kinds = {None: self._kind_of(0)}  # style, as a cell names it: what its numbers are

    def start(self, tag, attributes):
        if tag == "c":
            self._column = self._place(attributes["r"]) if "r" in attributes else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s")
        elif tag == "row":
            self._open_row(_whole(attributes["r"], self._name) if "r" in attributes else self._row + 1)
        else:
            self._pieces.opened(tag)

    def end(self, tag):
        if tag == "c":
            text = self._pieces.taken()
            value = self._value(text) if text else ""
            if value != "":
                self._put(value)
        elif tag == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
        else:
            self._pieces.closed(tag)

    def _kind_of(self, style):
        formats = self._workbook.formats
        return formats[style] if style < len(formats) else None

    def _open_row(self, row):
        if not self._row < row <= LAST_ROW:
            raise damaged(self._name)
        self._row, self._cells, self._column = row, [], 0

    def _place(self, reference):
        found = _REFERENCE.fullmatch(reference)
        if not found or int(found[2]) != self._row:
            raise damaged(self._name)
        column = self._letters.get(found[1])
        if column is None:
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
            if column > LAST_COLUMN:
                raise damaged(self._name)
            self._letters[found[1]] = column
        if column <= self._column:
            raise damaged(self._name)
        return column

    def _put(self, value):
        if self._column > self._columns:
            raise TableRefused(
                _("%(name)s, line %(line)d: a cell in column %(found)d; at most %(limit)d are read.")
                % {"name": self._name, "line": self._row, "found": self._column, "limit": self._columns}
            )
        self._cells.extend([""] * (self._column - 1 - len(self._cells)))
        self._cells.append(value)

    def _value(self, text):
        if self._type == "n":
            return self._number(text)
        if self._type == "s":
            index = _whole(text, self._name)
            if index >= len(self._workbook.texts):
                raise damaged(self._name)
            return self._workbook.texts[index]
        if self._type == "b":
            return text == "1"
        if self._type == "d":
            try:
                return datetime.fromisoformat(text).replace(tzinfo=None)
            except ValueError:
                return text
        return _plain(text)

    def _number(self, text):
        if self._style not in self._kinds:
            self._kinds[self._style] = self._kind_of(_whole(self._style, self._name))
        kind = self._kinds[self._style]
        if kind is None and len(text) < 20 and text.isascii() and text.isdigit():
            return int(text)
        try:
            number = float(text)
        except ValueError:
            return text
        if not text.isascii() or "_" in text or not abs(number) < 1e300:  # what Python reads and no workbook means
            return text
        return number if kind is None else moment(number, kind, self._workbook.counts_from_1904)
