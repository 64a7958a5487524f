"""Payroll totals as a file: a person, a week, its hours."""

from dataclasses import dataclass
from datetime import date

from apprentices.rules.hours import CellError, exact_total, parse_day
from employers.rules.rows import refused
from imt.sheets import FROM_A_PAGE, read_named

WEEK_EXPECTED = "a day of the week that was paid, such as 2026-11-09"
HOURS_EXPECTED = "the hours paid for the week, 0 to 168, with two decimals at most"


@dataclass(frozen=True, slots=True)
class PayrollRow:
    """`day`: any day of the week; `hours`: hundredths."""

    line: int
    apprentice_ref: str
    day: date
    hours: int


def read_payroll(source, name, *, day_first=False):
    """([PayrollRow], [RowOutcome] of the lines that are wrong) of a CSV or XLSX with the columns apprentice_ref, week
    (a day of it) and hours. TableRefused where it cannot be read."""
    rows, wrong = [], []
    for row in read_named(source, name, required=("apprentice_ref", "week", "hours"), limits=FROM_A_PAGE):
        found = _row(row, day_first)
        (rows if isinstance(found, PayrollRow) else wrong).append(found)
    return rows, wrong


def _row(row, day_first):
    cells = row.cells
    try:
        day = parse_day(cells["week"], day_first)
    except CellError:
        return refused(row.line, "week", cells["week"], WEEK_EXPECTED)
    try:
        hundredths = exact_total(cells["hours"]) / 36_000
    except CellError:
        hundredths = None
    if hundredths is None or hundredths.denominator != 1 or not 0 <= hundredths <= 16_800:
        return refused(row.line, "hours", cells["hours"], HOURS_EXPECTED)
    return PayrollRow(row.line, cells["apprentice_ref"], day, int(hundredths))
