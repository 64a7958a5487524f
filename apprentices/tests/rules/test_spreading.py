import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.spreading import (
    MOST_OF_A_DAY,
    DayRoom,
    DoesNotFit,
    laid_over_days,
    parts_of,
    split,
    split_by_shares,
    week_laid,
)

FIVE_DAYS = [DayRoom(800)] * 5 + [DayRoom(0)] * 2
hours = st.integers(0, MOST_OF_A_DAY)
rooms = st.builds(DayRoom, shift=hours, standing=hours)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=8).filter(any)


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (800, [1, 1], [400, 400]),
        (800, [1, 1, 1], [267, 267, 266]),
        (100, [2, 1], [67, 33]),
        (1, [1, 1, 1], [1, 0, 0]),
        (0, [3, 1], [0, 0]),
        (733, [60, 40], [440, 293]),
        (800, [1, 0], [800, 0]),
    ],
)
def test_a_total_is_split_as_the_shares_say(total, shares, parts):
    assert parts_of(total, shares) == parts


@pytest.mark.parametrize(
    ("total", "days", "laid"),
    [
        (4000, FIVE_DAYS, [800] * 5 + [0, 0]),
        (2000, FIVE_DAYS, [400] * 5 + [0, 0]),
        (1000, [DayRoom(800, standing=800), DayRoom(800), DayRoom(0)], [100, 900, 0]),
        (5000, FIVE_DAYS, [1000] * 5 + [0, 0]),
        (100, [DayRoom(800), DayRoom(400)], [67, 33]),
        (2900, [DayRoom(800, standing=2000), DayRoom(800), DayRoom(800)], [400, 1250, 1250]),
    ],
)
def test_a_weeks_total_fills_what_is_left_of_the_shifts_first(total, days, laid):
    assert laid_over_days(total, days) == laid


@pytest.mark.parametrize(
    ("total", "days", "room"),
    [(1, [], 0), (1, [DayRoom(0)], 0), (2401, [DayRoom(800)], 2400), (1, [DayRoom(800, standing=2400)], 0)],
)
def test_what_the_days_do_not_hold_is_refused_with_the_room_that_there_is(total, days, room):
    with pytest.raises(DoesNotFit) as refusal:
        laid_over_days(total, days)
    assert refusal.value.room == room


def test_each_process_gets_its_total_and_each_day_its_own():
    assert week_laid([2000, 2000], FIVE_DAYS) == [[400] * 5 + [0, 0]] * 2


@given(total=st.integers(0, 20_000), weights=weights)
def test_parts_sum_up_to_the_total_and_lie_next_to_their_exact_share(total, weights):
    parts = parts_of(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@given(days=st.lists(rooms, max_size=7), data=st.data())
def test_days_sum_up_to_the_total_and_none_goes_above_24_hours_with_what_stands(days, data):
    room = sum(day.left for day in days if day.shift)
    total = data.draw(st.integers(0, room))
    laid = laid_over_days(total, days)
    assert sum(laid) == total
    for day, part in zip(days, laid, strict=True):
        assert part >= 0
        assert part == 0 or part + day.standing <= MOST_OF_A_DAY
        assert part == 0 or day.shift > 0


@given(days=st.lists(hours, min_size=1, max_size=7), data=st.data())
def test_every_row_sums_up_to_its_process_and_every_column_to_its_day(days, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, sum(days)), max_size=5)))
    processes = [after - before for before, after in zip([0, *cuts], [*cuts, sum(days)], strict=True)]
    rows = split(days, processes)
    assert [sum(row) for row in rows] == processes
    assert [sum(column) for column in zip(*rows, strict=True)] == days
    assert all(part >= 0 for row in rows for part in row)


@given(days=st.lists(hours, min_size=1, max_size=7), shares=weights)
def test_shares_leave_every_day_as_it_was(days, shares):
    assert [sum(column) for column in zip(*split_by_shares(days, shares), strict=True)] == days
