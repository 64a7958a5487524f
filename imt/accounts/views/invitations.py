"""Coming in for the first time: the code of an invitation, then a password of one's own."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from imt.accounts.actions.invitations import InvitationOver, accept_invitation, record_refusal
from imt.accounts.decorators import allow
from imt.accounts.forms import FirstPasswordForm, InvitationCodeForm, listed_errors
from imt.accounts.models import Invitation
from imt.accounts.permissions import anyone
from imt.accounts.views.limits import attempt
from imt.codes import digest_of

# the digest, and not the code: a copy of the sessions opens nothing
DIGEST = "invitation"


@allow(anyone)
@require_safe
@never_cache
def invitation_link(request, code):
    """The link of a mail or a QR code. It leads on to the page without the code, which stands in no further request."""
    request.session[DIGEST] = digest_of(code)
    return redirect("invitation")


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request):
    """First the code, where no link brought it; then a password; then one is signed in."""
    if request.method == "POST" and "code" in request.POST:
        return _take_code(request)
    digest = request.session.get(DIGEST)
    if digest is None:
        return _page(request, InvitationCodeForm())
    spent = attempt(request, "invitation")
    if spent is None:
        return render(request, "429.html", status=429)
    found = Invitation.objects.select_related("user").filter(code_digest=digest).first()
    if found is None:
        del request.session[DIGEST]
        return _page(request, _unknown(InvitationCodeForm({"code": "?"})))
    spent.rollback()
    if (standing := found.standing(at=timezone.now())) != Invitation.Standing.OPEN:
        return _over(request, found, standing)
    if not found.user.email:
        return render(request, "accounts/invitations/at_the_tablet.html", {"person": found.user})
    form = FirstPasswordForm(request.POST or None, user=found.user)
    if not form.is_valid():
        return _page(request, form, person=found.user)
    return _accept(request, digest, form.cleaned_data["password1"])


def _take_code(request):
    form = InvitationCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    spent = attempt(request, "invitation")
    if spent is None:
        return render(request, "429.html", status=429)
    digest = digest_of(form.cleaned_data["code"])
    if not Invitation.objects.filter(code_digest=digest).exists():
        return _page(request, _unknown(form))
    spent.rollback()
    request.session[DIGEST] = digest
    return redirect("invitation")


def _accept(request, digest, password):
    try:
        user = accept_invitation(digest=digest, password=password, moment=timezone.now())
    except InvitationOver as over:
        return _over(request, over.invitation, over.standing)
    del request.session[DIGEST]
    record_authentication(request, user, method="password", email=user.email)
    return perform_login(request, user)


def _over(request, found, standing):
    """410: it was here, and is no more."""
    record_refusal(found, standing)
    request.session.pop(DIGEST, None)
    context = {"standing": standing, "expires_at": found.expires_at}
    return render(request, "accounts/invitations/invitation_over.html", context, status=410)


def _unknown(form):
    form.add_error("code", InvitationCodeForm.unknown)
    return form


def _page(request, form, person=None):
    context = {"form": form, "person": person, "errors": listed_errors(form)}
    return render(request, "accounts/invitations/invitation.html", context)
