"""The history of one line of hours, for everybody who may see it."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apprentices.permissions import decidable_by, is_apprentice, watches_a_crew
from apprentices.queries.entry_history import steps_of
from apprentices.views.access import is_permitted, visible_apprenticeship, visible_entry
from imt.accounts.decorators import allow


@require_safe
@allow(watches_a_crew, is_apprentice)
def entry_history(request, key):
    """Claimed, approved, amended, taken back: before and after, who, when and why."""
    entry = visible_entry(request.user, key)
    apprenticeship = visible_apprenticeship(request.user, entry.apprenticeship.ref)
    is_own = apprenticeship.apprentice.user_id == request.user.pk
    context = {
        "entry": entry,
        "apprenticeship": apprenticeship,
        "steps": steps_of(entry),
        "week": reverse("my_week" if is_own else "week", args=[entry.timesheet.week_starts_on, apprenticeship.ref]),
        "may_amend": is_permitted(decidable_by, request.user, apprenticeship, on=timezone.localdate())
        and entry.lines.exists(),
    }
    return render(request, "apprentices/hours/entry_history.html", context)
