"""The tablet on the floor: paired once, then badge and PIN, one person after the other."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apprentices.forms.errors import listed_errors
from apprentices.forms.tablets import BadgeSignInForm, FirstTimeForm, PairForm
from apprentices.models import Apprenticeship
from apprentices.permissions import loggable_by
from apprentices.queries.crew import IN_PROGRAM, with_status
from employers.actions.badges import BadgeRefused, badge_in_force, choose_pin, holder_by_pin
from employers.actions.tablets import device_of, pair
from employers.permissions import approves_hours
from imt.accounts.actions.invitations import InvitationOver, record_refusal
from imt.accounts.decorators import allow
from imt.accounts.middleware import AT_TABLET
from imt.accounts.permissions import anyone, has_house_role
from imt.accounts.queries import told_lately
from imt.accounts.views.limits import attempt
from imt.codes import digest_of

BACKEND = "imt.accounts.backends.PersonBackend"
KEPT_FOR = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie longer


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def tablet(request):
    """Badge and PIN; for who is signed in here, what can be done here."""
    device = device_of(request.COOKIES.get(settings.TABLET_COOKIE_NAME))
    if device is None:
        return render(request, "apprentices/tablets/not_paired.html")
    if request.method == "GET" and AT_TABLET in request.session and request.user.is_authenticated:
        return _menu(request, device)
    form = BadgeSignInForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "tablet", device, form)
    number = form.cleaned_data["number"]
    spent = _attempts(request, device, number)
    if spent is None:
        return _too_many(request, "tablet", device, form)
    badge = badge_in_force(employer=device.employer, number=number, on=timezone.localdate())
    user = holder_by_pin(badge, form.cleaned_data["pin"])
    if user is None or has_house_role(user):
        form.add_error("pin", form.wrong)
        return _page(request, "tablet", device, form)
    return _sign_in(request, device, user, spent)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def first_time(request):
    """Badge and the code on paper; then a PIN of one's own."""
    device = device_of(request.COOKIES.get(settings.TABLET_COOKIE_NAME))
    if device is None:
        return render(request, "apprentices/tablets/not_paired.html")
    form = FirstTimeForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "first_time", device, form)
    said = form.cleaned_data
    spent = _attempts(request, device, said["number"])
    if spent is None:
        return _too_many(request, "first_time", device, form)
    badge = badge_in_force(employer=device.employer, number=said["number"], on=timezone.localdate())
    try:
        chosen = choose_pin(badge=badge, digest=digest_of(said["code"]), pin=said["pin1"], moment=timezone.now())
    except BadgeRefused as refused:
        _give_back(spent)
        form.add_error("pin1", str(refused))
        return _page(request, "first_time", device, form)
    except InvitationOver as over:
        record_refusal(over.invitation, over.standing)
        context = {"standing": over.standing, "expires_at": over.invitation.expires_at}
        return render(request, "apprentices/tablets/code_over.html", context, status=410)
    if chosen is None or has_house_role(chosen.user) or not chosen.user.is_active:
        form.add_error("code", form.wrong)
        return _page(request, "first_time", device, form)
    return _sign_in(request, device, chosen.user, spent)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pair_this_tablet(request):
    """The code that the manager made: from now on this browser is the tablet."""
    form = PairForm(request.POST or None)
    if form.is_valid():
        spent = attempt(request, "pairing")
        if spent is None:
            return render(request, "429.html", status=429)
        paired = pair(code=form.cleaned_data["code"], moment=timezone.now())
        if paired:
            spent.rollback()
            logout(request)
            return _remember(redirect("tablet"), token=paired[1])
        form.add_error("code", form.unknown)
    return _page(request, "pair_this_tablet", None, form)


@allow(anyone)
@require_POST
def leave_tablet(request):
    """Done: the next one, please."""
    logout(request)
    return redirect("tablet")


@allow(anyone)
@require_POST
def still_here(request):
    """Somebody types: 204 as long as the session lives, which this prolongs; 403 once it is over."""
    return HttpResponse(status=204 if request.user.is_authenticated else 403)


def _attempts(request, device, number):
    """One attempt of the badge's and one of the tablet's, or None where either has none left."""
    of_badge = attempt(request, "pin_of_badge", key=f"{device.employer_id}:{number.strip()}")
    of_device = of_badge and attempt(request, "pin_at_device", key=str(device.pk))
    return (of_badge, of_device) if of_device else None


def _give_back(spent):
    for one in spent:
        one.rollback()


def _sign_in(request, device, user, spent):
    _give_back(spent)
    before = user.last_login
    login(request, user, backend=BACKEND)
    request.session[AT_TABLET] = device.pk
    request.session["told_since"] = before.isoformat() if before else ""
    return _remember(redirect("tablet"), token=request.COOKIES[settings.TABLET_COOKIE_NAME])


def _remember(response, *, token):
    response.set_cookie(
        settings.TABLET_COOKIE_NAME,
        token,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _menu(request, device):
    today = timezone.localdate()
    own = Apprenticeship.objects.filter(apprentice__user=request.user, employer=device.employer)
    current = list(with_status(own, on=today).filter(status__in=IN_PROGRAM))
    loggable = loggable_by(request.user, Apprenticeship.objects.filter(pk__in=[one.pk for one in current]), on=today)
    context = {
        "device": device,
        "today": today,
        "current": current,
        "logs_own": set(loggable.values_list("pk", flat=True)),
        "has_crew": approves_hours(request.user),
        "notices": told_lately(request.user, since=request.session.get("told_since", "")),
    }
    return render(request, "apprentices/tablets/menu.html", context)


def _too_many(request, name, device, form):
    form.add_error("number", _("Too many attempts. Wait a quarter of an hour, or ask your manager for a new PIN."))
    return _page(request, name, device, form, status=429)


def _page(request, name, device, form, status=200):
    context = {"device": device, "form": form, "errors": listed_errors(form)}
    return render(request, f"apprentices/tablets/{name}.html", context, status=status)
