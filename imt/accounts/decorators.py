"""Who may open a page. Every view says so; a test walks all addresses and fails where one does not."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404

from imt.accounts.permissions import anyone


def allow(*predicates):
    """Let those in for whom any of `predicates` (functions of a user, from a permissions module) is true.

    Signed out → sign-in, which leads back here. Signed in without such a role → 404, the same page as for an address
    that does not exist: nobody learns which rooms there are. Whose *row* it is, the view asks with `visible_to`."""
    if not predicates:
        raise TypeError("@allow needs to be told whom")

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if anyone not in predicates:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                if not any(predicate(request.user) for predicate in predicates):
                    raise Http404
            return view(request, *args, **kwargs)

        guarded.allowed = predicates
        return guarded

    return decorate
