"""The crew: the people whose hours somebody logs, decides on, or watches over."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import decidable_by, sees_imports, watches_a_crew
from apprentices.queries.crew import crew_members, crew_of
from employers.permissions import approves_hours
from imt.accounts.decorators import allow

PEOPLE_PER_PAGE = 25


@require_safe
@allow(watches_a_crew)
def crew(request):
    """Who is in the crew, how far each is, how the last weeks stand and what waits for a decision."""
    today = timezone.localdate()
    page, kept = crew_page(request, PEOPLE_PER_PAGE)
    waiting = Timesheet.objects.awaiting_decision().filter(
        apprenticeship__in=decidable_by(request.user, Apprenticeship.objects.all(), on=today)
    )
    is_decider = request.user.is_staff or approves_hours(request.user)
    return render(
        request,
        "apprentices/crew/crew.html",
        {
            "members": crew_members(list(page), today=today),
            "page": page,
            "kept": kept,
            "today": today,
            "words": request.GET.get("q", ""),
            "everyone": "all" in request.GET,
            "waiting_count": waiting.count(),
            "is_decider": is_decider,
            "reads_imports": not is_decider and sees_imports(request.user),
        },
    )


def crew_page(request, count):
    """(the page of `count` apprenticeships asked for, what of the address the links to other pages keep)."""
    today = timezone.localdate()
    words, everyone = request.GET.get("q", ""), "all" in request.GET
    people = crew_of(request.user, on=today, words=words, everyone=everyone)
    page = Paginator(people, count).get_page(request.GET.get("page"))
    return page, urlencode({**({"q": words} if words else {}), **({"all": "1"} if everyone else {})})
