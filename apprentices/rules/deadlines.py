"""By when: notices to the registration agency, the end of the probation, programs without an apprentice.

All periods are calendar days or months; the numbers are rows of the registration agency."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from employers.rules.standards import DAYS, HOURS, MONTHS, WEEKS, probation_length

AMBER_DAYS = 10

GREEN, AMBER, RED = "GREEN", "AMBER", "RED"
FILED, FILED_LATE = "FILED", "FILED_LATE"

DORMANT_MONTHS = 12
DORMANT_WARNING_MONTHS = 9


@dataclass(frozen=True, slots=True)
class Deadline:
    """`color`: GREEN, AMBER from ten days before the due day on, RED from the day after it; FILED or FILED_LATE once it
    is closed. `days_left` is negative when it has passed."""

    due_on: date
    color: str
    days_left: int


@dataclass(frozen=True, slots=True)
class ProbationFacts:
    """`probation` is the standards' text; `hours_reached_on` the day on which the approved hours reached the hours it
    names, None while they have not."""

    started_on: date
    term_months: int | None
    probation: str
    longest_percent: int
    longest_days: int
    hours_reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProbationEnd:
    """The last day of the probation, and each limit that was looked at: (code, its last day), the codes STANDARDS (what
    the standards say), SHARE_OF_TERM and LONGEST (the agency's)."""

    ends_on: date
    limits: tuple[tuple[str, date], ...]

    def includes(self, day):
        return day <= self.ends_on


def notice_due_on(event_on, notice_days):
    """The last day on which a start, completion, transfer, suspension or cancellation is reported in time: an event on
    day 0 is due on day 45 (federal: 29 CFR 29.5(b)) or 40 (Wisconsin: DWD 295.01(5)), calendar days."""
    return event_on + timedelta(days=notice_days)


def deadline(due_on, *, as_of, filed_on=None, warning_days=AMBER_DAYS):
    """How a due day stands on `as_of`. Closing it needs proof: that is the caller's to ask for."""
    if filed_on is not None:
        color = FILED if filed_on <= due_on else FILED_LATE
    elif as_of > due_on:
        color = RED
    else:
        color = AMBER if as_of >= due_on - timedelta(days=warning_days) else GREEN
    return Deadline(due_on, color, (due_on - as_of).days)


def probation_end(facts):
    """The last day of the probation: what the standards say, but no longer than the agency's share of the term and its
    number of days (29 CFR 29.5(b)(8): a quarter of the program or one year, whichever is shorter).

    A probation in hours ends with the day that completes them; until then the other limits hold."""
    limits = [("LONGEST", facts.started_on + timedelta(days=facts.longest_days - 1))]
    if facts.term_months is not None:
        term_days = (add_months(facts.started_on, facts.term_months) - facts.started_on).days
        share = timedelta(days=term_days * facts.longest_percent // 100 - 1)
        limits.append(("SHARE_OF_TERM", facts.started_on + share))
    own = _own_end(facts)
    if own is not None:
        limits.append(("STANDARDS", own))
    return ProbationEnd(min(day for _code, day in limits), tuple(reversed(limits)))


def _own_end(facts):
    length = probation_length(facts.probation)
    if length is None:
        return None
    amount, unit = length
    if unit == HOURS:
        return facts.hours_reached_on
    if unit in (DAYS, WEEKS):
        return facts.started_on + timedelta(days=amount * (7 if unit == WEEKS else 1) - 1)
    return add_months(facts.started_on, amount if unit == MONTHS else 12 * amount) - timedelta(days=1)


def dormancy(idle_since, *, as_of, warning_months=DORMANT_WARNING_MONTHS, longest_months=DORMANT_MONTHS):
    """A program without an active apprentice since that day (or since its registration, if it never had one): at most
    one year (29 CFR 29.6(a)), amber after nine months, red the day after the year is full."""
    due_on = add_months(idle_since, longest_months)
    warning_days = (due_on - add_months(idle_since, warning_months)).days
    return deadline(due_on, as_of=as_of, warning_days=warning_days)


def add_months(day, months):
    """The same day of a later month, or the last one where that month is shorter: January 31 goes to February 28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_months(start_on, day):
    """How many months have passed since the start: the most for which `add_months` is not after the day, or 0."""
    months = max(0, (day.year - start_on.year) * 12 + day.month - start_on.month)
    return months - 1 if months and add_months(start_on, months) > day else months
