"""Days and times in a workbook: a number of days since 1900 (or 1904) that only its number format tells from hours."""

import re
from datetime import datetime, timedelta

DAY, TIME = "day", "time"
BUILT_IN_FORMATS = dict.fromkeys([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58], DAY)
BUILT_IN_FORMATS |= dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56], TIME)

_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_MILLISECONDS = 86_400_000
_LAST_SERIAL = 2_958_465  # 9999-12-31; its evening would round into a year that no date has


def kind_of(code):
    """Whether a number format shows days, times of day and durations, or plain numbers: `m` alone is a month, beside
    hours or seconds it is minutes; [h], [m] and [s] count on past a day."""
    code = _NOT_CODE.sub("", code).partition(";")[0].lower()
    if re.search(r"\[[hms]", code):
        return TIME
    if "y" in code or "d" in code:
        return DAY
    if "h" in code or "s" in code:
        return TIME
    return DAY if "m" in code else None


def moment(number, kind, counts_from_1904):
    """A serial day as datetime or timedelta. What is shown as a time is a duration unless it stands for a day of our
    age; what is shown as a day and is less than one is a time."""
    if 0 <= number < (60 if kind == TIME else 1):
        return timedelta(milliseconds=round(number * _MILLISECONDS))
    if not 0 <= number < _LAST_SERIAL - 1_462 * counts_from_1904:
        return number
    if counts_from_1904:
        origin = datetime(1904, 1, 1)
    else:
        # serials know a 29th of February 1900, which never was
        origin = datetime(1899, 12, 30) if number >= 60 else datetime(1899, 12, 31)
    return origin + timedelta(milliseconds=round(number * _MILLISECONDS))
