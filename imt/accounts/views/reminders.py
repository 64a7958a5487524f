"""No more reminders: the link at the end of each, for who is signed in or not, and the button of mail programs."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from imt.accounts.actions.account import stop_reminders
from imt.accounts.decorators import allow
from imt.accounts.models import User
from imt.accounts.notifications import key_of_reminders_token
from imt.accounts.permissions import anyone


@csrf_exempt  # RFC 8058: the mail program posts without a cookie; the signature says who asks
@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request, token):
    """One click more than the link, for links are opened by programs that look for viruses."""
    user = get_object_or_404(User, pk=key_of_reminders_token(token))
    if request.method == "POST":
        stop_reminders(user=user)
    return render(request, "accounts/account/reminders.html", {"is_off": not user.wants_reminders})
