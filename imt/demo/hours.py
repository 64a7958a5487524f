"""How the demo's people worked: day by day, toward given hours in each work process, the same with every load."""

from datetime import timedelta
from random import Random

from apprentices.rules.hour_lines import HourRecord
from apprentices.rules.hours import hours_text

# hundredths per work process that come to 2,736 hours exactly, each within its minimum and maximum
FULL = {
    "A": 100_00,
    "B": 430_00,
    "C": 940_00,
    "D": 420_00,
    "E": 300_00,
    "F": 300_00,
    "G": 123_00,
    "H": 123_00,
}
NEARLY = FULL | {"C": 939_99}
PART = 4_00
ABSENT = 0.05


class TooShort(ValueError):
    """The days do not hold so many hours."""


def share(part):
    """`part` (between 0 and 1) of the full hours, in whole hours per work process."""
    return {code: round(hundredths * part / 100) * 100 for code, hundredths in FULL.items()}


def worked_days(*, ref, first_on, last_on, targets):
    """(day, process code, hundredths) on weekdays, eight hours at most a day, until the targets are reached: counted
    back from the last day, so that the latest weeks are full."""
    chance = Random(ref)
    left = {code: hundredths for code, hundredths in targets.items() if hundredths}
    found, day = [], last_on
    while left and day >= first_on:
        if day.weekday() < 5 and chance.random() > ABSENT:
            found += [(day, code, hundredths) for code, hundredths in _one_day(left, targets).items()]
        day -= timedelta(days=1)
    if left:
        raise TooShort(f"{ref}: {sum(left.values())} hundredths do not fit between {first_on} and {last_on}")
    return sorted(found)


def _one_day(left, targets):
    """Two halves, each of the process that lags behind most."""
    done = {}
    for _half in range(2):
        if not left:
            break
        code = max(left, key=lambda code: (left[code] / targets[code], code))
        hundredths = min(PART, left[code])
        done[code] = done.get(code, 0) + hundredths
        left[code] -= hundredths
        if not left[code]:
            del left[code]
    return done


def records(people):
    """HourRecords of [(ref, first day, last day, targets)], as a file of hours would bring them."""
    line = 1
    for ref, first_on, last_on, targets in people:
        for day, code, hundredths in worked_days(ref=ref, first_on=first_on, last_on=last_on, targets=targets):
            line += 1
            yield HourRecord(line, ref, day.isoformat(), code, hours_text(hundredths))
