"""The queue of weeks that wait for a decision: approved, selected ones or all, sent back with a reason, and undone."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.actions.reminders import RemindRefused, remind
from apprentices.actions.undone import undo_approval
from apprentices.forms.approvals import ApprovalsForm
from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import decidable_by
from apprentices.queries.approvals import (
    ALL,
    MINE,
    PASSED,
    awaiting_decision,
    decided_of_late,
    queue_of,
    weeks_up_for_decision,
)
from apprentices.queries.hints import burst_of, hints_of
from apprentices.queries.unreported import unreported_weeks
from apprentices.views.access import refuse_unless, visible_apprenticeship
from employers.permissions import approves_hours
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_staff

WEEKS_PER_PAGE = 30


@dataclass(frozen=True)
class Answered:
    """What came of a post, for the page that is shown with it."""

    form: ApprovalsForm | None = None
    refused: dict = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
@allow(is_staff, approves_hours)
def approvals(request):
    """The weeks to decide on, oldest first. A refused week is explained beside the others and never blocks them."""
    today = timezone.localdate()
    if request.method == "GET":
        return _page(request, today)
    if "remind" in request.POST:
        return _reminded(request, today)
    if "undo_week" in request.POST:
        return _undone(request, today)
    weeks = _posted_weeks(request, today)
    form = ApprovalsForm(request.POST, weeks=weeks)
    if not form.is_valid():
        return _page(request, today, Answered(form))
    outcomes = _decide(form, by=request.user, on=today)
    done = [outcome for outcome in outcomes if outcome.is_done]
    if done:
        messages.success(request, _said(len(done), is_return=bool(form.cleaned_data["return_week"])))
    return _answer(request, today, outcomes, form)


def _answer(request, today, outcomes, form=None):
    refused = {outcome.timesheet.pk: outcome for outcome in outcomes if not outcome.is_done}
    if refused:
        return _page(request, today, Answered(form, refused), status=409)
    return redirect(_address(request))


def _address(request):
    """The page with the same part of the queue."""
    which = request.GET.get("queue", "")
    return reverse("approvals") + (f"?queue={which}" if which in (MINE, PASSED, ALL) else "")


def _decide(form, *, by, on):
    week = form.cleaned_data["return_week"]
    if week:
        reason = form.cleaned_data[f"reason-{week}"]
        return hours.return_(timesheets=[week], reason=reason, by=by, on=on, versions=form.versions())
    return hours.approve(timesheets=form.picked(), by=by, on=on, versions=form.versions())


def _said(count, *, is_return):
    if is_return:
        return _("The week went back with your reason.")
    text = ngettext("%(count)d week approved: its hours count.", "%(count)d weeks approved: their hours count.", count)
    undo = _("Undo within ten minutes")
    return format_html('{} <a class="alert-link" href="#decided">{}</a>', text % {"count": count}, undo)


def _undone(request, today):
    outcomes = undo_approval(timesheets=_posted_weeks(request, today, "undo_week"), by=request.user, on=today)
    done = sum(outcome.is_done for outcome in outcomes)
    if done:
        text = ngettext(
            "The approval is undone: the week waits again.",
            "%(count)d approvals are undone: the weeks wait again.",
            done,
        )
        messages.success(request, text % {"count": done})
    return _answer(request, today, outcomes)


def _reminded(request, today):
    """`remind` is `<day on which the week starts>/<reference>`."""
    day, _slash, ref = request.POST["remind"].partition("/")
    apprenticeship = visible_apprenticeship(request.user, ref)
    starts_on = _day(day)
    refuse_unless(decidable_by(request.user, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=today).exists())
    try:
        told = remind(apprenticeship=apprenticeship, week_starts_on=starts_on, by=request.user, on=today)
    except RemindRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        if told:
            messages.success(request, _("Reminded: %(names)s.") % {"names": ", ".join(told)})
        else:
            messages.info(request, _("They were reminded of this week today already."))
    return redirect(_address(request))


def _day(text):
    try:
        day = parse_date(text)
    except ValueError as error:
        raise Http404 from error
    if day is None:
        raise Http404
    return day


def _posted_weeks(request, today, *names):
    """The ids of the weeks that the sent page showed, or of those sent under `names`. One that the user may not see is
    one that does not exist; one that they may see, but not decide on, is not their act."""
    if names:
        named = {key for name in names for key in request.POST.getlist(name)}
    else:
        named = {name.partition("-")[2] for name in request.POST if name.startswith("version-")}
        named.add(request.POST.get("return_week") or "")
    keys = {int(key) for key in named if key.isdecimal() and len(key) < 19}
    visible = Apprenticeship.objects.visible_to(request.user)
    found = dict(Timesheet.objects.filter(pk__in=keys, apprenticeship__in=visible).values_list("pk", "apprenticeship"))
    if keys - found.keys():
        raise Http404
    decidable = decidable_by(request.user, Apprenticeship.objects.filter(pk__in=found.values()), on=today)
    refuse_unless(set(found.values()) <= set(decidable.values_list("pk", flat=True)))
    return sorted(keys)


def _page(request, today, answered=None, status=200):
    answered = answered or Answered()
    queue = queue_of(request.user, on=today)
    which = request.GET.get("queue") or (ALL if request.user.is_staff else MINE)
    which = which if which in queue.weeks else ALL
    page = Paginator(queue.weeks[which], WEEKS_PER_PAGE).get_page(request.GET.get("page"))
    shown = awaiting_decision(request.user, on=today).filter(pk__in=list(page))
    weeks = weeks_up_for_decision(list(shown), queue.whom)
    alone = hours.second_person_missing([week.timesheet for week in weeks], by=request.user, on=today)
    keys = {week.timesheet.pk for week in weeks}
    hints = hints_of([week.timesheet for week in weeks])
    decided = list(decided_of_late(request.user, on=today, now=timezone.now())[:WEEKS_PER_PAGE])
    return render(
        request,
        "apprentices/approvals/approvals.html",
        {
            "weeks": [_shown(week, answered, alone, hints) for week in weeks],
            "gone": [outcome for key, outcome in answered.refused.items() if key not in keys],
            "summary": _summary(answered.form, weeks) if answered.form else [],
            "page": page,
            "which": which,
            "kept": f"queue={which}",
            "counts": queue.counts,
            "decided": decided,
            "burst": burst_of(decided),
            "unreported": unreported_weeks(request.user, on=today),
            "today": today,
        },
        status=status,
    )


def _shown(week, answered, alone, hints):
    """What the template shows of one week: its hours, what was refused about it, what was typed into its form."""
    form, key = answered.form, week.timesheet.pk
    return {
        "week": week,
        "refusal": answered.refused[key].reason if key in answered.refused else "",
        "alone": alone.get(key, ""),
        "hints": hints[key],
        "is_picked": form is not None and bool(form.data.get(f"pick-{key}")),
        "reason": form.data.get(f"reason-{key}", "") if form else "",
        "reason_error": form.errors.get(f"reason-{key}", [""])[0] if form else "",
    }


def _summary(form, weeks):
    """[(id of the field or "", its label, text)]."""
    found = [("", "", text) for text in form.non_field_errors()]
    for week in weeks:
        for text in form.errors.get(f"reason-{week.timesheet.pk}", ()):
            found.append((f"reason-{week.timesheet.pk}", str(week.timesheet.apprenticeship.apprentice), text))
    return found
