"""Signs of habit in one week, with what was answered to each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions.hints import answer_hint, answerable_by
from apprentices.forms.errors import listed_errors
from apprentices.forms.hints import HintForm
from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import is_apprentice, watches_a_crew
from apprentices.queries.approvals import decided_of_late
from apprentices.queries.hints import burst_of, hints_of
from apprentices.views.access import refuse_unless
from imt.accounts.decorators import allow


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew, is_apprentice)
def week_hints(request, key):
    """What is remarked about a week; who logs or decides on it answers here."""
    visible = Timesheet.objects.filter(apprenticeship__in=Apprenticeship.objects.visible_to(request.user))
    week = get_object_or_404(visible.select_related("apprenticeship__apprentice"), pk=key)
    today = timezone.localdate()
    refuse_unless(answerable_by(request.user, week.apprenticeship, on=today))
    hints = _hints(request.user, week, today)
    form = None
    if request.method == "POST":
        form = HintForm(request.POST, names={hint.name for hint in hints}, auto_id=f"{request.POST.get('hint')}-%s")
        if form.is_valid():
            data = form.cleaned_data
            answer_hint(timesheet=week, hint=data["hint"], answer=data["answer"], by=request.user, on=today)
            messages.success(request, _("Answered. The remark is quiet now, with your answer beside it."))
            return redirect("week_hints", week.pk)
    is_own = week.apprenticeship.apprentice.user_id == request.user.pk
    context = {
        "week": week,
        "week_address": reverse("my_week" if is_own else "week", args=[week.week_starts_on, week.apprenticeship.ref]),
        "hints": [(hint, _form_of(hint, form)) for hint in hints],
        "errors": listed_errors(form) if form else [],
    }
    return render(request, "apprentices/approvals/week_hints.html", context)


def _hints(user, week, today):
    """Of the week itself, and of the burst of approvals that it begins."""
    found = list(hints_of([week])[week.pk])
    burst = burst_of(list(decided_of_late(user, on=today, now=timezone.now())))
    return [*found, burst[1]] if burst and burst[0].pk == week.pk else found


def _form_of(hint, sent):
    if sent is not None and sent.data.get("hint") == hint.name:
        return sent
    return HintForm(names={hint.name}, initial={"hint": hint.name}, auto_id=f"{hint.name}-%s")
