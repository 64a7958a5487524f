"""What is copied from last week, and what is not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apprentices.rules.copying import copied_cells

MONDAY = date(2026, 3, 2)
LAST = MONDAY - timedelta(days=7)
EIGHT = Decimal("8.00")


def copied(last_week, **changes):
    facts = {"open_cells": {(1, MONDAY), (2, MONDAY)}, "filled_days": set(), "closed_days": {}}
    return copied_cells(last_week, **facts | changes)


@pytest.mark.parametrize(
    ("why", "changes", "found"),
    [
        ("an empty open cell is filled", {}, {(1, MONDAY): EIGHT}),
        ("a day with hours already would be doubled", {"filled_days": {MONDAY}}, {}),
        ("nobody works on a closed day", {"closed_days": {MONDAY: "Holiday"}}, {}),
        ("a cell that takes no hours takes none", {"open_cells": {(2, MONDAY)}}, {}),
    ],
)
def test_a_day_is_copied_to_the_same_weekday_unless(why, changes, found):
    assert copied({(1, LAST): EIGHT}, **changes) == found, why


def test_what_was_amended_to_nothing_is_not_copied():
    assert copied({(1, LAST): Decimal("0.00"), (2, LAST): EIGHT}) == {(2, MONDAY): EIGHT}
