"""One line of a file of hours: skipped, an error, or claims (contract: Files of hours).

The checks run in the contract's order and the first failure is the line's outcome: empty, total, pay_code,
apprentice_ref, week_ending or worked_on (form), work_process, hours (form and 0 to 24). What asks the database
(entry_ref and known again, registration and status, the hours of the day) comes after, in the action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from apprentices.rules.hours import (
    MILLISECONDS_PER_HUNDREDTH,
    TOTAL_EXPECTED,
    CellError,
    DayError,
    HoursError,
    exact_hours,
    exact_total,
    hours_of_a_day,
    hours_text,
    parse_day,
    parse_hours,
    shown,
)
from employers.rules.rows import ERROR, SKIPPED

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

WORK = frozenset(("", "reg", "ot", "dt"))
ABSENCE = frozenset(("vac", "sick", "hol", "pto"))
PAY_CODE_EXPECTED = "REG, OT, DT or nothing for work; VAC, SICK, HOL or PTO to skip the line"
PERSON_EXPECTED = "the ref of an apprenticeship"
WEEK_ENDING_EXPECTED = "the last day of the week"
PROCESS_EXPECTED = "the code or title of a work process of this apprenticeship's standards"

_TOTALS = ("total", "subtotal", "grand total")
_AFTER_TOTAL = (" ", ":", ".")
_LONGEST_NAME = 600  # of what is kept for the next time; no title is longer


@dataclass(frozen=True, slots=True)
class Person:
    """Whose hours a ref names. `processes`: `process_names` of the standards, {name: work process id}."""

    apprenticeship_id: int
    person_id: int
    employer_id: int
    processes: Mapping[str, int | None]


# Somebody of whom the employer said: no apprentice. A time clock's file holds the whole plant.
NO_APPRENTICE = Person(0, 0, 0, {})


class HourRecord(NamedTuple):
    """A line of a list. Texts as they stand; day and hours as text or as a workbook's own types; "" where empty or
    absent. `all_cells`: those of columns that are no field too, for only a line without any is empty (None: it is
    not). `more_hours`: (field, cell) of overtime in columns of its own, which counts hour for hour."""

    line: int
    apprentice_ref: str
    worked_on: object
    work_process: str
    hours: object
    note: str = ""
    entry_ref: str = ""
    pay_code: str = ""
    all_cells: list | None = None
    more_hours: tuple = ()


class WeekRecord(NamedTuple):
    """A line of a matrix: seven cells, Monday first, of the seven days that end on `week_ending`."""

    line: int
    apprentice_ref: str
    week_ending: object
    work_process: str
    days: tuple
    total: object = ""
    note: str = ""
    pay_code: str = ""
    all_cells: list | None = None


class PunchRecord(NamedTuple):
    """A line of a punch list, paired and laid on its day (rules/punches.py). `fault`: (field, found, expected, cell)
    where the punches give no hours; else `hours` are hundredths."""

    line: int
    apprentice_ref: str
    worked_on: date | None
    work_process: str
    hours: int
    note: str = ""
    pay_code: str = ""
    all_cells: list | None = None
    fault: tuple | None = None


class Claim(NamedTuple):
    """Hours (hundredths) that a line claims; `cell` is "hours", the weekday of a matrix, or the end of a punch."""

    line: int
    apprenticeship_id: int
    person_id: int
    work_process_id: int
    worked_on: date
    hours: int
    note: str
    entry_ref: str
    cell: str


class LineOutcome(NamedTuple):
    """What became of a line or of one claim. `cell` is the field, or the weekday or "total" of a matrix whose field is
    hours: it names the file's column. `found` says why a line was skipped."""

    line: int
    outcome: str
    field: str | None = None
    found: str | None = None
    expected: str | None = None
    cell: str | None = None


def process_names(processes):
    """{name: id} of (id, code, title), for `Person.processes`: the code, the title, the title without the code before
    it and with it. A code beats a title; a title that several processes share stands for none of them (None)."""
    codes, titles = {}, {}
    for process_id, code, title in processes:
        key = normalized(code)
        codes[key] = codes[code] = process_id  # as it is written too: found without normalizing the cell
        bare = normalized(title)
        if bare.startswith(f"{key}."):
            bare = bare[len(key) + 1 :].strip()
        for name in {normalized(title), bare, f"{key}. {bare}", f"{key}.{bare}"}:
            titles[name] = process_id if titles.get(name, process_id) == process_id else None
    named = {**titles, **codes}
    named.pop("", None)  # a cell left empty names no process
    return named


def normalized(name):
    """Without case and outer blanks; blanks inside (breaking or not, one or several) are one blank."""
    return _normalized(name) if len(name) <= _LONGEST_NAME else " ".join(name.split()).casefold()


def check_line(record, *, people, day_first):
    """A list of Claim, or the LineOutcome that ends the line here: skipped or error.

    `people`: {apprentice_ref: Person}; a ref is compared as it is written, without outer blanks."""
    ref, process_id = record.apprentice_ref, None
    person = people.get(ref) or people.get(ref.strip())
    if person is not None:
        names = person.processes
        process_id = names.get(record.work_process) or names.get(normalized(record.work_process))
    if process_id is None and (reason := _no_claim(record, person)):
        return LineOutcome(record.line, SKIPPED, found=reason)
    if person is NO_APPRENTICE:
        return LineOutcome(record.line, SKIPPED, found="somebody who is no apprentice")
    if record.pay_code and (outcome := _check_pay_code(record)):
        return outcome
    if person is None:
        return _error(record.line, "apprentice_ref", shown(ref), PERSON_EXPECTED)
    return _CHECKS[type(record)](record, person, process_id, day_first)


def is_passed_over(record, person):
    """Is the line empty, a sum of others, or an absence, so that nobody asks what its words mean?"""
    return bool(_no_claim(record, person)) or record.pay_code.strip().casefold() in ABSENCE


def _no_claim(record, person):
    """Why a line whose process is not known is skipped, None where it is not: it is empty, or it sums up others. What
    is called "Total …" in the person's own standards sums up nothing."""
    if record.all_cells is not None and all(map(_is_blank, record.all_cells)):
        return "an empty line"
    if person is None:
        is_total = _is_total(record.apprentice_ref) or _is_total(record.work_process)
    else:
        is_total = _is_total(record.work_process) and normalized(record.work_process) not in person.processes
    return "a line of totals" if is_total else None


def _is_total(cell):
    name = normalized(cell)
    return any(name == word or (name.startswith(word) and name[len(word)] in _AFTER_TOTAL) for word in _TOTALS)


def _check_pay_code(record):
    code = record.pay_code.strip()
    kind = code.casefold()
    if kind in WORK:
        return None
    if kind in ABSENCE:
        return LineOutcome(record.line, SKIPPED, found=f"pay code {shown(code)}")
    return _error(record.line, "pay_code", shown(code), PAY_CODE_EXPECTED)


def _check_hours(record, person, process_id, day_first):
    try:
        day = parse_day(record.worked_on, day_first)
        if process_id is None:
            return _unknown_process(record)
        hours = _with_overtime(record) if record.more_hours else parse_hours(record.hours)
    except DayError as error:
        return _error(record.line, "worked_on", error.found, error.expected)
    except HoursError as error:
        return _error(record.line, "hours", error.found, error.expected)
    except _OvertimeError as error:
        return _error(record.line, "hours", error.found, error.expected, cell=error.cell)
    return [_claim(record, person, process_id, day, hours, record.entry_ref.strip(), "hours")]


class _OvertimeError(CellError):
    """As a HoursError, of a column of overtime."""

    def __init__(self, error, cell):
        super().__init__(error.found, error.expected)
        self.cell = cell


def _with_overtime(record):
    """Hundredths of all columns of hours together, rounded once; empty ones are none, unless all are."""
    worked = [] if _is_blank(record.hours) else [exact_hours(record.hours)]
    for name, cell in record.more_hours:
        if not _is_blank(cell):
            try:
                worked.append(exact_hours(cell))
            except HoursError as error:
                raise _OvertimeError(error, name) from error
    if not worked:
        return parse_hours(record.hours)
    return hours_of_a_day(sum(worked), f"{hours_text(_rounded(sum(worked)))} in all")


def _check_punch(record, person, process_id, day_first):
    fault = record.fault
    if fault and fault[0] == "worked_on":
        return _error(record.line, *fault)
    if process_id is None:
        return _unknown_process(record)
    if fault:
        return _error(record.line, *fault)
    return [_claim(record, person, process_id, record.worked_on, record.hours, "", "time_out")]


def _check_week(record, person, process_id, day_first):
    try:
        week_ending = parse_day(record.week_ending, day_first)
    except DayError as error:
        return _error(record.line, "week_ending", error.found, error.expected)
    if process_id is None:
        return _unknown_process(record)
    if week_ending.toordinal() < len(WEEKDAYS):  # the first days there are: no week ends on them
        return _error(record.line, "week_ending", shown(record.week_ending), WEEK_ENDING_EXPECTED)
    claims, worked = [], 0
    for weekday, (name, cell) in enumerate(zip(WEEKDAYS, record.days, strict=True)):
        if _is_blank(cell):
            continue
        try:
            exact = exact_hours(cell)
            if not exact:
                continue
            hours = hours_of_a_day(exact, cell)
        except CellError as error:
            return _error(record.line, "hours", error.found, error.expected, cell=name)
        worked += exact
        day = week_ending - timedelta(days=(week_ending.weekday() - weekday) % 7)
        # without a reference: one that the line may have is none of a single entry
        claims.append(_claim(record, person, process_id, day, hours, "", name))
    wrong_total = _check_total(record, worked, len(claims))
    return wrong_total or claims or LineOutcome(record.line, SKIPPED, found="no hours")


_CHECKS = {HourRecord: _check_hours, WeekRecord: _check_week, PunchRecord: _check_punch}


def _claim(record, person, process_id, day, hours, entry_ref, cell):
    note = record.note.strip()
    # a third of the time that Claim(…) takes: a file has a million of them
    return tuple.__new__(
        Claim,
        (record.line, person.apprenticeship_id, person.person_id, process_id, day, hours, note, entry_ref, cell),
    )


def _check_total(record, worked, count):
    """Each cell may have been rounded before it was written, by half a hundredth at most."""
    if _is_blank(record.total):
        return None
    try:
        total = exact_total(record.total)
    except CellError as error:
        return _error(record.line, "hours", error.found, TOTAL_EXPECTED, cell="total")
    if abs(total - worked) * 2 <= count * MILLISECONDS_PER_HUNDREDTH:
        return None
    found = f"a total of {shown(record.total)} over cells that sum to {hours_text(_rounded(worked))}"
    return _error(record.line, "hours", found, TOTAL_EXPECTED, cell="total")


def _rounded(milliseconds):
    return (milliseconds + MILLISECONDS_PER_HUNDREDTH // 2) // MILLISECONDS_PER_HUNDREDTH


def _is_blank(cell):
    return isinstance(cell, str) and not cell.strip()


def _unknown_process(record):
    return _error(record.line, "work_process", shown(record.work_process), PROCESS_EXPECTED)


def _error(line, field, found, expected, cell=None):
    return LineOutcome(line, ERROR, field, found, expected, cell or field)


@lru_cache(maxsize=4096)
def _normalized(name):
    return " ".join(name.split()).casefold()
