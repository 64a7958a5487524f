"""Files and photos that show the hours of a week: attached, downloaded, taken back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.actions.evidence import EvidenceRefused, add_evidence, take_back_evidence
from apprentices.forms.errors import listed_errors
from apprentices.forms.evidence import EvidenceForm
from apprentices.models import Apprenticeship, Evidence, Timesheet
from apprentices.permissions import is_apprentice, loggable_by, watches_a_crew
from apprentices.queries.evidence import evidence_of
from apprentices.queries.timesheets import timesheet_of
from apprentices.views.access import is_permitted, own_apprenticeship, refuse_unless, visible_apprenticeship
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow

# whatever a file holds, nothing in it runs, and no page of ours is asked by it
SEALED = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_http_methods(["GET", "POST"])
@allow(watches_a_crew)
def week_evidence(request, day, ref):
    """What is attached to a week of somebody in the crew; who may log adds to it."""
    return _answer(request, visible_apprenticeship(request.user, ref), day, "week")


@require_http_methods(["GET", "POST"])
@allow(is_apprentice)
def my_week_evidence(request, day, ref):
    """The same for an apprentice's own week."""
    return _answer(request, own_apprenticeship(request.user, ref), day, "my_week")


@require_safe
@allow(watches_a_crew, is_apprentice)
def evidence_file(request, key):
    """The bytes, as a download and nothing else."""
    row = _visible(request.user, key)
    return HttpResponse(
        bytes(row.content),
        content_type=row.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, row.file_name),
            "Content-Security-Policy": SEALED,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        },
    )


@allow(watches_a_crew, is_apprentice)
@require_POST
def take_back_file(request, key):
    """Show the file no more."""
    row = _visible(request.user, key)
    apprenticeship = row.timesheet.apprenticeship
    today = today_at(apprenticeship.employer)
    refuse_unless(is_permitted(loggable_by, request.user, apprenticeship, on=today))
    try:
        take_back_evidence(evidence=row, by=request.user, on=today)
        messages.success(request, _("Taken back: %(file)s") % {"file": row.file_name})
    except EvidenceRefused as refusal:
        messages.error(request, str(refusal))
    is_own = apprenticeship.apprentice.user_id == request.user.pk
    return redirect("my_week_evidence" if is_own else "week_evidence", row.timesheet.week_starts_on, apprenticeship.ref)


def _visible(user, key):
    """The Evidence that was not taken back, 404 where the user may not see its apprenticeship."""
    rows = Evidence.objects.filter(
        voided_at__isnull=True, timesheet__apprenticeship__in=Apprenticeship.objects.visible_to(user)
    )
    return get_object_or_404(
        rows.select_related("timesheet__apprenticeship__employer", "timesheet__apprenticeship__apprentice"), pk=key
    )


def _answer(request, apprenticeship, day, url_name):
    today = today_at(apprenticeship.employer)
    may_log = is_permitted(loggable_by, request.user, apprenticeship, on=today)
    week = timesheet_of(apprenticeship, day)
    here = redirect(f"{url_name}_evidence", week.week_starts_on, apprenticeship.ref)
    form = EvidenceForm() if may_log else None
    if request.method == "POST":
        refuse_unless(may_log)
        form = EvidenceForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                row = _added(apprenticeship, day, form, request.user, today)
                messages.success(request, _("Attached: %(file)s") % {"file": row.file_name})
                return here
            except EvidenceRefused as refusal:
                form.add_error("file", str(refusal))
    return render(
        request,
        "apprentices/weeks/week_evidence.html",
        {
            "form": form,
            "errors": listed_errors(form) if form else [],
            "week": week,
            "files": evidence_of([week.pk])[week.pk] if week.pk else [],
            "may_take_back": may_log and week.state != Timesheet.State.APPROVED,
            "apprenticeship": apprenticeship,
            "ends_on": week.week_starts_on + timedelta(days=6),
            "address": reverse(url_name, args=[week.week_starts_on, apprenticeship.ref]),
        },
    )


def _added(apprenticeship, day, form, by, on):
    name = form.cleaned_data["file"].name
    return add_evidence(apprenticeship=apprenticeship, day=day, file_name=name, content=form.content(), by=by, on=on)
