"""Typed weeks as a browser sends them, before anything of it is believed."""

import json
from datetime import date

from apprentices.actions.typed_weeks import Typed

MOST_WEEKS, MOST_FIELDS, LARGEST_NUMBER = 50, 600, 2**31 - 1


class NotTyped(ValueError):
    """The body is not what the page sends."""


def read_typed(body):
    """`{"weeks": [{"apprenticeship", "week", "edit_number", "typed": {name: text}}]}` → [Typed]."""
    try:
        weeks = json.loads(body)["weeks"]
        found = [
            Typed(int(one["apprenticeship"]), date.fromisoformat(one["week"]), int(one["edit_number"]), one["typed"])
            for one in weeks
        ]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotTyped from error
    if len(found) > MOST_WEEKS or not all(_is_plain(week) for week in found):
        raise NotTyped
    return list({(week.apprenticeship_id, week.week_starts_on): week for week in found}.values())


def _is_plain(week):
    return (
        0 < week.edit_number <= LARGEST_NUMBER
        and 0 < week.apprenticeship_id < 2**63
        and isinstance(week.texts, dict)
        and len(week.texts) <= MOST_FIELDS
        and all(isinstance(text, str) and "\x00" not in text for text in week.texts.values())
    )
