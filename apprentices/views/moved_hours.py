"""Hours entered for the wrong person, moved to the right one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.actions import moved_hours
from apprentices.actions.moved_hours import MoveRefused
from apprentices.forms.errors import listed_errors
from apprentices.forms.moved_hours import MoveForm
from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import decidable_by
from apprentices.views.access import is_permitted, refuse_unless
from employers.permissions import approves_hours
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_staff


@require_http_methods(["GET", "POST"])
@allow(is_staff, approves_hours)
def move_hours(request, key):
    """The hours of a week, all picked, and to whom of the same employer they belong."""
    visible = Timesheet.objects.filter(apprenticeship__in=Apprenticeship.objects.visible_to(request.user))
    week = get_object_or_404(visible.select_related("apprenticeship__apprentice"), pk=key)
    today = timezone.localdate()
    refuse_unless(is_permitted(decidable_by, request.user, week.apprenticeship, on=today))
    entries = week.entries.in_their_weeks().select_related("work_process")
    colleagues = Apprenticeship.objects.filter(employer=week.apprenticeship.employer_id).exclude(
        pk=week.apprenticeship_id
    )
    people = decidable_by(request.user, colleagues, on=today).select_related("apprentice")
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        entries=entries,
        people=people.order_by("apprentice__last_name", "apprentice__first_name", "ref"),
        initial={"entries": [entry.pk for entry in entries]},
    )
    if form.is_bound and form.is_valid() and _moved(request, form, week, today):
        return redirect("approvals")
    return render(
        request,
        "apprentices/approvals/move_hours.html",
        {"week": week, "form": form, "errors": listed_errors(form)},
        status=409 if form.non_field_errors() else 200,
    )


def _moved(request, form, week, today):
    data = form.cleaned_data
    picked = [entry.pk for entry in data["entries"]]
    try:
        moved_hours.move_hours(
            week=week, entries=picked, to=data["to"], reason=data["reason"], by=request.user, on=today
        )
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Moved: the hours stand with %(person)s now.") % {"person": data["to"].apprentice})
    return True
