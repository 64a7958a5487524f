"""The lines behind a total: when, which process or course, who logged, who approved, what was reversed and why."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apprentices.models import LedgerLine
from apprentices.permissions import decidable_by, is_apprentice, watches_a_crew
from apprentices.queries.ledger import ledger_page
from apprentices.queries.standards import standards_in_force
from apprentices.views.access import is_permitted, own_apprenticeship, visible_apprenticeship
from employers.models import Course, WorkProcess
from imt.accounts.decorators import allow

LONGEST_POSITION = 9  # digits


@require_safe
@allow(is_apprentice)
def my_hours(request):
    """The apprentice's own lines."""
    apprenticeship = own_apprenticeship(request.user, request.GET.get("apprenticeship", ""))
    return _page(request, apprenticeship, is_own=True)


@require_safe
@allow(watches_a_crew)
def hours(request, ref):
    """The lines of somebody in the crew."""
    return _page(request, visible_apprenticeship(request.user, ref), is_own=False)


def _page(request, apprenticeship, *, is_own):
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    picked = {
        "kind": kind if kind in LedgerLine.Kind.values else "",
        "process": request.GET.get("process", ""),
        "course": request.GET.get("course", ""),
    }
    page = ledger_page(apprenticeship, **picked, after=_key(request.GET.get("after", "")))
    standards = standards_in_force([apprenticeship.pk], on=today)[apprenticeship.pk]
    kept = {name: value for name, value in picked.items() if value}
    if is_own:
        kept["apprenticeship"] = apprenticeship.ref
    return render(
        request,
        "apprentices/hours/hours.html",
        {
            "apprenticeship": apprenticeship,
            "is_own": is_own,
            "ledger": page,
            "picked": picked,
            "processes": WorkProcess.objects.filter(standards=standards),
            "course_titles": dict(Course.objects.filter(standards=standards).values_list("code", "title")),
            "is_first": "after" not in request.GET,
            "first_address": f"?{urlencode(kept)}",
            "next_address": f"?{urlencode({**kept, 'after': _text(page.next_key)})}" if page.next_key else "",
            "may_amend": not is_own and is_permitted(decidable_by, request.user, apprenticeship, on=today),
        },
    )


def _text(key):
    day, position = key
    return f"{day.isoformat()}.{position}"


def _key(text):
    """(day, position) of `2026-11-20.17`; None where the first page is meant, 404 where it is neither."""
    if not text:
        return None
    day, _dot, position = text.partition(".")
    try:
        if not (position.isascii() and position.isdigit() and len(position) <= LONGEST_POSITION):
            raise ValueError(text)
        return date.fromisoformat(day), int(position)
    except ValueError as error:
        raise Http404 from error
