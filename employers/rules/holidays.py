"""The holidays of the United States' federal government, by rule.

Source: 5 U.S.C. 6103 with Executive Order 11582: one that falls on a Saturday is observed on the Friday before, one on
a Sunday on the Monday after. Private employers need not close on them: they are offered, never imposed."""

from datetime import date, timedelta

from employers.rules.findings import gettext_noop

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6

_ON_A_DAY = (
    (1, 1, gettext_noop("New Year’s Day")),
    (6, 19, gettext_noop("Juneteenth")),
    (7, 4, gettext_noop("Independence Day")),
    (11, 11, gettext_noop("Veterans Day")),
    (12, 25, gettext_noop("Christmas Day")),
)
_ON_A_WEEKDAY = (
    (1, MONDAY, 3, gettext_noop("Birthday of Martin Luther King, Jr.")),
    (2, MONDAY, 3, gettext_noop("Washington’s Birthday")),
    (9, MONDAY, 1, gettext_noop("Labor Day")),
    (10, MONDAY, 2, gettext_noop("Columbus Day")),
    (11, THURSDAY, 4, gettext_noop("Thanksgiving Day")),
)
_MEMORIAL_DAY = gettext_noop("Memorial Day")


def federal_holidays(year):
    """[(day on which it is observed, title)] of the eleven holidays of a year, by day.

    New Year's Day of a year that begins on a Saturday is observed on the last day of the year before."""
    found = [(_observed(date(year, month, day)), title) for month, day, title in _ON_A_DAY]
    found += [(_nth(year, month, weekday, number), title) for month, weekday, number, title in _ON_A_WEEKDAY]
    found.append((_last_monday_of_may(year), _MEMORIAL_DAY))
    return sorted(found)


def _observed(day):
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day


def _nth(year, month, weekday, number):
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year):
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
