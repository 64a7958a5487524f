"""What is wrong with a cell of a workbook, and cells read strictly: what is no number is never taken for one.

Reading goes on after a fault with a stand-in value, so that a file is refused with all its faults at once."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from imt.sheets import TableRefused, text_of

MOST_HOURS = 1_000_000
MOST_PLACES = 32_767

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", flags=re.ASCII)
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<us_month>\d{1,2})/(?P<us_day>\d{1,2})/(?P<us_year>\d{4})",
    flags=re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` counts from 1 at the top of the sheet."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self):
        return _("%(sheet)s, row %(row)d, %(column)s: found %(found)s, expected %(expected)s") % {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "found": f"“{self.found}”" if self.found else _("nothing"),
            "expected": self.expected,
        }


class StandardsRefused(TableRefused):
    """The workbook holds what cannot be computed with. `faults`: each place, in order."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its cells by column name, and the list to which faults are added."""

    sheet: str
    line: int
    cells: dict
    faults: list

    def fault(self, column, expected, found=None):
        found = text_of(self.cells[column]) if found is None else found
        self.faults.append(Fault(self.sheet, self.line, column, found[:200], expected))

    def has_fault(self, column):
        return any((fault.sheet, fault.row, fault.column) == (self.sheet, self.line, column) for fault in self.faults)

    def is_empty(self, column):
        return text_of(self.cells[column]) == ""

    def text(self, column, longest, *, is_needed=False):
        """Trimmed text of at most `longest` characters."""
        text = text_of(self.cells[column])
        if is_needed and not text:
            self.fault(column, _("some text"))
        if len(text) > longest:
            self.fault(column, _("at most %(count)d characters") % {"count": longest})
        return text

    def hours(self, column, *, is_needed=False):
        """Hundredths of hours; None where the cell is empty."""
        expected = _("a number of hours from 0 to 1,000,000 with at most two decimals")
        number = self._number(column, expected, is_needed)
        if number is None:
            return None
        hundredths = number.scaleb(2)
        if number > MOST_HOURS or hundredths != hundredths.to_integral_value():
            self.fault(column, expected)
            return None
        return int(hundredths)

    def whole(self, column, *, least=0, most=MOST_PLACES, is_needed=False):
        """A whole number; None where the cell is empty."""
        expected = _("a whole number from %(least)d to %(most)d") % {"least": least, "most": most}
        number = self._number(column, expected, is_needed)
        if number is None:
            return None
        if number != number.to_integral_value() or not least <= number <= most:
            self.fault(column, expected)
            return None
        return int(number)

    def percentage(self, column):
        """Percent as a Decimal with two places: 80, "80%", or 0.8 as a cell with the percent format keeps it; None
        where the cell is empty."""
        expected = _("a percentage from 0 to 1000 with at most two decimals")
        number = self._number(column, expected, is_needed=False, unit="%")
        if number is None:
            return None
        if 0 < number <= 1 and not isinstance(self.cells[column], str):
            number *= 100
        if number > 1000 or number.scaleb(2) != number.scaleb(2).to_integral_value():
            self.fault(column, expected)
            return None
        return number.quantize(Decimal("0.01"))

    def day(self, column):
        """A date, from a date cell, yyyy-mm-dd or mm/dd/yyyy; None where the cell is empty."""
        value = self.cells[column]
        if isinstance(value, datetime):
            return value.date()
        found = _DAY.fullmatch(text_of(value))
        if found:
            try:
                return date(*(int(found[part] or found[f"us_{part}"]) for part in ("year", "month", "day")))
            except ValueError:
                pass  # the 31st of June
        if not self.is_empty(column):
            self.fault(column, _("a date such as 2026-01-05"))
        return None

    def ratio(self, column, longest):
        """Text such as 1:2; spreadsheet programs make a time of day of it."""
        value = self.cells[column]
        if isinstance(value, timedelta):
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60}"
        return self.text(column, longest)

    def _number(self, column, expected, is_needed, unit=""):
        """Numbers of a workbook are read with 15 significant digits. None and a fault for anything else."""
        value = self.cells[column]
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = Decimal(format(value, ".15g"))
            if number >= 0:
                return number
        else:
            text = text_of(value).removesuffix(unit).rstrip()
            if not text and not is_needed:
                return None
            if isinstance(value, str) and _NUMBER.fullmatch(text):
                return Decimal(text)
        self.fault(column, expected)
        return None
