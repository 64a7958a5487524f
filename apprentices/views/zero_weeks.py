"""A week in which nobody worked: said with its reason and put up, of one person or of several at once."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.actions.zero_weeks import attest_zero
from apprentices.forms.errors import listed_errors
from apprentices.forms.zero_weeks import CrewZeroForm, ZeroForm
from apprentices.models import Apprenticeship
from apprentices.permissions import is_apprentice, loggable_by, watches_a_crew
from apprentices.queries.crew import crew_of
from apprentices.queries.due_weeks import due_weeks
from apprentices.queries.timesheets import timesheet_of
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from employers.permissions import approves_hours
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_staff

MOST_PEOPLE = 200


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def week_zero(request, day, ref):
    """Of somebody in the crew."""
    return _one(request, visible_apprenticeship(request.user, ref), day, "week")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_week_zero(request, day, ref):
    """An apprentice's own, where the employer lets apprentices log."""
    return _one(request, own_apprenticeship(request.user, ref), day, "my_week")


def _one(request, apprenticeship, day, url_name):
    today = today_at(apprenticeship.employer)
    refuse_unless(is_permitted(loggable_by, request.user, apprenticeship, on=today))
    week = timesheet_of(apprenticeship, day)
    address = reverse(url_name, args=[week.week_starts_on, apprenticeship.ref])
    form = ZeroForm(_sent(request), initial={"reason": week.zero_reason, "note": week.zero_note})
    if form.is_bound and form.is_valid():
        (refusal,) = _attested([(apprenticeship, day)], form, request.user, today).values()
        if not refusal:
            messages.success(request, _("Said and submitted: no hours in this week."))
            return redirect(address)
        form.add_error(None, refusal)
    context = {
        "form": form,
        "errors": listed_errors(form),
        "week": week,
        "apprenticeship": apprenticeship,
        "ends_on": week.week_starts_on + timedelta(days=6),
        "address": address,
    }
    return render(request, "apprentices/weeks/week_zero.html", context, status=409 if form.non_field_errors() else 200)


@require_http_methods(["GET", "POST"])
@allow(is_staff, approves_hours)
def crew_zero(request, day):
    """Of several people at once: offered are those whose week is not explained yet. A refused one is told beside the
    others and never blocks them."""
    today = timezone.localdate()
    if day > today:
        raise Http404
    people = {one.pk: one for one in _unexplained(request.user, day, today)}
    form = CrewZeroForm(_sent(request), choices=[(key, str(one.apprentice)) for key, one in people.items()])
    refused = []
    if form.is_bound and form.is_valid():
        weeks = [(people[key], day) for key in form.cleaned_data["people"]]
        outcomes = _attested(weeks, form, request.user, today)
        refused = [(people[key], reason) for key, reason in outcomes.items() if reason]
        count = len(outcomes) - len(refused)
        if count:
            text = ngettext("%(count)d week said and submitted.", "%(count)d weeks said and submitted.", count)
            messages.success(request, text % {"count": count})
        if not refused:
            return redirect("crew_week", day)
    context = {
        "form": form,
        "errors": listed_errors(form),
        "refused": refused,
        "people": people,
        "day": day,
        "today": today,
    }
    return render(request, "apprentices/weeks/crew_zero.html", context, status=409 if refused else 200)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _unexplained(user, day, today):
    """Those whose week that holds `day` waits for somebody to submit it, by name."""
    mine = loggable_by(user, Apprenticeship.objects.all(), on=today)
    people = list(crew_of(user, on=today).filter(pk__in=mine)[:MOST_PEOPLE])
    weeks = due_weeks(people, today=day, weeks=0)
    return [one for one in people if any(day in due.week.days and due.is_open for due in weeks[one.pk])]


def _attested(weeks, form, by, on):
    """{apprenticeship id: why it was refused, or ""}: said, and put up at once."""
    outcomes = attest_zero(
        weeks=weeks, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"], by=by, on=on
    )
    refused = {outcome.timesheet.apprenticeship_id: outcome.reason for outcome in outcomes}
    said = [outcome.timesheet.pk for outcome in outcomes if outcome.is_done]
    for outcome in hours.submit(timesheets=said, by=by, on=on):
        refused[outcome.timesheet.apprenticeship_id] = outcome.reason
    return refused
