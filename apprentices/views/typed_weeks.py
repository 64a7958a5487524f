"""Takes what is typed into a grid, while it is typed. The page that sends it restores it."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apprentices.actions.typed_weeks import NotYours, keep_typed
from apprentices.forms.typed_weeks import NotTyped, read_typed
from apprentices.models import Apprenticeship
from apprentices.permissions import is_apprentice, watches_a_crew
from apprentices.views.access import refuse_unless
from imt.accounts.decorators import allow


@allow(watches_a_crew)
@require_POST
def typed_weeks(request):
    """204: kept, unsaved."""
    return _kept(request, Apprenticeship.objects.visible_to(request.user))


@allow(is_apprentice)
@require_POST
def my_typed_weeks(request):
    """The same for an apprentice's own weeks."""
    return _kept(request, Apprenticeship.objects.filter(apprentice__user=request.user))


def _kept(request, visible):
    try:
        weeks = read_typed(request.body)
    except NotTyped:
        return HttpResponse(status=400)
    keys = {week.apprenticeship_id for week in weeks}
    asked = visible.filter(pk__in=keys)
    if asked.count() < len(keys):
        raise Http404
    try:
        keep_typed(weeks=weeks, apprenticeships=asked, by=request.user, on=timezone.localdate())
    except NotYours:
        refuse_unless(False)
    return HttpResponse(status=204)
