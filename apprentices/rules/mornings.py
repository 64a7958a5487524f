"""When reminders go out: in the morning of the place where the hours are worked."""

from zoneinfo import ZoneInfo

FROM_HOUR, BEFORE_HOUR = 7, 10


def is_morning(moment, zone):
    """Whether it is between 7 and 10 in the time zone of that name. A whole window, so that an hour without workers
    loses no reminder."""
    return FROM_HOUR <= moment.astimezone(ZoneInfo(zone)).hour < BEFORE_HOUR
