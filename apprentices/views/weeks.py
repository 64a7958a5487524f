"""One week of one person: logged, saved as a draft, submitted, recalled."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.actions.weeks import CellsRefused, WeekRefused, save_week
from apprentices.forms.errors import listed_errors
from apprentices.forms.weeks import WeekForm, cell_name, note_name
from apprentices.permissions import decidable_by, is_apprentice, loggable_by, watches_a_crew
from apprentices.queries.hours import today_at
from apprentices.queries.weeks import WEEK, week_grid
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
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
    last_on = grid.days[-1].day
    may_log = is_permitted(loggable_by, request.user, apprenticeship, on=min(today, last_on))
    address = reverse(url_name, args=[grid.timesheet.week_starts_on, apprenticeship.ref])
    if request.method == "GET":
        return _page(request, grid, WeekForm(grid=grid) if may_log else None, url_name, today)
    refuse_unless(may_log)
    if request.POST.get("act") == "recall":
        return _recalled(request, grid, today, address)
    return _saved(request, grid, today, url_name, address)


def _saved(request, grid, today, url_name, address):
    apprenticeship = grid.timesheet.apprenticeship
    form = WeekForm(request.POST, grid=grid)
    if grid.days[0].day > today:
        return _refused(request, grid, _("The week is still to come."), today, url_name)
    if not grid.is_editable:
        waits = _("The week waits for a decision. Recall it first, then change it.")
        return _refused(request, grid, waits, today, url_name)
    if not form.is_valid():
        return _page(request, grid, form, url_name, today)
    try:
        week = save_week(
            apprenticeship=apprenticeship,
            day=min(today, grid.days[-1].day),
            cells=form.cells(),
            by=request.user,
            edit_number=form.cleaned_data["edit_number"],
        )
    except CellsRefused as refusal:
        form.add_cell_errors(refusal.errors)
        return _page(request, grid, form, url_name, today)
    except WeekRefused as refusal:
        fresh = week_grid(apprenticeship, grid.days[0].day, today=today)
        return _refused(request, fresh, str(refusal), today, url_name)
    if request.POST.get("act") != "submit":
        messages.success(request, _("Saved as a draft."))
        return redirect(address)
    outcome = hours.submit(timesheets=[week.pk], by=request.user, on=today)[0]
    if outcome.is_done:
        messages.success(request, _("Submitted. The week now waits for a decision."))
    else:
        messages.error(request, _("Saved, but not submitted. %(reason)s") % {"reason": outcome.reason})
    return redirect(address)


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


def _refused(request, grid, reason, today, url_name):
    """The wrong moment: what was typed is kept beside what stands now, and goes with the next save."""
    typed = request.POST.copy()
    typed["edit_number"] = grid.timesheet.edit_number
    form = WeekForm(typed, grid=grid)
    form.is_valid()
    form.add_error(None, reason)
    return _page(request, grid, form, url_name, today, status=409)


def _page(request, grid, form, url_name, today, status=200):
    apprenticeship = grid.timesheet.apprenticeship
    is_conflict = status == 409
    starts_on = grid.timesheet.week_starts_on
    return render(
        request,
        "apprentices/weeks/week.html",
        {
            "grid": grid,
            "state_code": grid.timesheet.state if grid.timesheet.pk else "",
            "rows": _rows(grid, form, form.changed_meanwhile() if is_conflict and grid.is_editable else {}),
            "form": form,
            "errors": listed_errors(form) if form is not None else [],
            "lost": _typed(request, grid) if is_conflict and not grid.is_editable else [],
            "apprenticeship": apprenticeship,
            "is_own": url_name == "my_week",
            "may_decide": is_permitted(decidable_by, request.user, apprenticeship, on=today),
            "previous": reverse(url_name, args=[starts_on - WEEK, apprenticeship.ref]),
            "next": reverse(url_name, args=[starts_on + WEEK, apprenticeship.ref]) if starts_on + WEEK <= today else "",
            "this_week": reverse(url_name, args=[today, apprenticeship.ref]),
            "ends_on": starts_on + timedelta(days=6),
            "today": today,
        },
        status=status,
    )


def _rows(grid, form, changed):
    """What the template walks: {process, note, total, cells: [{cell, field, stored}]}."""
    fields = form.fields if form is not None else {}
    rows = []
    for process, cells in grid.rows:
        names = [cell_name(process.pk, cell.day) for cell in cells]
        rows.append(
            {
                "process": process,
                "note": form[note_name(process.pk)] if note_name(process.pk) in fields else None,
                "total": sum(cell.hours for cell in cells),
                "cells": [
                    {
                        "cell": cell,
                        "field": form[name] if name in fields else None,
                        "stored": changed.get(name, ""),
                        "closed": day.closed,
                    }
                    for cell, name, day in zip(cells, names, grid.days, strict=True)
                ],
            }
        )
    return rows


def _typed(request, grid):
    """What was typed into a grid that can no longer take it: [(work process, day, text)]."""
    return [
        (process, cell.day, request.POST[cell_name(process.pk, cell.day)])
        for process, cells in grid.rows
        for cell in cells
        if request.POST.get(cell_name(process.pk, cell.day))
    ]
