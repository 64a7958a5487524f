"""Days and moments as people write them on a command line."""

from datetime import date, datetime


def day_of(text):
    """A day as yyyy-mm-dd; ValueError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is not a day like 2026-11-20") from error


def moment_of(text):
    """A moment as ISO 8601 with an offset or Z; ValueError otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is not a moment like 2026-11-21T08:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"“{text}” needs an offset or Z, like 2026-11-21T08:00:00Z")
    return moment
