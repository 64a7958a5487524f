"""Hours and days as people and programs write them (contract: Files of hours).

Strict where a reading would be a guess: what is not one of the notations of the contract is an error that says what was
found and what is expected, never a nearby number."""

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache

HOURS_EXPECTED = "hours such as 8, 8.5, 8,5, 8:30, 2h30m or 90m, with two decimals at most"
HOURS_OF_A_DAY_EXPECTED = "more than 0 and at most 24 hours"
TOTAL_EXPECTED = "the sum of the line's cells"
DAY_EXPECTED = "a day such as 2026-11-09, 09.11.2026 or 11/09/2026 (month first)"
DAY_FIRST_EXPECTED = "a day such as 2026-11-09, 09.11.2026 or 09/11/2026 (day first)"

MOST_HUNDREDTHS = 2_400
MILLISECONDS_PER_HUNDREDTH = 36_000

_LONGEST = 40  # longer text is no hours and no day, however many blanks: what was read is kept for the next time
_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")
_LONG_DECIMAL = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,20})?")
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")
_UNITS = re.compile(r"(?=[0-9])(?:([0-9]{1,6})[hH])?(?:([0-9]{1,6})[mM](?:([0-5]?[0-9])[sS])?)?")

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SLASHES = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_TIME_OF_DAY = re.compile(
    r"(?:[ T]|, ?)\s*(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
    r"(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:Z|[+-][0-9]{2}:?[0-9]{2}))?"
)


class CellError(ValueError):
    """`found` and `expected`: what stands in the cell, and what belongs there."""

    def __init__(self, found, expected):
        super().__init__(f"{found} found, {expected} expected")
        self.found, self.expected = found, expected


class HoursError(CellError):
    pass


class DayError(CellError):
    pass


@lru_cache(maxsize=4096, typed=True)
def parse_hours(value):
    """Hours of one day as hundredths, from text or from a workbook's number, duration or time.

    A comma is a decimal sign. Minutes and seconds are rounded half up to hundredths (7:20 is 733). More than two
    decimals, signs, other digits than ASCII's, nothing, and what is not above 0 and at most 24 hours: HoursError."""
    return hours_of_a_day(exact_hours(value), value)


def hours_of_a_day(milliseconds, value):
    """Hundredths, rounded half up; HoursError (of the cell `value`) outside 0 < hours ≤ 24."""
    hundredths = (milliseconds + MILLISECONDS_PER_HUNDREDTH // 2) // MILLISECONDS_PER_HUNDREDTH
    if not 0 < hundredths <= MOST_HUNDREDTHS:
        raise HoursError(shown(value), HOURS_OF_A_DAY_EXPECTED)
    return hundredths


def exact_hours(value):
    """Hours before rounding, as whole milliseconds and without a limit, so that a week's cells can be summed."""
    if isinstance(value, str):
        return _milliseconds_of_text(value)
    if isinstance(value, timedelta):
        return _milliseconds_of_duration(value)
    if isinstance(value, time):
        return _milliseconds_of_duration(datetime.combine(date.min, value) - datetime.min)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _milliseconds_of_text(_fifteen_digits(value))
    raise HoursError(shown(value), HOURS_EXPECTED)


def exact_total(value):
    """A week's total before rounding, in milliseconds as a Fraction: the notations of hours with any number of
    decimals, because a total is only compared, never posted."""
    text = _fifteen_digits(value) if isinstance(value, float) else value
    if isinstance(text, str) and _LONG_DECIMAL.fullmatch(text.strip()):
        return Fraction(text.strip().replace(",", ".")) * 100 * MILLISECONDS_PER_HUNDREDTH
    return Fraction(exact_hours(value))


def hours_text(hundredths):
    """750 → "7.50": two places, no separators."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


@lru_cache(maxsize=4096, typed=True)
def parse_day(value, day_first):
    """The day of a cell: yyyy-mm-dd; dd.mm.yyyy; with slashes or hyphens mm/dd/yyyy, or dd/mm/yyyy where `day_first`.

    One or two digits for day and month, four for the year; a time of day after it is left out. Else DayError."""
    if isinstance(value, str):
        return _day_of_text(value, day_first)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else _no_day(value, day_first)


def shown(value):
    """A cell as a message quotes it: at most 60 characters, "nothing" where it is empty."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = _fifteen_digits(value).strip()
    if not text:
        return "nothing"
    return text if len(text) <= 60 else f"{text[:59]}…"


def _milliseconds_of_text(cell):
    text = cell.strip() if len(cell) <= _LONGEST else ""
    if found := _DECIMAL.fullmatch(text):
        hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
        return hundredths * MILLISECONDS_PER_HUNDREDTH
    if found := _CLOCK.fullmatch(text):
        return _milliseconds(found[1], found[2], found[3])
    found = _UNITS.fullmatch(text)
    if found and not (found[1] and int(found[2] or 0) > 59):
        return _milliseconds(found[1], found[2], found[3])
    raise HoursError(shown(cell), HOURS_EXPECTED)


def _milliseconds(hours, minutes, seconds):
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000


def _milliseconds_of_duration(duration):
    milliseconds = round(duration / timedelta(milliseconds=1))
    if milliseconds < 0:
        raise HoursError(shown(duration), HOURS_EXPECTED)
    return milliseconds


def _fifteen_digits(number):
    """A workbook's number as spreadsheet programs show it: 0.1 + 0.2 is 0.3."""
    return format(number, ".15g") if isinstance(number, float) else str(number)


def _day_of_text(cell, day_first):
    text = cell.strip() if len(cell) <= _LONGEST else ""
    if found := _YEAR_FIRST.match(text):
        year, month, day = found[1], found[2], found[3]
    elif found := _DOTS.match(text):
        day, month, year = found[1], found[2], found[3]
    elif found := _SLASHES.match(text):
        first, second, year = found[1], found[3], found[4]
        day, month = (first, second) if day_first else (second, first)
    else:
        return _no_day(cell, day_first)
    rest = text[found.end() :]
    if rest and not _TIME_OF_DAY.fullmatch(rest):
        return _no_day(cell, day_first)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return _no_day(cell, day_first)


def _no_day(value, day_first):
    raise DayError(shown(value), DAY_FIRST_EXPECTED if day_first else DAY_EXPECTED)
