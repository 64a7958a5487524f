"""What every request gets: a place in the audit log, and one more header."""

from django.conf import settings

from imt.audit.actions import origin

# What a page may ask of the device: nothing, but its own keys for signing in.
PERMISSIONS_POLICY = ", ".join(
    [
        *(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "midi")),
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)


def permissions_policy(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def audit_origin(get_response):
    """Audit events of this request say from which address they came."""

    def middleware(request):
        with origin(f"web {address_of(request)}"):
            return get_response(request)

    return middleware


def address_of(request):
    """The client's address, as the outermost of our own proxies saw it; what came before it can be made up."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return hops[-settings.TRUSTED_PROXIES].strip()
    return request.META.get("REMOTE_ADDR", "")
