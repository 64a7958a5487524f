"""One cell: its text, and the mark that keeps a spreadsheet program from running it as a formula (imt/exports.py)."""

import re
from datetime import date, datetime, timedelta

_MARKED = re.compile(r"'+[=+\-@\t\r]")


def unmarked(value):
    """A cell without the one apostrophe that our exports set before what a spreadsheet program would take for a
    formula, or before such a mark. Anything but text is left alone."""
    return value[1:] if isinstance(value, str) and _MARKED.match(value) else value


def text_of(value):
    """A cell as trimmed text. Numbers are read with 15 significant digits, as spreadsheet programs show them:
    8.0 is "8"; a day is "2026-11-09", with a time of day "2026-11-09 07:30:00"; a duration is "7:30:00"."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, datetime):
        has_time = value.hour or value.minute or value.second
        return value.strftime("%Y-%m-%d %H:%M:%S") if has_time else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
