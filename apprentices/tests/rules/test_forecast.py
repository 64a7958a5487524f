from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.forecast import (
    BELOW_THREE_WEEKS,
    HOURS_COMPLETE,
    NO_PACE,
    forecast,
    pace_of_days,
    pace_of_weeks,
    workdays,
)

REQUIRED = 273_600
MONDAY = date(2024, 9, 9)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def logged(weeks, start=MONDAY, required=REQUIRED):
    """[(day, hundredths)] of week totals spread evenly over Monday to Friday, until the required hours are done."""
    days, done = [], 0
    for number, total in enumerate(weeks):
        for weekday in range(5):
            share = total // 5 + (weekday < total % 5)
            if share and done < required:
                days.append((start + number * WEEK + weekday * DAY, share))
                done += share
        if done >= required:
            return days
    return days


def steady(start, week, required=REQUIRED):
    """[(day, hundredths)] of a week that repeats itself: seven day totals, Monday first."""
    days, done, day = [], 0, start
    while done < required:
        if week[day.weekday()]:
            days.append((day, week[day.weekday()]))
            done += week[day.weekday()]
        day += DAY
    return days


def forecasts_of(days, shares=(0.25, 0.5, 0.75), wait=0 * DAY):
    """The forecasts on the days (or some days later) on which these shares of the required hours were done."""
    found, done, shares = [], 0, list(shares)
    for count, (day, hundredths) in enumerate(days, 1):
        done += hundredths
        while shares and done >= shares[0] * REQUIRED:
            shares.pop(0)
            found.append(forecast(pace_of_days(days[:count]), REQUIRED - done, day + wait))
    return found


EIGHT_A_DAY = (800, 800, 800, 800, 800, 0, 0)


@pytest.mark.parametrize("weekday", range(5))
@pytest.mark.parametrize("wait", [0, 1, 3, 9, 14])
def test_a_steady_pace_is_met_to_the_day(weekday, wait):
    days = steady(MONDAY + weekday * DAY, EIGHT_A_DAY)
    for found in forecasts_of(days, wait=wait * DAY):
        assert found.earliest == found.expected == found.latest == days[-1][0]


@given(count=st.integers(15, 400), left=st.integers(1, 400), weekday=st.integers(0, 4))
def test_a_steady_pace_has_no_range(count, left, weekday):
    days = steady(MONDAY + weekday * DAY, EIGHT_A_DAY, required=800 * (count + left))
    found = forecast(pace_of_days(days[:count]), 800 * left, days[count - 1][0])
    assert found.earliest == found.expected == found.latest == days[-1][0]


@pytest.mark.parametrize(
    "week",
    [
        (1000, 1000, 1000, 1000, 0, 0, 0),
        (0, 0, 0, 0, 1200, 1200, 1200),
        (800, 800, 800, 800, 800, 400, 0),
        (0, 850, 850, 0, 733, 0, 0),
        (500, 0, 0, 0, 0, 0, 0),
    ],
)
@pytest.mark.parametrize("weekday", range(7))
def test_any_week_that_repeats_itself_is_met_within_a_day(week, weekday):
    days = steady(MONDAY + weekday * DAY, week)
    for found in forecasts_of(days):
        assert abs(found.expected - days[-1][0]) <= DAY


def test_a_steady_pace_by_weeks_is_met_within_a_day():
    done = [(MONDAY + number * WEEK, 4_000) for number in range(17)]
    left = REQUIRED - 17 * 4_000
    found = forecast(pace_of_weeks(done), left, MONDAY + 17 * WEEK - DAY)
    # 2,056 hours are 257 workdays: 51 weeks and two days
    assert found.expected == MONDAY + 68 * WEEK + DAY


def uneven(random):
    """40 × p hours a week, p normal (0.85, 0.15) cut to 0…1.2, 6 % of the weeks without any."""
    while True:
        share = min(1.2, max(0.0, random.gauss(0.85, 0.15)))
        yield 0 if random.random() < 0.06 else round(4_000 * share)


def shifts(random):
    """Five days of mostly eight hours, one in ten missed, now and then a Saturday; two weeks of shutdown a year."""
    number = random.randrange(52)
    while True:
        number += 1
        days = sum(random.choice((600, 800, 800, 800, 1_000)) for _day in range(5) if random.random() > 0.1)
        yield 0 if number % 52 < 2 else days + (600 if random.random() < 0.15 else 0)


def own_paces(random):
    """Everybody has another pace, another evenness and another share of weeks off."""
    pace, spread, off = random.uniform(0.5, 1.0), random.uniform(0.05, 0.3), random.uniform(0, 0.12)
    while True:
        yield 0 if random.random() < off else round(4_000 * max(0.0, random.gauss(pace, spread)))


@pytest.mark.parametrize("generator", [uneven, shifts, own_paces])
def test_of_200_apprentices_the_range_covers_75_to_90_percent(generator):
    random = Random(20_261_120)
    hits = count = 0
    for _apprentice in range(200):
        days = logged(generator(random), start=MONDAY + random.randrange(52) * WEEK)
        for found in forecasts_of(days):
            hits += found.earliest <= days[-1][0] <= found.latest
            count += 1
    assert count == 600
    assert 0.75 <= hits / count <= 0.90


@pytest.mark.parametrize("generator", [uneven, shifts])
def test_of_200_apprentices_the_expected_day_is_right_on_average(generator):
    random = Random(7)
    errors = []
    for _apprentice in range(200):
        days = logged(generator(random))
        errors += [(found.expected - days[-1][0]).days for found in forecasts_of(days)]
    assert abs(sum(errors) / len(errors)) < 7


def test_the_range_narrows_as_the_hours_go_on():
    days = logged(uneven(Random(1)))
    first, second, third = ((found.latest - found.earliest).days for found in forecasts_of(days))
    assert first > second > third > 0


def test_absences_of_several_weeks_widen_the_range_more_than_scattered_ones():
    together = [0 if number % 12 in (9, 10, 11) else 4_000 for number in range(36)]
    scattered = [0 if number % 4 == 3 else 4_000 for number in range(36)]
    widths = []
    for weeks in (together, scattered):
        done = [(MONDAY + number * WEEK, total) for number, total in enumerate(weeks)]
        found = forecast(pace_of_weeks(done), 100_000, MONDAY + 36 * WEEK - DAY)
        widths.append(found.latest - found.earliest)
    assert widths[0] > widths[1] > 0 * DAY


def three_weeks(count):
    """(pace, last day) of so many workdays of eight hours."""
    days = steady(MONDAY, EIGHT_A_DAY, required=800 * count)
    return pace_of_days(days), days[-1][0]


def test_there_is_no_forecast_below_three_weeks_of_data():
    pace, last_on = three_weeks(14)
    found = forecast(pace, REQUIRED, last_on)
    assert (found.expected, found.earliest, found.latest) == (None, None, None)
    assert found.reason == BELOW_THREE_WEEKS


def test_three_weeks_of_data_are_enough():
    pace, last_on = three_weeks(15)
    found = forecast(pace, 4_000, last_on)
    assert (found.expected, found.reason) == (last_on + WEEK, "")


@pytest.mark.parametrize("weekday", range(7))
def test_three_uneven_weeks_give_a_range_that_ends(weekday):
    totals = (800, 800, 0, 0, 800, 0, 0, 800, 0, 0, 0, 800, 800, 800, 800, 0, 0, 800, 800, 800, 800, 0)
    days = [(MONDAY + (weekday + number) * DAY, total) for number, total in enumerate(totals) if total]
    as_of = MONDAY + (weekday + len(totals)) * DAY
    found = forecast(pace_of_days(days), REQUIRED, as_of)
    assert as_of < found.earliest < found.expected < found.latest < date(2030, 1, 1)


def test_three_weeks_of_four_days_are_three_weeks():
    days = steady(MONDAY, (1000, 1000, 1000, 1000, 0, 0, 0), required=12_000)
    friday = MONDAY + 2 * WEEK + 4 * DAY
    assert forecast(pace_of_days(days), 4_000, friday).expected == friday + WEEK - DAY


def test_without_hours_there_is_no_forecast():
    assert forecast(pace_of_days([]), REQUIRED, MONDAY).reason == BELOW_THREE_WEEKS
    assert forecast(pace_of_weeks([]), REQUIRED, MONDAY).reason == BELOW_THREE_WEEKS


def test_with_nothing_left_there_is_nothing_to_forecast():
    pace, last_on = three_weeks(20)
    assert forecast(pace, 0, last_on).reason == HOURS_COMPLETE


def test_a_pace_that_takes_decades_is_none():
    days = [(MONDAY, 800), (MONDAY + 30 * WEEK, 800)]
    assert forecast(pace_of_days(days), REQUIRED, MONDAY + 30 * WEEK).reason == NO_PACE


def test_hours_all_taken_back_are_no_pace():
    days = [(MONDAY, 800), (MONDAY, -800), (MONDAY + 4 * WEEK, 800), (MONDAY + 4 * WEEK, -800)]
    assert forecast(pace_of_days(days), REQUIRED, MONDAY + 4 * WEEK).reason == NO_PACE


def test_two_silent_weeks_are_hours_not_approved_yet():
    pace, last_on = three_weeks(40)
    assert forecast(pace, 20_000, last_on + 14 * DAY) == forecast(pace, 20_000, last_on)


def test_a_longer_silence_is_time_without_work():
    pace, last_on = three_weeks(40)
    answers = [forecast(pace, 20_000, last_on + days * DAY).expected for days in (14, 21, 28, 56)]
    assert answers == sorted(set(answers))


def test_no_day_of_the_forecast_has_passed():
    pace, last_on = three_weeks(40)
    as_of = last_on + 10 * DAY
    found = forecast(pace, 800, as_of)
    assert found.earliest == found.expected == found.latest == as_of


def test_weeks_without_hours_count_whether_they_are_given_or_not():
    given_weeks = [(MONDAY, 4_000), (MONDAY + WEEK, 0), (MONDAY + 2 * WEEK, 3_000), (MONDAY + 3 * WEEK, 3_500)]
    without = [week for week in given_weeks if week[1]]
    assert pace_of_weeks(given_weeks) == pace_of_weeks(without)


def test_the_sums_of_a_pace():
    pace = pace_of_days(
        [
            (MONDAY + 2 * DAY, 800),
            (MONDAY + 2 * DAY, 100),
            (MONDAY + 7 * DAY, 500),
            (MONDAY + 23 * DAY, 300),
        ]
    )
    assert (pace.first_on, pace.last_on) == (MONDAY + 2 * DAY, MONDAY + 23 * DAY)
    assert pace.total == 1_700
    assert pace.squares == 900**2 + 500**2 + 300**2
    assert pace.products == 900 * 500  # the third week is empty
    assert (pace.first_week, pace.last_week) == (900, 300)
    assert pace.weekdays == (500, 0, 1_200, 0, 0, 0, 0)


def test_workdays_are_counted_with_both_ends():
    assert workdays(MONDAY, MONDAY) == 1
    assert workdays(MONDAY, MONDAY + 6 * DAY) == 5
    assert workdays(MONDAY + 4 * DAY, MONDAY + 7 * DAY) == 2
    assert workdays(MONDAY, MONDAY - DAY) == 0


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 900))
def test_workdays_are_those_from_monday_to_friday(first_on, later):
    last_on = first_on + later * DAY
    assert workdays(first_on, last_on) == sum((first_on + number * DAY).weekday() < 5 for number in range(later + 1))


@given(
    totals=st.lists(st.integers(0, 6_000), min_size=3, max_size=120),
    left=st.integers(1, REQUIRED),
    more=st.integers(0, 10_000),
    silence=st.integers(0, 60),
)
def test_the_days_stand_in_order_and_more_hours_never_end_earlier(totals, left, more, silence):
    weeks = [(MONDAY + number * WEEK, total) for number, total in enumerate(totals)]
    as_of = MONDAY + len(totals) * WEEK - DAY + silence * DAY
    found = forecast(pace_of_weeks(weeks), left, as_of)
    later = forecast(pace_of_weeks(weeks), left + more, as_of)
    if found.reason or later.reason:
        assert {found.reason, later.reason} <= {"", NO_PACE}
        return
    assert as_of <= found.earliest <= found.expected <= found.latest
    assert found.expected <= later.expected
    assert found.earliest <= later.earliest
    assert found.latest <= later.latest
