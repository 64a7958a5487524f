"""The week of the whole crew: a grid of people by days, typed in, saved and submitted together."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.actions.typed_weeks import forget_typed
from apprentices.actions.weeks import EDIT_NUMBER, LATE_REASON, save_weeks
from apprentices.forms.copying import copy_last_week
from apprentices.forms.hour_cells import Markup
from apprentices.forms.week_sheets import WeekSheet, base_of, posted_crew, week_fields
from apprentices.models import Apprenticeship
from apprentices.permissions import decidable_by, loggable_by, watches_a_crew
from apprentices.queries.typed_weeks import typed_weeks
from apprentices.queries.week_grids import BEFORE_START, NOT_ACTIVE, TO_COME, WEEK, GridDay, loggers_of, week_grids
from apprentices.views.access import refuse_unless
from apprentices.views.crew import crew_page
from apprentices.views.signs import crew_submitted_words
from apprentices.views.typing import asks_why_late, edit_number_of, said_of_copying, saved_mark
from employers.permissions import approves_hours
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow

PEOPLE_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def crew_week(request, day):
    """One week of the crew: its grid; for who may not log, the same page to read."""
    crew = _Crew(request, day)
    if request.method == "GET":
        return crew.page(crew.opened())
    refuse_unless(crew.loggable)
    act = request.POST.get("act", "")
    if act == "discard":
        forget_typed(apprenticeships=crew.loggable, starts={grid.starts_on for grid in crew.grids}, by=request.user)
        return redirect(request.get_full_path())
    if act in ("copy_rows", "copy_hours"):
        sheets, cells, rows = copy_last_week(crew.sent(), todays=crew.todays, with_hours=act == "copy_hours")
        said_of_copying(request, cells, rows, with_hours=act == "copy_hours")
        return crew.page(sheets, takes_focus=True)
    if act == "add_row":
        return crew.page(crew.sent(one_more=request.POST.get("add_row_for", "")))
    return _saved(request, crew, act)


class _Crew:
    """The people on the page of this request and their week; who of them the user may log and decide for."""

    def __init__(self, request, day):
        self.request, self.day = request, day
        self.list, self.kept = crew_page(request, PEOPLE_PER_PAGE)
        people = list(self.list)
        self.todays = {one.pk: today_at(one.employer) for one in people}
        self.today = max(self.todays.values(), default=None)
        self.grids = week_grids(people, day=day, todays=self.todays)
        asked = Apprenticeship.objects.filter(pk__in=self.todays)
        on = min([day, *self.todays.values()])
        self.loggable = set(loggable_by(request.user, asked, on=on).values_list("pk", flat=True)) if people else set()
        self.decidable = set(decidable_by(request.user, asked, on=on).values_list("pk", flat=True)) if people else set()
        self.typed = typed_weeks(request.user, self.grids) if self.loggable else {}

    def opened(self):
        """The sheets of a page that is opened: what was typed and not saved lies over them."""
        sheets = []
        for grid in self.grids:
            kept = self.typed.get(grid.apprenticeship.pk)
            sheet = self._sheet(grid, typed=kept.typed if kept else None)
            sheet.kept_at = kept.typed_at if kept and sheet.differs else None
            sheets.append(sheet)
        _show_both(
            sheet
            for sheet in sheets
            if sheet.kept_at and self.typed[sheet.apprenticeship.pk].edit_number != sheet.grid.timesheet.edit_number
        )
        return sheets

    def sent(self, one_more=""):
        """The sheets as they were sent; `one_more`: the key of an apprenticeship that gets another row."""
        data = self.request.POST
        posted = posted_crew(data, self.todays)
        late = {"late_reason": data["late_reason"]} if "late_reason" in data else {}
        sheets = []
        for grid in self.grids:
            key = grid.apprenticeship.pk
            fields = week_fields(posted[key])
            rows = {name.split("-")[1] for name in fields if name.startswith("process-n")}
            sheet = self._sheet(
                grid,
                typed=fields | (late if fields else {}),
                base=base_of(posted[key].get("seen")),
                new_rows=len(rows) + (str(key) == one_more),
            )
            sheet.is_picked = "pick" in posted[key]
            sheet.began_with = edit_number_of(posted[key].get("edit_number"))
            sheets.append(sheet)
        return sheets

    def _sheet(self, grid, *, typed=None, base=None, new_rows=0):
        key = grid.apprenticeship.pk
        return WeekSheet(
            grid,
            may_log=key in self.loggable,
            typed=typed,
            base=base,
            prefix=f"{key}-",
            who=f"{grid.apprenticeship.apprentice}, ",
            new_rows=new_rows or (0 if grid.shown else 1),
        )

    def read_again(self):
        """As the database has it now."""
        return _Crew(self.request, self.day)

    def page(self, sheets, *, status=200, takes_focus=False, saved=()):
        first = next((cell.name for sheet in sheets for row in sheet.rows for cell in row.cells if cell.is_input), "")
        markup = Markup(autofocus=first if takes_focus else "")
        for sheet in sheets:
            markup.draw(sheet, may_amend=sheet.apprenticeship.pk in self.decidable)
        kept = max((sheet.kept_at for sheet in sheets if sheet.kept_at), default=None)
        open_sheets = [sheet for sheet in sheets if sheet.is_open]
        return render(
            self.request,
            "apprentices/weeks/crew_week.html",
            {
                "groups": _groups(sheets),
                "open_sheets": open_sheets,
                "has_waiting": any(sheet.may_log and sheet.grid.is_waiting for sheet in sheets),
                "errors": [error for sheet in sheets for error in sheet.errors],
                "lost": [(sheet, *lost) for sheet in sheets if status == 409 or sheet.kept_at for lost in sheet.lost],
                "kept_on": kept,
                "asks_why_late": bool(open_sheets) and asks_why_late([one.grid for one in open_sheets], self.today),
                "late_reason": next((one.typed["late_reason"] for one in sheets if "late_reason" in one.typed), ""),
                "typed_address": reverse("typed_weeks"),
                "saved": saved_mark(saved) if saved else "",
                "page": self.list,
                "kept": self.kept,
                "day": self.day,
                "previous": self.day - WEEK,
                "next": self.day + WEEK if self.today and self.day + WEEK <= self.today else None,
                "today": self.today or self.day,
                "is_decider": self.request.user.is_staff or approves_hours(self.request.user),
            },
            status=status,
        )


def _show_both(sheets):
    sheets = list(sheets)
    names = loggers_of([sheet.grid for sheet in sheets])
    for sheet in sheets:
        sheet.show_both(names)


def _groups(sheets):
    """Those whose weeks start on the same day make a table: days, sheets, totals of the days, total. A day is closed
    where it is for everybody and for the same reason; whom else it is closed for has it said in the own row."""
    by_start = {}
    for sheet in sheets:
        by_start.setdefault(sheet.grid.starts_on, []).append(sheet)
    groups = []
    for starts_on in sorted(by_start):
        some = by_start[starts_on]
        totals = [sum(numbers) for numbers in zip(*(sheet.totals for sheet in some), strict=True)]
        days = [_day_of_all(some, number) for number in range(7)]
        for sheet in some:
            sheet.own_closed = _own_closed(sheet.grid.days, days)
        groups.append({"days": days, "sheets": some, "totals": totals, "total": sum(totals)})
    return groups


def _day_of_all(sheets, number):
    day, *others = {sheet.grid.days[number] for sheet in sheets}
    return GridDay(day.day, "") if others else day


def _own_closed(own_days, days_of_all):
    """[{"closed": why, "days": on which, none named where it is the whole week}], where not everybody is."""
    found = {}
    for own, of_all in zip(own_days, days_of_all, strict=True):
        if own.closed in (NOT_ACTIVE, BEFORE_START) and own != of_all:
            found.setdefault(own.closed, []).append(own.day)
    whole = {one.closed for one in own_days} - {TO_COME}
    return [{"closed": closed, "days": [] if len(whole) == 1 else days} for closed, days in found.items()]


def _saved(request, crew, act):
    """Save what was changed; then submit, where that was asked for. Weeks with errors and refused ones stay on the page
    as they were typed, beside the saved ones."""
    sheets = crew.sent()
    touched = [sheet for sheet in sheets if sheet.is_touched and sheet.began_with]
    locked = [sheet for sheet in sheets if sheet.lost]
    asked = {sheet.apprenticeship.pk: sheet for sheet in touched if sheet.is_open and sheet.is_valid()}
    outcomes = save_weeks(weeks=[sheet.to_save(sheet.began_with) for sheet in asked.values()], by=request.user)
    done = [outcome.timesheet for outcome in outcomes if outcome.is_done]
    refused = {outcome.apprenticeship.pk: outcome for outcome in outcomes if not outcome.is_done}
    left = {sheet.apprenticeship.pk: sheet for sheet in touched if sheet.errors} | {
        sheet.apprenticeship.pk: sheet for sheet in locked
    }
    left |= {key: asked[key] for key in refused}
    if done:
        text = ngettext("%(count)d week saved.", "%(count)d weeks saved.", len(done))
        messages.success(request, text % {"count": len(done)})
    if act in ("submit", "submit_picked"):
        _submit(request, crew, [sheet for sheet in sheets if sheet.apprenticeship.pk not in left], done, act)
    if not left:
        if not done and act == "save":
            messages.info(request, _("Nothing was changed."))
        return redirect(request.get_full_path() + saved_mark(done))
    return _left(crew, left, refused, done)


def _submit(request, crew, sheets, saved, act):
    """Put the weeks up for a decision: the picked ones, or all that have hours."""
    keys = {week.apprenticeship_id: week.pk for week in saved}
    keys = {sheet.apprenticeship.pk: sheet.grid.timesheet.pk for sheet in sheets if sheet.grid.timesheet.pk} | keys
    if act == "submit_picked":
        picked = [sheet for sheet in sheets if sheet.is_picked]
        if not picked:
            messages.error(request, _("Nobody is picked: mark the weeks to submit in the last column."))
    else:
        picked = [sheet for sheet in sheets if sheet.is_open and sheet.total and sheet.grid.state != "APPROVED"]
        picked += [sheet for sheet in sheets if sheet.apprenticeship.pk in {week.apprenticeship_id for week in saved}]
    weeks = {keys[sheet.apprenticeship.pk] for sheet in picked if sheet.apprenticeship.pk in keys}
    names = {keys.get(sheet.apprenticeship.pk): sheet.apprenticeship.apprentice for sheet in picked}
    outcomes = hours.submit(timesheets=weeks, by=request.user, on=crew.today)
    for words in crew_submitted_words([outcome.timesheet for outcome in outcomes if outcome.is_done]):
        messages.success(request, words)
    for outcome in outcomes:
        if not outcome.is_done:
            person = names[outcome.timesheet.pk]
            messages.error(request, _("%(person)s: %(reason)s") % {"person": person, "reason": outcome.reason})


def _left(crew, left, refused, done):
    """The page again: the saved weeks as they stand now, the others as they were typed."""
    fresh = crew.read_again()
    sent = {sheet.apprenticeship.pk: sheet for sheet in fresh.sent()}
    sheets = []
    for opened in fresh.opened():
        key = opened.apprenticeship.pk
        sheets.append(_explained(sent[key], left[key], refused.get(key)) if key in left else opened)
    _show_both(sent[key] for key, outcome in refused.items() if outcome.at == EDIT_NUMBER)
    is_late = any(outcome.at == EDIT_NUMBER for outcome in refused.values()) or any(
        sheet.lost for sheet in left.values()
    )
    return fresh.page(sheets, status=409 if is_late else 200, saved=done)


def _explained(sheet, typed, outcome):
    person = str(sheet.apprenticeship.apprentice)
    sheet.is_valid()
    if outcome is None:
        if not sheet.is_open:
            reason = _("%(person)s: the week waits for a decision. Recall it first, then change it.")
            sheet.add_error("", reason % {"person": person})
        elif typed.lost and not sheet.errors:
            sheet.add_error(
                "", _("%(person)s: some of what you typed stands on days that take no hours.") % {"person": person}
            )
        return sheet
    if outcome.at == LATE_REASON:
        sheet.add_error("id_late_reason", outcome.reason, person)
    elif outcome.reason:
        sheet.add_error("", f"{person}: {outcome.reason}")
    sheet.add_cell_errors(outcome.errors)
    return sheet
