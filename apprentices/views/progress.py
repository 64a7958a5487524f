"""How far somebody is: hours, every requirement of the journey card, wage, forecast, and what waits for whom."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apprentices.models import Apprenticeship
from apprentices.permissions import is_apprentice, watches_a_crew
from apprentices.queries.progress import progress_of
from apprentices.views.access import own_apprenticeship, visible_apprenticeship
from employers.queries.calendars import today_at
from imt.accounts.decorators import allow


@require_safe
@allow(is_apprentice)
def my_progress(request):
    """The apprentice's own page; `?apprenticeship=` names an earlier one where there were several."""
    apprenticeship = own_apprenticeship(request.user, request.GET.get("apprenticeship", ""))
    others = Apprenticeship.objects.filter(apprentice__user=request.user).exclude(pk=apprenticeship.pk)
    return _page(request, apprenticeship, is_own=True, others=others.select_related("employer"))


@require_safe
@allow(watches_a_crew)
def progress(request, ref):
    """The same page of somebody in the crew."""
    return _page(request, visible_apprenticeship(request.user, ref), is_own=False, others=())


def _page(request, apprenticeship, *, is_own, others):
    today = today_at(apprenticeship.employer)
    found = progress_of(apprenticeship, as_of=today)
    address = _hours_address(apprenticeship, is_own=is_own)
    return render(
        request,
        "apprentices/progress/progress.html",
        {
            "progress": found,
            "apprenticeship": apprenticeship,
            "is_own": is_own,
            "others": others,
            "hours_address": address,
            "lines_of": f"{address}&" if "?" in address else f"{address}?",
            "week_view": "my_week" if is_own else "week",
            "today": today,
        },
    )


def _hours_address(apprenticeship, *, is_own):
    if is_own:
        return f"{reverse('my_hours')}?{urlencode({'apprenticeship': apprenticeship.ref})}"
    return reverse("hours", args=[apprenticeship.ref])
