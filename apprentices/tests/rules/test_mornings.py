from datetime import UTC, datetime

import pytest

from apprentices.rules.mornings import is_morning


@pytest.mark.parametrize(
    ("hour", "zone", "expected"),
    [
        (12, "America/New_York", True),  # 7:00 there
        (11, "America/New_York", False),
        (14, "America/New_York", True),
        (15, "America/New_York", False),
        (12, "America/Chicago", False),
        (13, "America/Chicago", True),
        (15, "America/Los_Angeles", True),
    ],
)
def test_a_morning_is_from_seven_to_ten_where_the_work_is(hour, zone, expected):
    assert is_morning(datetime(2026, 1, 13, hour, tzinfo=UTC), zone) is expected
