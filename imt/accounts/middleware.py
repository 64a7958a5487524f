"""How long a sign-in lasts, and who needs a second factor for it."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from imt.accounts.permissions import anyone, has_house_role

MINUTE = 60
HOUR = 60 * MINUTE
# (seconds without a page, seconds since signing in) after which one must sign in again
LIMITS_OF_THE_HOUSE = (30 * MINUTE, 12 * HOUR)
LIMITS_OF_OTHERS = (12 * HOUR, 14 * 24 * HOUR)

# who asked to be remembered on this device, and holds no role that needs a second factor
LIMITS_OF_REMEMBERED = (30 * 24 * HOUR, 30 * 24 * HOUR)
# badge and PIN, on a tablet that others pass by
LIMITS_AT_A_TABLET = (2 * MINUTE, 20 * MINUTE)

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# the id of the paired tablet at which the session began; who else asks for it is employers/middleware.py
AT_TABLET = "at_tablet"
IS_REMEMBERED = "is_remembered"


def session_limits(get_response):
    """Sign out whoever was idle, or signed in, for too long; the page itself then sends on to the sign-in."""

    def middleware(request):
        if request.user.is_authenticated and _is_over(request):
            logout(request)
        return get_response(request)

    return middleware


def _is_over(request):
    now = int(time.time())
    signed_in_at = request.session.setdefault(SIGNED_IN_AT, now)
    seen_at = request.session.get(SEEN_AT, now)
    idle, absolute = _limits(request)
    if now - seen_at > idle or now - signed_in_at > absolute:
        return True
    if now - seen_at >= idle // 12 or SEEN_AT not in request.session:
        # now and then is exact enough, and spares a write with every page
        request.session[SEEN_AT] = now
    return False


def _limits(request):
    if AT_TABLET in request.session:
        return LIMITS_AT_A_TABLET
    if has_house_role(request.user):
        return LIMITS_OF_THE_HOUSE
    return LIMITS_OF_REMEMBERED if _is_remembered(request) else LIMITS_OF_OTHERS


def _is_remembered(request):
    """Asked once a session: membership is a query."""
    if request.session.get_expire_at_browser_close():
        return False
    if IS_REMEMBERED not in request.session:
        request.session[IS_REMEMBERED] = not _needs_second_factor(request.user)
    return request.session[IS_REMEMBERED]


def _needs_second_factor(user):
    return any(import_string(path)(user) for path in settings.SECOND_FACTOR_REQUIRED_FOR)


def own_language(get_response):
    """Pages speak the language that the user chose, on whatever device; without a choice the browser's."""

    def middleware(request):
        if request.user.is_authenticated and request.user.language:
            activate(request.user.language)
            request.LANGUAGE_CODE = get_language()
        return get_response(request)

    return middleware


def second_factor(get_response):
    """Send whoever must have a second factor, and has none yet, to the page where one is set up. Not in a demo.

    Who must is asked of the functions of a user named in settings.SECOND_FACTOR_REQUIRED_FOR: the apps above know
    who approves hours, this one does not. Once a factor exists, allauth asks for it at every sign-in. A session of
    badge and PIN has none, and opens none of the rooms that would need one."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        user = request.user
        if settings.DEMO or not user.is_authenticated or _is_open(view) or _used_one(request):
            return None
        if AT_TABLET in request.session:
            return None
        if not _needs_second_factor(user) or is_mfa_enabled(user):
            return None
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return HttpResponseRedirect(reverse("mfa_index"))

    middleware.process_view = process_view
    return middleware


def _used_one(request):
    """Did this very sign-in pass a second factor? Known from the session, without a query."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def _is_open(view):
    """Pages for everybody, and the sign-in's own pages: there one sets the factor up, or signs out."""
    return anyone in getattr(view, "allowed", ()) or view.__module__.startswith("allauth.")
