"""Several approved hours of a week, corrected together with one reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.actions.amendments import AmendmentRefused, amend_all
from apprentices.forms.amendments import AmendWeekForm
from apprentices.forms.errors import listed_errors
from apprentices.models import Apprenticeship, LedgerLine, Timesheet
from apprentices.permissions import decidable_by
from apprentices.views.access import is_permitted, refuse_unless
from employers.permissions import approves_hours
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_staff


@require_http_methods(["GET", "POST"])
@allow(is_staff, approves_hours)
def amend_week(request, key):
    """What counts of a week, entry by entry, and what shall count."""
    visible = Timesheet.objects.filter(apprenticeship__in=Apprenticeship.objects.visible_to(request.user))
    week = get_object_or_404(visible.select_related("apprenticeship__apprentice"), pk=key)
    refuse_unless(is_permitted(decidable_by, request.user, week.apprenticeship, on=timezone.localdate()))
    standing = LedgerLine.objects.standing().filter(entry__timesheet=week).select_related("entry__work_process")
    lines = [(line.entry, line.hours) for line in standing.order_by("happened_on", "position")]
    form = AmendWeekForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_bound and form.is_valid() and _amended(request, form):
        return redirect("week", week.week_starts_on, week.apprenticeship.ref)
    return render(
        request,
        "apprentices/amendments/amend_week.html",
        {"week": week, "form": form, "lines": lines, "errors": listed_errors(form)},
    )


def _amended(request, form):
    about = {"reason": form.cleaned_data["reason"], "by": request.user, "on": timezone.localdate()}
    try:
        count = amend_all(changes=form.changes(), **about)
    except AmendmentRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    text = ngettext("%(count)d entry amended.", "%(count)d entries amended.", count)
    messages.success(request, text % {"count": count})
    return True
