"""Last week's rows and hours laid into the sheets of this one, as if somebody had typed them."""

from datetime import timedelta

from apprentices.queries.week_grids import week_grids
from apprentices.rules.copying import copied_cells
from apprentices.rules.week_names import cell_name, row_name
from employers.queries.calendars import closed_days

WEEK = timedelta(days=7)


def copy_last_week(sheets, *, todays, with_hours):
    """(new WeekSheets, how many cells were filled, how many rows stand for last week's). Decisions, notes and evidence
    stay where they are; what was typed stays as it was typed."""
    grids = [sheet.grid for sheet in sheets if sheet.is_open]
    if not grids:
        return sheets, 0, 0
    last = {}
    for starts_on in {grid.starts_on for grid in grids}:
        some = [grid.apprenticeship for grid in grids if grid.starts_on == starts_on]
        last |= {grid.apprenticeship.pk: grid for grid in week_grids(some, day=starts_on - WEEK, todays=todays)}
    since = min(grid.starts_on for grid in grids)
    closed = closed_days({grid.apprenticeship.employer_id for grid in grids}, since=since, until=since + 2 * WEEK)
    copied, cells, rows = [], 0, 0
    for sheet in sheets:
        if sheet.is_open:
            sheet, count, more = _copied(sheet, last[sheet.apprenticeship.pk], closed, with_hours)
            cells, rows = cells + count, rows + more
        copied.append(sheet)
    return copied, cells, rows


def _copied(sheet, last, closed, with_hours):
    shown = {row.process_key for row in sheet.rows if row.process_key}
    rows = {process for entries in (last.live, last.decided) for process, _day in entries}
    known = {process.pk: process for process in sheet.grid.processes}
    added = {row_name("process", process): "1" for process in sorted(rows - shown) if process in known}
    typed = sheet.typed | added
    count = 0
    if with_hours:
        open_cells = {
            (process.pk, cell.day)
            for process in known.values()
            for cell in sheet.grid.cells_of(process)
            if cell.has_input
        }
        filled = copied_cells(
            _standing(last),
            open_cells=open_cells,
            filled_days={cell.day for row in sheet.rows for cell in row.cells if cell.counted or cell.error},
            closed_days=closed[sheet.apprenticeship.employer_id],
        )
        typed |= {cell_name(process, day): f"{hours:.2f}" for (process, day), hours in filled.items()}
        count = len(filled)
    return sheet.with_typed(typed), count, len(rows & known.keys())


def _standing(grid):
    """{(work process id, day): hours} that stand in a week: what is claimed, and what counts of what was decided."""
    return {
        (process.pk, cell.day): cell.hours for process in grid.shown for cell in grid.cells_of(process) if cell.hours
    }
