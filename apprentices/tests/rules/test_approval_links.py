from datetime import UTC, datetime, timedelta

import pytest

from apprentices.rules.approval_links import CHANGED, EXPIRED, USED, WITHDRAWN, why_closed

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
OPEN = {
    "used_at": None,
    "expires_at": NOW + timedelta(seconds=1),
    "now": NOW,
    "is_same_version": True,
    "maker_may_decide": True,
}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"used_at": NOW}, USED),
        ({"used_at": NOW, "expires_at": NOW, "is_same_version": False}, USED),
        ({"expires_at": NOW}, EXPIRED),
        ({"maker_may_decide": False}, WITHDRAWN),
        ({"is_same_version": False}, CHANGED),
    ],
)
def test_a_link_opens_once_in_time_for_its_version(changes, why):
    assert why_closed(**(OPEN | changes)) == why
