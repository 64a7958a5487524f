"""The names of a week's fields, as the page sends them and as typed weeks keep them.

`hours-<row>-<yyyymmdd>`, and for the row `process-<row>`, `note-<row>`, `department-<row>`; a row is the id of its work
process, or n1, n2, … where the process is still to be chosen. On the crew's page the key of the apprenticeship stands
before the row."""

import re
from datetime import date

_HOURS = re.compile(r"hours-([0-9]{1,18}|n[0-9]{1,2})-([0-9]{8})")
_OF_ROW = re.compile(r"(process|note|department)-([0-9]{1,18}|n[0-9]{1,2})")
OF_WEEK = ("late_reason",)
LONGEST_TYPED = 1000


def cell_name(row, day, prefix=""):
    return f"hours-{prefix}{row}-{day:%Y%m%d}"


def row_name(kind, row, prefix=""):
    return f"{kind}-{prefix}{row}"


def row_of(name):
    """The row that a field belongs to; "" where it belongs to none."""
    if found := _HOURS.fullmatch(name):
        return found[1]
    found = _OF_ROW.fullmatch(name)
    return found[2] if found else ""


def day_of(name):
    """The day of a cell's field, None of others and where there is no such day."""
    found = _HOURS.fullmatch(name)
    try:
        return date.fromisoformat(found[2]) if found else None
    except ValueError:
        return None


def is_name_of_week(name):
    """Whether a week has fields of that name: nothing else is kept."""
    return name in OF_WEEK or day_of(name) is not None or _OF_ROW.fullmatch(name) is not None
