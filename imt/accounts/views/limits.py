"""How often one may try a code or a PIN. Counted in the cache of the database: an emptied Redis lifts nothing."""

from allauth.core.internal import ratelimit

LIMITS = {
    "invitation": "10/10m/ip",
    "pairing": "10/10m/ip",
    "approval_link": "60/10m/ip",
    "pin_of_badge": "5/15m/key",
    "pin_at_device": "30/15m/key",
}


def attempt(request, action, key=None):
    """Take one of the attempts that `action` has left, before anything is compared, so that many at once get no more.

    Returns None where none is left; else an object whose `rollback()` gives it back, for one that succeeded."""
    return ratelimit.consume(request, app="imt", action=action, config=LIMITS, key=key, limit_get=True)
