"""The cells of one line, read strictly: what a cell does not hold in one of its forms is an error, never a guess."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from employers.rules.rows import refused
from imt.sheets import FROM_A_COMMAND, read_named

_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")
_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no database keeps NUL, and none of them is text
READ_AT_ONCE = 1_000


class Cells:
    """One line. Each reading trims; a wrong cell adds to `errors` and reads as a stand-in, so that all errors of a line
    are found at once."""

    def __init__(self, row):
        self.line, self._texts, self.errors = row.line, row.cells, []

    def wrong(self, name, expected):
        """Add the error of this cell."""
        self.errors.append(refused(self.line, name, self._texts[name], expected))

    def text(self, name, longest, *, is_needed=False):
        """Text of at most `longest` characters; empty where it may be."""
        text = self._texts[name]
        if not text:
            if is_needed:
                self.wrong(name, _("some text"))
        elif len(text) > longest:
            self.wrong(name, _("at most %(count)d characters") % {"count": longest})
        elif not text.isprintable() and _UNSAID.search(text):
            self.wrong(name, _("text without control characters"))
        return text

    def choice(self, name, values, *, is_needed=True):
        """One of `values`, compared without case, blanks, hyphens and underscores; "" where it is empty and may be."""
        text = self._texts[name]
        if not text and not is_needed:
            return ""
        chosen = {_folded(value): value for value in values}.get(_folded(text))
        if chosen is None:
            self.wrong(name, _("one of %(values)s") % {"values": ", ".join(map(str, values))})
        return chosen

    def hundredths(self, name, expected, *, is_needed=True):
        """A Decimal above zero with two places, of a number with two places at most; None where it is empty and may
        be."""
        text = self._texts[name]
        if not text and not is_needed:
            return None
        found = _DECIMAL.fullmatch(text)
        value = Decimal(f"{found[1]}.{(found[2] or '').ljust(2, '0')}") if found else None
        if not value:
            self.wrong(name, expected)
            return None
        return value

    def hours(self, name, *, is_needed=True):
        """Hours above zero as a Decimal with two places."""
        return self.hundredths(
            name, _("hours above 0 such as 48 or 48.50, with two decimals at most"), is_needed=is_needed
        )

    def whole(self, name, most):
        """A whole number from 0."""
        text = self._texts[name]
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most):
            self.wrong(name, _("a whole number"))
            return None
        return int(text)

    def read(self, name, parse):
        """What `parse(text)` makes of a filled cell; its ValueError with an `expected` is the cell's error."""
        try:
            return parse(self._texts[name])
        except ValueError as error:
            self.wrong(name, error.expected)
            return None

    def is_empty(self, name):
        return not self._texts[name]


def read_rows(source, name, make, *, required, optional=(), limits=FROM_A_COMMAND, progress=lambda lines: None):
    """([row], [RowOutcome of the wrong lines]) of a simple file. `make(Cells)` reads one line; `progress(n)` hears of n
    more lines. TableRefused where the file cannot be read, or a column that is needed is missing."""
    rows, errors, count = [], [], 0
    for named in read_named(source, name, required=required, optional=optional, limits=limits):
        cells = Cells(named)
        row = make(cells)
        if cells.errors:
            errors += cells.errors
        else:
            rows.append(row)
        count += 1
        if count % READ_AT_ONCE == 0:
            progress(READ_AT_ONCE)
    progress(count % READ_AT_ONCE)
    return rows, errors


def longest(model, field):
    """As many characters as the column keeps."""
    return model._meta.get_field(field).max_length


def _folded(text):
    return str(text).casefold().replace(" ", "").replace("-", "").replace("_", "")
