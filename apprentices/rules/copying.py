"""Copying last week into this one: what would be doubled, and what nobody worked, is left out.

Facts in, cells out; nothing is decided by it, and nothing is saved."""

from datetime import timedelta

WEEK = timedelta(days=7)


def copied_cells(last_week, *, open_cells, filled_days, closed_days):
    """{(work process, day): hours} to write into empty cells.

    `last_week`: {(work process, day): hours}, what stands there. `open_cells`: the (work process, day) of this week
    that can be written. `filled_days`: the days that have hours already, of any process, typed or saved: more on top
    would double them. `closed_days`: those of the plant's calendar."""
    moved = {(process, day + WEEK): hours for (process, day), hours in last_week.items()}
    return {
        key: hours
        for key, hours in moved.items()
        if hours > 0 and key in open_cells and key[1] not in filled_days and key[1] not in closed_days
    }
