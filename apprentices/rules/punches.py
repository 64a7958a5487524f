"""A punch list, as time clocks keep it: when somebody came and when they left, read as hours per person, day and work
process (or the department that stands for one).

The hours from in to out belong to the day of the in, over midnight too. They are told by the clock on the wall: what
a night of daylight saving adds or takes, the plant's own correction says. Breaks are what lies between two pairs."""

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from apprentices.rules.hour_lines import PunchRecord, normalized
from apprentices.rules.hours import MILLISECONDS_PER_HUNDREDTH, CellError, DayError, parse_day, shown

TIME_EXPECTED = "a time such as 7:00, 15:30 or 3:30 PM, with a day before it or in a column of its own"
OUT_EXPECTED = "the time at which they left"
AFTER_IN_EXPECTED = "a time after the in, at most 24 hours later"

_LONGEST = timedelta(hours=24)
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?\s*(?:([AaPp])\.?(?:[Mm]\.?)?)?")
_DAY_AND_TIME = re.compile(r"(\S+?),?[ T]\s*([0-9]{1,2}:.+)")


class Punch(NamedTuple):
    """A line of the list. `worked_on`, `time_in`, `time_out`: text or a workbook's own types, "" where empty."""

    line: int
    apprentice_ref: str
    worked_on: object
    time_in: object
    time_out: object
    work_process: str
    note: str = ""
    pay_code: str = ""
    all_cells: list | None = None


class _Fault(Exception):
    def __init__(self, field, found, expected, cell):
        super().__init__(field)
        self.said = field, found, expected, cell


def hours_of_punches(punches, day_first=False):
    """[PunchRecord] of Punches, in their order. One without an end, or that begins before another one of that person
    has ended, carries its fault.

    The lines of a person, day and process are rounded so that they add up to their rounded sum."""
    punches = list(punches)
    spans, faults = {}, {}
    for place, punch in enumerate(punches):
        try:
            spans[place] = _span(punch, day_first)
        except _Fault as fault:
            faults[place] = fault.said
    for place, said in _overlaps(punches, spans).items():
        faults[place] = said
        del spans[place]
    hours = _rounded(punches, spans)
    return [
        PunchRecord(
            line=punch.line,
            apprentice_ref=punch.apprentice_ref,
            worked_on=spans[place][0].date() if place in spans else None,
            work_process=punch.work_process,
            hours=hours.get(place, 0),
            note=punch.note,
            pay_code=punch.pay_code,
            all_cells=punch.all_cells,
            fault=faults.get(place),
        )
        for place, punch in enumerate(punches)
    ]


def _span(punch, day_first):
    """(in, out) as datetimes on the clock of the plant."""
    day = _day(punch, day_first)
    start, _has_day = _moment(punch.time_in, day, day_first, "time_in")
    if isinstance(punch.time_out, str) and not punch.time_out.strip():
        raise _Fault("hours", "nothing", OUT_EXPECTED, "time_out")
    end, has_day = _moment(punch.time_out, start.date(), day_first, "time_out")
    if end <= start and not has_day:
        end += timedelta(days=1)
    # a pair of one and the same time is a slip of the finger, not a day and a night
    if not timedelta(0) < end - start <= _LONGEST or start.time() == end.time():
        raise _Fault("hours", shown(_plain(punch.time_out)), AFTER_IN_EXPECTED, "time_out")
    return start, end


def _day(punch, day_first):
    if isinstance(punch.worked_on, str) and not punch.worked_on.strip():
        return None
    try:
        return parse_day(punch.worked_on, day_first)
    except DayError as error:
        raise _Fault("worked_on", error.found, error.expected, "worked_on") from error


def _moment(cell, day, day_first, field):
    """(datetime, did the cell itself say the day?)."""
    if isinstance(cell, datetime):
        return cell, True
    told = _time_of(cell)
    if told is not None and day is not None:
        return datetime.combine(day, told), False
    found = _DAY_AND_TIME.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) < 60 else None
    told = _time_of(found[2]) if found else None
    if told is None:
        raise _Fault("worked_on" if field == "time_in" else "hours", shown(_plain(cell)), TIME_EXPECTED, field)
    try:
        return datetime.combine(parse_day(found[1], day_first), told), True
    except CellError as error:
        raise _Fault("worked_on", error.found, error.expected, field) from error


def _time_of(cell):
    """A time of day, None where the cell is none."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        return (datetime.min + cell).time() if timedelta(0) <= cell < _LONGEST else None
    found = _TIME.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) < 40 else None
    if not found:
        return None
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0)) if hour < 24 else None


def _overlaps(punches, spans):
    """{place: fault} of the punches that begin before an earlier one of the same person has ended."""
    of_person = defaultdict(list)
    for place, (start, end) in spans.items():
        of_person[punches[place].apprentice_ref.strip()].append((start, punches[place].line, end, place))
    faults = {}
    for own in of_person.values():
        last = None
        for start, line, end, place in sorted(own):
            if last is not None and start < last[0]:
                expected = f"a time from {last[0]:%Y-%m-%d %H:%M} on: line {last[1]} ends then"
                faults[place] = ("hours", f"{start:%Y-%m-%d %H:%M}", expected, "time_in")
            else:
                last = end, line
    return faults


def _rounded(punches, spans):
    """{place: hundredths}: each line is what it adds to the rounded sum of its person, day and process."""
    sums, hours = defaultdict(int), {}
    for place, (start, end) in sorted(spans.items()):
        punch = punches[place]
        key = punch.apprentice_ref.strip(), start.date(), normalized(punch.work_process)
        before = _hundredths(sums[key])
        sums[key] += round((end - start) / timedelta(milliseconds=1))
        hours[place] = _hundredths(sums[key]) - before
    return hours


def _hundredths(milliseconds):
    return (milliseconds + MILLISECONDS_PER_HUNDREDTH // 2) // MILLISECONDS_PER_HUNDREDTH


def _plain(value):
    return value.isoformat(sep=" ") if isinstance(value, datetime | date) else value
