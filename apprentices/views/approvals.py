"""The queue of weeks that wait for a decision: approved, selected ones or all, or sent back with a reason."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.actions import hours
from apprentices.forms.approvals import ApprovalsForm
from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import decidable_by
from apprentices.queries.approvals import awaiting_decision, weeks_up_for_decision
from apprentices.views.access import refuse_unless
from employers.permissions import approves_hours
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_staff

WEEKS_PER_PAGE = 30


@dataclass(frozen=True)
class Answered:
    """What came of a post, for the page that is shown with it."""

    form: ApprovalsForm
    refused: dict = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
@allow(is_staff, approves_hours)
def approvals(request):
    """The weeks to decide on, oldest first. A refused week is explained beside the others and never blocks them."""
    today = timezone.localdate()
    if request.method == "GET":
        return _page(request, today)
    weeks = _posted_weeks(request, today)
    form = ApprovalsForm(request.POST, weeks=weeks)
    if not form.is_valid():
        return _page(request, today, Answered(form))
    outcomes = _decide(form, by=request.user, on=today)
    done = [outcome for outcome in outcomes if outcome.is_done]
    refused = {outcome.timesheet.pk: outcome for outcome in outcomes if not outcome.is_done}
    if done:
        messages.success(request, _said(len(done), is_return=bool(form.cleaned_data["return_week"])))
    return _page(request, today, Answered(form, refused), status=409) if refused else redirect("approvals")


def _decide(form, *, by, on):
    week = form.cleaned_data["return_week"]
    if week:
        return hours.return_(timesheets=[week], reason=form.cleaned_data[f"reason-{week}"], by=by, on=on)
    return hours.approve(timesheets=form.picked(), by=by, on=on, versions=form.versions())


def _said(count, *, is_return):
    if is_return:
        return _("The week went back with your reason.")
    text = ngettext("%(count)d week approved: its hours count.", "%(count)d weeks approved: their hours count.", count)
    return text % {"count": count}


def _posted_weeks(request, today):
    """The ids of the weeks that the sent page showed. One that the user may not see is one that does not exist; one
    that they may see, but not decide on, is not their act."""
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
    queue = awaiting_decision(request.user, on=today)
    page = Paginator(queue, WEEKS_PER_PAGE).get_page(request.GET.get("page"))
    form = answered.form if answered else None
    weeks = weeks_up_for_decision(list(page))
    shown = {week.timesheet.pk for week in weeks}
    refused = answered.refused if answered else {}
    return render(
        request,
        "apprentices/approvals/approvals.html",
        {
            "weeks": [
                {
                    "week": week,
                    "refusal": refused[week.timesheet.pk].reason if week.timesheet.pk in refused else "",
                    "is_picked": form is not None and bool(form.data.get(f"pick-{week.timesheet.pk}")),
                    "reason": form.data.get(f"reason-{week.timesheet.pk}", "") if form else "",
                    "reason_error": form.errors.get(f"reason-{week.timesheet.pk}", [""])[0] if form else "",
                }
                for week in weeks
            ],
            "gone": [refused[key] for key in refused if key not in shown],
            "summary": _summary(form, weeks) if form else [],
            "page": page,
            "today": today,
        },
        status=status,
    )


def _summary(form, weeks):
    """[(id of the field or "", its label, text)]."""
    found = [("", "", text) for text in form.non_field_errors()]
    for week in weeks:
        for text in form.errors.get(f"reason-{week.timesheet.pk}", ()):
            found.append((f"reason-{week.timesheet.pk}", str(week.timesheet.apprenticeship.apprentice), text))
    return found
