"""A session of badge and PIN at a tablet on the floor: short, for few rooms, and over after the act."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from employers.actions.tablets import device_of
from imt.accounts.middleware import AT_TABLET
from imt.accounts.permissions import anyone


def tablet_sessions(get_response):
    """Such a session opens the rooms of settings.OPEN_AT_A_TABLET and what is open to everybody, as long as its tablet
    is paired. An act ends it: the next person stands behind. A draft is no act."""

    def middleware(request):
        if AT_TABLET not in request.session:
            return get_response(request)
        device = device_of(request.COOKIES.get(settings.TABLET_COOKIE_NAME))
        if device is None or device.pk != request.session[AT_TABLET]:
            logout(request)
            return get_response(request)
        response = get_response(request)
        if _is_act(request, response):
            logout(request)
            messages.success(request, _("You are signed out. The next one, please."))
            return redirect("tablet")
        return response

    def process_view(request, view, args, kwargs):
        if AT_TABLET not in request.session or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        if name == "home":
            return redirect("tablet")
        if name in settings.OPEN_AT_A_TABLET or anyone in getattr(view, "allowed", ()):
            return None
        return render(request, "tablet_only.html", status=403)

    middleware.process_view = process_view
    return middleware


def _is_act(request, response):
    is_done = request.method == "POST" and response.status_code in (302, 303)
    return (
        is_done
        and request.user.is_authenticated
        and request.resolver_match.url_name in settings.OPEN_AT_A_TABLET
        and request.POST.get("act") != "save"
    )
