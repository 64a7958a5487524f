"""Correcting hours that were approved: what counts now, what shall count, and why."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions.amendments import AmendmentRefused, amend
from apprentices.forms.amendments import AmendmentForm
from apprentices.forms.errors import listed_errors
from apprentices.models import LedgerLine
from apprentices.permissions import decidable_by, watches_a_crew
from apprentices.queries.standards import standards_in_force
from apprentices.views.access import is_permitted, refuse_unless, visible_apprenticeship, visible_entry
from employers.models import WorkProcess
from imt.accounts.decorators import allow


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def amend_entry(request, key):
    """The form, with the lines that the entry has in the ledger; once amended, back to its week."""
    entry = visible_entry(request.user, key)
    apprenticeship = visible_apprenticeship(request.user, entry.apprenticeship.ref)
    refuse_unless(is_permitted(decidable_by, request.user, apprenticeship, on=timezone.localdate()))
    lines = list(entry.lines.select_related("work_process", "posted_by").order_by("position"))
    standing = LedgerLine.objects.standing().filter(entry=entry).select_related("work_process").first()
    week = reverse("week", args=[entry.timesheet.week_starts_on, apprenticeship.ref])
    if not lines:
        messages.error(request, _("These hours are not approved yet: change the week itself."))
        return redirect(week)
    form = _form(request, entry, apprenticeship, standing or lines[-1])
    if form.is_bound and form.is_valid() and _amended(request, form, entry, standing):
        return redirect(week)
    return render(
        request,
        "apprentices/amendments/amend_entry.html",
        {
            "form": form,
            "errors": listed_errors(form),
            "entry": entry,
            "apprenticeship": apprenticeship,
            "lines": lines,
            "standing": standing,
            "week": week,
        },
        status=409 if form.non_field_errors() else 200,
    )


def _form(request, entry, apprenticeship, last):
    standards = standards_in_force([apprenticeship.pk], on=entry.worked_on)[apprenticeship.pk]
    processes = WorkProcess.objects.filter(standards=standards) | WorkProcess.objects.filter(pk=entry.work_process_id)
    counts = "" if last.hours < 0 else f"{last.hours:.2f}"
    return AmendmentForm(
        request.POST if request.method == "POST" else None,
        processes=processes,
        initial={"hours": counts, "work_process": last.work_process_id},
    )


def _amended(request, form, entry, standing):
    try:
        line = amend(
            entry=entry,
            hours=form.cleaned_data["hours"],
            work_process=form.cleaned_data["work_process"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            on=timezone.localdate(),
        )
    except AmendmentRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("Amended: %(before)s h before, %(after)s h now.")
        % {"before": standing.hours if standing else "0.00", "after": line.hours if line else "0.00"},
    )
    return True
