"""When an employer's new settings can hold from.

House rule, no regulation: what was logged stays in the week it was logged in. So settings change from today on, and the
day on which weeks begin changes from such a day to come: no hours can stand on it yet, and the weeks before it keep
their days."""

from datetime import timedelta

PAST, NOT_TO_COME, NOT_A_WEEKS_FIRST_DAY, PERIOD_WITHOUT_START = (
    "PAST",
    "NOT_TO_COME",
    "NOT_A_WEEKS_FIRST_DAY",
    "PERIOD_WITHOUT_START",
)


def settings_refusal(*, from_on, today, week_starts_on, week_started_on, pay_period, pay_period_starts_on):
    """Why settings cannot hold from a day on; "" where they can. `week_started_on`: the weekday on which weeks start
    until then; weekdays count from 0, Monday."""
    if from_on < today:
        return PAST
    if pay_period == "TWO_WEEKS" and pay_period_starts_on is None:
        return PERIOD_WITHOUT_START
    if week_starts_on == week_started_on:
        return ""
    if from_on <= today:
        return NOT_TO_COME
    return "" if from_on.weekday() == week_starts_on else NOT_A_WEEKS_FIRST_DAY


def next_weekday(day, weekday):
    """The first day after `day` that is this weekday."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
