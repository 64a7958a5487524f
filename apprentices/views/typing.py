"""What the grid of one person and that of the crew answer alike."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.queries.calendars import settings_on


def edit_number_of(text):
    """The number with which the editor began, None where the page did not send one."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def asks_why_late(grids, today):
    """Whether hours of these weeks may come so late that an employer wants a reason."""
    settings = settings_on({grid.apprenticeship.employer_id for grid in grids}, on=today)
    days = {key: one.late_after_days for key, one in settings.items()}
    return any(
        grid.timesheet.late_reason or _is_older(grid, today, days[grid.apprenticeship.employer_id]) for grid in grids
    )


def _is_older(grid, today, days):
    return days is not None and (today - grid.starts_on).days > days


def saved_mark(weeks):
    """The part of the next address that tells the page which weeks the server has now, so that it forgets what it kept
    of them on the device: #saved=<apprenticeship>:<edit number>,…"""
    return "#saved=" + ",".join(f"{week.apprenticeship_id}:{week.edit_number}" for week in weeks)


def said_of_copying(request, cells, rows, *, with_hours):
    if not rows:
        messages.info(request, _("Last week has no hours to copy."))
    elif not with_hours:
        messages.info(request, _("The rows of last week stand here. Nothing is saved yet."))
    elif cells:
        text = ngettext(
            "Copied from last week: %(count)d cell. Nothing is saved yet.",
            "Copied from last week: %(count)d cells. Nothing is saved yet.",
            cells,
        )
        messages.success(request, text % {"count": cells})
    else:
        messages.info(request, _("Nothing was copied: days that have hours already, or are closed, stay as they are."))
