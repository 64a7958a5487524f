"""A total laid over a week: shown first, saved when it is seen."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions.weeks import CellsRefused, WeekRefused, save_week
from apprentices.forms.errors import listed_errors
from apprentices.forms.week_spreads import SplitForm, TotalsForm
from apprentices.permissions import is_apprentice, loggable_by, watches_a_crew
from apprentices.queries.departments import departments_of
from apprentices.queries.week_grids import week_grid
from apprentices.queries.week_room import week_room
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from apprentices.views.typing import asks_why_late, edit_number_of
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow

FORMS = {"split": SplitForm, "totals": TotalsForm}


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def week_spread(request, day, ref):
    """Of somebody in the crew."""
    return _answer(request, visible_apprenticeship(request.user, ref), day, "week")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_week_spread(request, day, ref):
    """An apprentice's own, where the employer lets apprentices log."""
    return _answer(request, own_apprenticeship(request.user, ref), day, "my_week")


def _answer(request, apprenticeship, day, url_name):
    today = today_at(apprenticeship.employer)
    refuse_unless(is_permitted(loggable_by, request.user, apprenticeship, on=today))
    grid = week_grid(apprenticeship, day, today=today)
    address = reverse(url_name, args=[grid.starts_on, apprenticeship.ref])
    if not grid.is_editable or grid.starts_on > today:
        messages.error(request, _("Nothing can be laid over this week now: it waits for a decision, or is to come."))
        return redirect(address)
    room = week_room(grid)
    late = asks_why_late([grid], today)
    forms = {name: make(room=room, asks_why_late=late) for name, make in FORMS.items()}
    if not room.allows_totals:
        del forms["totals"]
    sent = None
    if request.method == "POST":
        verb, _hyphen, name = request.POST.get("act", "").partition("-")
        if name not in forms or verb not in ("show", "save"):
            raise Http404
        sent = forms[name] = FORMS[name](request.POST, room=room, asks_why_late=late)
        if sent.is_valid() and verb == "save" and request.POST.get("seen") == sent.laid.mark:
            if _saved(request, sent, grid, today):
                messages.success(request, _("Saved as a draft. Look at it, then submit it."))
                return redirect(address)
            return _page(request, room, forms, sent, address, today, status=409)
    return _page(request, room, forms, sent, address, today)


def _saved(request, form, grid, today):
    """Whether the week was saved; what was refused stands in the form."""
    number = edit_number_of(request.POST.get("edit_number"))
    try:
        save_week(
            apprenticeship=grid.apprenticeship,
            day=min(today, grid.days[-1].day),
            cells=form.cells(),
            by=request.user,
            edit_number=-1 if number is None else number,
            late_reason=form.cleaned_data.get("late_reason"),
        )
    except WeekRefused as refusal:
        form.add_error("late_reason" if refusal.at in form.fields else None, str(refusal))
        return False
    except CellsRefused as refusal:
        titles = {process.pk: process.title for process in grid.processes}
        for (process, day), text in refusal.errors.items():
            form.add_error(None, f"{titles.get(process, '')}, {date_format(day, 'D, M j')}: {text}")
        return False
    return True


def _page(request, room, forms, sent, address, today, status=200):
    grid = room.grid
    apprenticeship = grid.apprenticeship
    return render(
        request,
        "apprentices/weeks/week_spread.html",
        {
            "forms": forms,
            "sent": sent,
            "laid": sent.laid if sent else None,
            "errors": listed_errors(sent) if sent else [],
            "room": room,
            "grid": grid,
            "departments": departments_of(apprenticeship.employer, on=today),
            "apprenticeship": apprenticeship,
            "ends_on": grid.starts_on + timedelta(days=6),
            "address": address,
        },
        status=status,
    )
