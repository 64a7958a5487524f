"""One week of one person: logged, saved as a draft, submitted, recalled."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.actions.typed_weeks import forget_typed
from apprentices.actions.weeks import LATE_REASON, CellsRefused, WeekRefused, save_week
from apprentices.forms.copying import copy_last_week
from apprentices.forms.hour_cells import Markup
from apprentices.forms.week_sheets import WeekSheet, base_of, week_fields
from apprentices.permissions import decidable_by, is_apprentice, loggable_by, watches_a_crew
from apprentices.queries.departments import departments_of
from apprentices.queries.evidence import evidence_of
from apprentices.queries.typed_weeks import typed_weeks
from apprentices.queries.week_grids import WEEK, loggers_of, week_grid
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from apprentices.views.signs import signs_of, submitted_words
from apprentices.views.typing import asks_why_late, edit_number_of, said_of_copying, saved_mark
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def week(request, day, ref):
    """The grid of a week of somebody in the crew; for who may not log, the same page to read."""
    return _answer(request, visible_apprenticeship(request.user, ref), day, "week")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_week(request, day, ref):
    """The same for an apprentice's own week; typed in only where the employer lets apprentices log."""
    return _answer(request, own_apprenticeship(request.user, ref), day, "my_week")


def _answer(request, apprenticeship, day, url_name):
    today = today_at(apprenticeship.employer)
    grid = week_grid(apprenticeship, day, today=today)
    may_log = is_permitted(loggable_by, request.user, apprenticeship, on=min(today, grid.days[-1].day))
    address = reverse(url_name, args=[grid.starts_on, apprenticeship.ref])
    if request.method == "GET":
        return _page(request, *_opened(request.user, grid, may_log), url_name)
    refuse_unless(may_log)
    act = request.POST.get("act")
    if act == "recall":
        return _recalled(request, grid, today, address)
    if act == "discard":
        forget_typed(apprenticeships=[apprenticeship.pk], starts=[grid.starts_on], by=request.user)
        return redirect(address)
    if act in ("copy_rows", "copy_hours"):
        return _copied(request, _sent(request, grid), url_name, with_hours=act == "copy_hours")
    return _saved(request, grid, today, url_name, address)


def _sheet(grid, *, may_log, typed=None, base=None):
    return WeekSheet(
        grid,
        may_log=may_log,
        typed=typed,
        base=base,
        new_rows=1 if grid.shown and len(grid.shown) < len(grid.processes) else 0,
        shows_all=True,
    )


def _sent(request, grid):
    """The sheet as it was sent."""
    return _sheet(grid, may_log=True, typed=week_fields(request.POST.dict()), base=base_of(request.POST.get("seen")))


def _opened(user, grid, may_log):
    """(the sheet, the TypedWeek laid over it or None)."""
    kept = typed_weeks(user, [grid]).get(grid.apprenticeship.pk) if may_log else None
    if kept is None:
        return _sheet(grid, may_log=may_log), None
    sheet = _sheet(grid, may_log=may_log, typed=kept.typed)
    if not sheet.differs:
        return sheet, None
    if kept.edit_number != grid.timesheet.edit_number:
        sheet.show_both(loggers_of([grid]))
    return sheet, kept


def _copied(request, sheet, url_name, *, with_hours):
    (copied,), cells, rows = copy_last_week(
        [sheet], todays={sheet.apprenticeship.pk: sheet.grid.today}, with_hours=with_hours
    )
    said_of_copying(request, cells, rows, with_hours=with_hours)
    return _page(request, copied, None, url_name, takes_focus=True)


def _saved(request, grid, today, url_name, address):
    sheet = _sent(request, grid)
    if grid.days[0].day > today:
        return _refused(request, sheet, _("The week is still to come."), url_name)
    if not grid.is_editable:
        waits = _("The week waits for a decision. Recall it first, then change it.")
        return _refused(request, sheet, waits, url_name)
    number = edit_number_of(request.POST.get("edit_number"))
    if number is None:
        return _refused(request, sheet, _("The page was sent without its number. Send it again."), url_name)
    if not sheet.is_valid():
        return _page(request, sheet, None, url_name)
    asked = sheet.to_save(number)
    try:
        week = save_week(
            apprenticeship=asked.apprenticeship,
            day=asked.day,
            cells=asked.cells,
            by=request.user,
            edit_number=asked.edit_number,
            late_reason=asked.late_reason,
        )
    except CellsRefused as refusal:
        sheet.add_cell_errors(refusal.errors)
        return _page(request, sheet, None, url_name)
    except WeekRefused as refusal:
        if refusal.at == LATE_REASON:
            sheet.add_error("id_late_reason", str(refusal), _("Why so late"))
            return _page(request, sheet, None, url_name)
        fresh = week_grid(grid.apprenticeship, grid.starts_on, today=today)
        return _refused(request, _sent(request, fresh), str(refusal), url_name)
    return _after_save(request, week, sheet, today, address)


def _after_save(request, week, sheet, today, address):
    if request.POST.get("act") != "submit":
        messages.success(request, _("Saved as a draft."))
    else:
        outcome = hours.submit(timesheets=[week.pk], by=request.user, on=today)[0]
        if outcome.is_done:
            messages.success(request, submitted_words([outcome.timesheet]))
        else:
            messages.error(request, _("Saved, but not submitted. %(reason)s") % {"reason": outcome.reason})
    for process, day, text in sheet.lost:
        lost = _("Not saved, this day takes no hours: %(process)s, %(day)s: %(text)s")
        messages.warning(request, lost % {"process": process, "day": day, "text": text})
    return redirect(address + saved_mark([week]))


def _recalled(request, grid, today, address):
    if grid.timesheet.pk is None:
        messages.error(request, _("Nothing was submitted in this week."))
        return redirect(address)
    outcome = hours.recall(timesheets=[grid.timesheet.pk], by=request.user, on=today)[0]
    if outcome.is_done:
        messages.success(request, _("Recalled. The week is a draft again."))
    else:
        messages.error(request, outcome.reason)
    return redirect(address)


def _refused(request, sheet, reason, url_name):
    """The wrong moment: what was typed is kept beside what stands now, and goes with the next save."""
    sheet.show_both(loggers_of([sheet.grid]))
    sheet.add_error("", reason)
    return _page(request, sheet, None, url_name, status=409)


def _page(request, sheet, kept, url_name, *, status=200, takes_focus=False):
    grid, apprenticeship = sheet.grid, sheet.apprenticeship
    starts_on, today = grid.starts_on, grid.today
    may_decide = is_permitted(decidable_by, request.user, apprenticeship, on=today)
    first = next((cell.name for row in sheet.rows for cell in row.cells if cell.is_input), "")
    sheet = Markup(autofocus=first if takes_focus else "").draw(sheet, may_amend=may_decide)
    return render(
        request,
        "apprentices/weeks/week.html",
        {
            "sheet": sheet,
            "sheets": [sheet],
            "days": grid.days,
            "grid": grid,
            **signs_of(grid.timesheet, today=today),
            "may_answer": sheet.may_log or may_decide or url_name == "my_week",
            "totals": sheet.totals,
            "total": sheet.total,
            "errors": sheet.errors,
            "lost": sheet.lost if status == 409 or kept else [],
            "kept": kept,
            "asks_why_late": sheet.is_open and asks_why_late([grid], today),
            "departments": departments_of(apprenticeship.employer, on=today) if sheet.is_open else [],
            "apprenticeship": apprenticeship,
            "is_own": url_name == "my_week",
            "files": evidence_of([grid.timesheet.pk])[grid.timesheet.pk] if grid.timesheet.pk else [],
            "typed_address": reverse("my_typed_weeks" if url_name == "my_week" else "typed_weeks"),
            "may_decide": may_decide,
            "previous": reverse(url_name, args=[starts_on - WEEK, apprenticeship.ref]),
            "next": reverse(url_name, args=[starts_on + WEEK, apprenticeship.ref]) if starts_on + WEEK <= today else "",
            "this_week": reverse(url_name, args=[today, apprenticeship.ref]),
            "ends_on": starts_on + timedelta(days=6),
            "today": today,
        },
        status=status,
    )
