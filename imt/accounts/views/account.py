"""One's own account: language and reminders; from here to password, second factor and devices."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from imt.accounts.actions.account import keep_wishes
from imt.accounts.decorators import allow
from imt.accounts.forms import AccountForm, listed_errors
from imt.accounts.permissions import signed_in

A_YEAR = 365 * 24 * 60 * 60


@allow(signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """Language and reminders, kept at once."""
    user = request.user
    initial = {"language": user.language or settings.LANGUAGE_CODE, "wants_reminders": user.wants_reminders}
    form = AccountForm(request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "accounts/account/account.html", {"form": form, "errors": listed_errors(form)})
    keep_wishes(user=user, **form.cleaned_data, by=user)
    language = form.cleaned_data["language"]
    with override(language):
        messages.success(request, _("Saved."))
    response = redirect("account")
    # so that the sign-in page speaks it, too
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
