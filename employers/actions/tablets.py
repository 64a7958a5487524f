"""Tablets on the floor: a manager makes a code, the tablet is paired with it, and is withdrawn when it is lost.

What waits to be paired stands in the cache of the database, under the code's SHA-256, and is gone by itself."""

import secrets

from django.core.cache import cache
from django.db import transaction

from employers.models import Employer, PairedDevice
from employers.permissions import require_manager
from imt.accounts.models import User
from imt.audit.actions import record
from imt.codes import digest_of, digest_of_token, new_code

PAIR_WITHIN = 15 * 60  # seconds


def offer_pairing(*, employer, name, by):
    """A code with which one tablet is paired with the employer, once, within a quarter of an hour."""
    require_manager(by, employer)
    code = new_code()
    cache.set(_waiting(digest_of(code)), {"employer": employer.pk, "name": name, "by": by.pk}, PAIR_WITHIN)
    record("device.pairing_offered", by=by, subjects=[employer], details={"name": name})
    return code


@transaction.atomic
def pair(*, code, moment):
    """(PairedDevice, token) for the tablet that came with the code; None where none waits under it. Of two that come at
    once one is paired: whoever takes the code away."""
    key = _waiting(digest_of(code))
    offered = cache.get(key)
    if offered is None or not cache.delete(key):
        return None
    employer = Employer.objects.get(pk=offered["employer"])
    by = User.objects.get(pk=offered["by"])
    require_manager(by, employer)
    token = secrets.token_urlsafe(32)
    device = PairedDevice.objects.create(
        employer=employer, name=offered["name"], token_digest=digest_of_token(token), paired_at=moment, paired_by=by
    )
    record("device.paired", by=by, subjects=[device, employer], details={"name": device.name})
    return device, token


@transaction.atomic
def withdraw_device(*, device, by, moment):
    """The tablet asks for no PIN from now on, and who is signed in at it is out. Said again, nothing changes."""
    require_manager(by, device.employer)
    open_row = PairedDevice.objects.filter(pk=device.pk, withdrawn_at__isnull=True)
    if open_row.update(withdrawn_at=moment, withdrawn_by=by):
        record("device.withdrawn", by=by, subjects=[device, device.employer], details={"name": device.name})


def device_of(token):
    """The PairedDevice that holds this token, None where it was withdrawn or never paired."""
    if not token:
        return None
    found = PairedDevice.objects.filter(token_digest=digest_of_token(token), withdrawn_at__isnull=True)
    return found.select_related("employer").first()


def _waiting(digest):
    return f"pairing:{digest}"
