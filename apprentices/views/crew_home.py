"""The first page of who runs, supervises, mentors or represents a crew."""

from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apprentices.permissions import is_mentor, watches_a_crew
from apprentices.queries import crew_home as queries
from apprentices.queries.weeks import WEEK
from employers.models import Employer
from imt.accounts.decorators import allow
from imt.accounts.permissions import is_auditor, is_staff


@require_safe
@allow(watches_a_crew)
def crew_home(request):
    """What waits, who has not reported, how far everyone is. Who watches over many crews goes on to the list."""
    user, today = request.user, timezone.localdate()
    if is_staff(user) or is_auditor(user):
        return redirect("crew")
    own = user.employer_memberships.in_force().filter(employer=OuterRef("pk"))
    employers = list(Employer.objects.visible_to(user).annotate(is_own=Exists(own)))
    if not employers and not is_mentor(user):
        return redirect("crew")
    home = queries.crew_home(user, on=today, employers={employer.pk for employer in employers})
    return render(
        request,
        "apprentices/crew/crew_home.html",
        {
            "home": home,
            "employers": employers,
            "shown": queries.PEOPLE_SHOWN,
            "today": today,
            "last_week": today - WEEK,
            "is_decider": any(employer.is_own for employer in employers),
        },
    )
