"""The front door: `/` sends each role home, the ways into the rooms, and what machines ask."""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apprentices.permissions import is_apprentice, watches_a_crew
from imt.accounts.decorators import allow
from imt.accounts.permissions import anyone, is_staff, signed_in

RETRY_AFTER_SECONDS = "10"


@dataclass(frozen=True)
class Room:
    label: str
    url_name: str
    opens_for: object  # a function of the user


# In the order in which the menu shows them; the first that opens is where `/` leads.
ROOMS = (
    Room(_("Staff"), "admin:index", is_staff),
    Room(_("Crew"), "crew_home", watches_a_crew),
    Room(_("My progress"), "my_progress", is_apprentice),
)


def rooms_of(user):
    """The rooms whose door is open for this user, in the menu's order."""
    return [room for room in ROOMS if signed_in(user) and room.opens_for(user)]


def rooms(request):
    """For every template: `rooms`, the menu's entries as {label, address, is_here}. Asked only where it is shown."""

    def entries():
        if not hasattr(request, "user"):
            return []
        return [
            {"label": room.label, "address": address, "is_here": request.path.startswith(address)}
            for room in rooms_of(request.user)
            for address in [reverse(room.url_name)]
        ]

    return {"rooms": entries}


@allow(signed_in)
@require_safe
def home(request):
    """Each role's first page; who has no role yet learns whom to ask."""
    open_rooms = rooms_of(request.user)
    return redirect(open_rooms[0].url_name) if open_rooms else render(request, "home.html")


@allow(anyone)
@require_safe
@never_cache
def livez(request):
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@allow(anyone)
@require_safe
@never_cache
def readyz(request):
    """200 when the database answers, else 503. The queue is not asked: no page needs it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def server_error(request):
    """A database that is away, restarting or too busy is no fault of the program: come back in a moment (503).

    Asked by Django while the exception is being handled, wherever it was raised, middleware included. The pages are
    drawn without the request: whoever is signed in would have to be looked up."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        body = loader.render_to_string("503.html")
        return HttpResponse(body, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})
    return HttpResponse(loader.render_to_string("500.html"), status=500)
