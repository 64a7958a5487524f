"""What one was told: by mail, or here alone where there is no address."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imt.accounts.decorators import allow
from imt.accounts.permissions import signed_in
from imt.accounts.queries import notices_of

NOTICES_PER_PAGE = 20


@allow(signed_in)
@require_safe
def notices(request):
    """One's own notices, the newest first."""
    page = Paginator(notices_of(request.user), NOTICES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notices/notices.html", {"page": page})
