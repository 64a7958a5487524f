from datetime import UTC, date, datetime

import pytest

from imt.written_times import day_of, moment_of


def test_a_day_is_read():
    assert day_of("2026-11-20") == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["", "20.11.2026", "2026-02-30", "today"])
def test_another_way_to_write_a_day_is_refused(text):
    with pytest.raises(ValueError, match="not a day"):
        day_of(text)


@pytest.mark.parametrize("text", ["2026-11-21T08:00:00Z", "2026-11-21T08:00:00+00:00", "2026-11-21T02:00:00-06:00"])
def test_a_moment_is_read_with_its_offset(text):
    assert moment_of(text) == datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-21T08:00:00", "2026-11-21"])
def test_a_moment_without_an_offset_is_refused(text):
    with pytest.raises(ValueError, match="needs an offset"):
        moment_of(text)


def test_what_is_no_moment_is_refused():
    with pytest.raises(ValueError, match="not a moment"):
        moment_of("noon")
