"""When will the hours be done? A day with an 80 % range, from the pace of the weeks so far.

No regulation: arithmetic. The expected day goes on at the average pace, weekday by weekday, so that a steady pace is
met to the day. The range is that of a sum of weeks that vary as the weeks so far did, with the average itself
uncertain: the fewer weeks are known, the wider. Weeks that go together (an absence of three weeks) widen it, too.

All of it needs sums only, so that one grouped query can feed thousands of forecasts."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

WORKDAYS = 5
LEAST_WORKDAYS = 3 * WORKDAYS  # "none below three weeks of data"
APPROVAL_LAG = timedelta(days=14)  # hours are approved after the week: so long a silence is not an absence yet
SIDE = NormalDist().inv_cdf(0.9)  # 10 % are left on each side of the range
GREATEST_LIKENESS = 0.8
LATEST_FACTOR = 3
FARTHEST_WEEKS = 52 * 20

BELOW_THREE_WEEKS = "BELOW_THREE_WEEKS"
HOURS_COMPLETE = "HOURS_COMPLETE"
NO_PACE = "NO_PACE"


@dataclass(frozen=True, slots=True)
class PaceFacts:
    """Approved *worked* hours (lines of hour entries; never credit, opening balances or transfers) up to the day of the
    forecast, in hundredths. Weeks run from Monday to Sunday; weeks without hours need no row: the dates tell of them.

    `squares`: sum of the squares of the week totals; `products`: sum of week total × total of the week right after it;
    `weekdays`: the sums by weekday, Monday first, or None for an even spread over Monday to Friday."""

    first_on: date
    last_on: date
    total: int
    squares: int
    products: int
    first_week: int
    last_week: int
    weekdays: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Three days in order, or none of them and the reason (one of the codes above)."""

    earliest: date | None = None
    expected: date | None = None
    latest: date | None = None
    reason: str = ""


def pace_of_days(days):
    """The facts of (day, hundredths) pairs, several per day allowed; None without hours."""
    days = [(day, hundredths) for day, hundredths in days if hundredths]
    if not days:
        return None
    weekdays = [0] * 7
    for day, hundredths in days:
        weekdays[day.weekday()] += hundredths
    first_on, last_on = min(days)[0], max(days)[0]
    return _pace(first_on, last_on, _by_week(days), tuple(weekdays))


def pace_of_weeks(weeks):
    """The facts of (a week's Monday, hundredths) pairs, weeks without hours included or not; None without any week.
    The last week given is taken as over."""
    weeks = list(weeks)
    if not weeks:
        return None
    return _pace(min(weeks)[0], max(weeks)[0] + timedelta(days=6), _by_week(weeks), None)


def _by_week(days):
    weeks = {}
    for day, hundredths in days:
        week = _week_of(day)
        weeks[week] = weeks.get(week, 0) + hundredths
    return weeks


def _pace(first_on, last_on, weeks, weekdays):
    return PaceFacts(
        first_on=first_on,
        last_on=last_on,
        total=sum(weeks.values()),
        squares=sum(hundredths**2 for hundredths in weeks.values()),
        products=sum(hundredths * weeks.get(week + 1, 0) for week, hundredths in weeks.items()),
        first_week=weeks.get(_week_of(first_on), 0),
        last_week=weeks.get(_week_of(last_on), 0),
        weekdays=weekdays,
    )


def forecast(pace, left, as_of):
    """When `left` hundredths of hours will be done, for a pace (PaceFacts or None) known on `as_of`.

    A silence of up to two weeks before `as_of` is taken as hours not approved yet, and the count goes on after the last
    day with hours; what is longer counts as weeks without work. No day of the answer is before `as_of`."""
    if left <= 0:
        return Forecast(reason=HOURS_COMPLETE)
    if pace is None:
        return Forecast(reason=BELOW_THREE_WEEKS)
    through = max(pace.last_on, as_of - APPROVAL_LAG)
    # a week that is over counts whole: who works four days of it is not asked for the fifth
    week_ends_on = through + timedelta(days=6 - through.weekday())
    if workdays(pace.first_on, min(as_of, week_ends_on)) < LEAST_WORKDAYS:
        return Forecast(reason=BELOW_THREE_WEEKS)
    scale, week = _typical_week(pace, through)
    weekly = sum(week)
    needed = left * scale
    if weekly <= 0 or needed > weekly * FARTHEST_WEEKS:
        return Forecast(reason=NO_PACE)
    soonest, longest = _range_in_weeks(pace, through, left=left, average=weekly / scale)
    expected_weeks = needed / weekly
    earliest = min(needed, max(1, round(soonest * weekly)))
    latest = max(needed, round(min(longest, LATEST_FACTOR * expected_weeks) * weekly))
    return Forecast(*(max(as_of, _day_of(through, week, work)) for work in (earliest, needed, latest)))


def workdays(first_on, last_on):
    """How many days from Monday to Friday lie between two days, both included; 0 when they are in the wrong order."""
    return max(0, _workdays_until(last_on) - _workdays_until(first_on - timedelta(days=1)))


def _workdays_until(day):
    weeks, weekday = divmod(day.toordinal() - 1, 7)  # day 1 of the calendar is a Monday
    return weeks * WORKDAYS + min(weekday + 1, WORKDAYS)


def _week_of(day):
    """The week's number since the beginning of the calendar; weeks begin on Monday."""
    return (day.toordinal() - 1) // 7


def _typical_week(pace, through):
    """(scale, seven integers): what each weekday brings on average, in hundredths × scale: nothing is rounded."""
    if pace.weekdays is None:
        return workdays(pace.first_on, through), (pace.total,) * WORKDAYS + (0, 0)
    weeks, more = divmod((through - pace.first_on).days + 1, 7)
    scale = weeks * (weeks + 1)
    first = pace.first_on.weekday()
    return scale, tuple(
        pace.weekdays[weekday] * (weeks if (weekday - first) % 7 < more else weeks + 1) for weekday in range(7)
    )


def _day_of(through, week, work):
    """The first day after `through` on which so much work (in the week's unit) is done."""
    weeks, rest = divmod(work - 1, sum(week))
    days, weekday = 7 * weeks, through.weekday()
    while rest >= 0:
        days += 1
        weekday = (weekday + 1) % 7
        rest -= week[weekday]
    return through + timedelta(days=days)


def _range_in_weeks(pace, through, *, left, average):
    """(soonest, longest) weeks until `left` is done, 80 % lying between; the longest may be infinite.

    The sum of T weeks to come differs from average × T with the variance v × (T + T² / n): its own weeks', and the
    average's, which rests on n weeks. The ends are the T at which `left` is so many standard deviations away: the two
    roots of one quadratic equation (Fieller's interval)."""
    variance, freedom = _variance(pace, through)
    known_weeks = workdays(pace.first_on, through) / WORKDAYS
    doubt = _student(freedom) ** 2 * variance
    square = average**2 - doubt / known_weeks
    slope = 2 * average * left + doubt
    root = math.sqrt(max(0.0, slope**2 - 4 * square * left**2))
    return 2 * left**2 / (slope + root), (slope + root) / (2 * square) if square > 0 else math.inf


def _variance(pace, through):
    """(variance of a week's total, degrees of freedom), over whole weeks: the first week is left out unless it began on
    a Monday, the last unless it reached its Friday.

    Neighboring weeks that resemble each other make sums vary more, by (1 + r) / (1 − r) for a likeness r; r is
    corrected for what short records hide, and so is the variance: few weeks have not seen the rare ones yet."""
    weeks = _week_of(through) - _week_of(pace.first_on) + 1
    likeness = _likeness(pace, through, weeks)
    total, squares, whole = pace.total, pace.squares, weeks
    if pace.first_on.weekday() > 0:
        total, squares, whole = total - pace.first_week, squares - pace.first_week**2, whole - 1
    if through.weekday() < WORKDAYS - 1:
        edge = pace.last_week if _week_of(pace.last_on) == _week_of(through) else 0
        total, squares, whole = total - edge, squares - edge**2, whole - 1
    variance = max(0, whole * squares - total**2) / (whole * (whole - 1))
    return variance * (1 + 2 / whole) * (1 + likeness) / (1 - likeness), whole - 1


def _likeness(pace, through, weeks):
    """How much a week resembles the one before it: the autocorrelation at one week, between 0 and 0.8."""
    mean = pace.total / weeks
    around = pace.squares / weeks - mean**2
    if around <= 0:
        return 0.0
    last = pace.last_week if _week_of(pace.last_on) == _week_of(through) else 0
    pairs = pace.products - mean * (2 * pace.total - pace.first_week - last) + (weeks - 1) * mean**2
    found = pairs / (weeks - 1) / around
    return min(GREATEST_LIKENESS, max(0.0, found + (1 + 3 * found) / weeks))


def _student(freedom):
    """The 90 % point of Student's distribution, by its expansion in 1 / freedom; exact enough from two degrees on."""
    side = SIDE
    first = (side**3 + side) / 4
    second = (5 * side**5 + 16 * side**3 + 3 * side) / 96
    return side + first / freedom + second / freedom**2
