"""Who belongs to an employer, a union local or a sponsor, and which employers a local covers: dated, ended, never
deleted."""

from django.db import transaction
from django.db.models import Q

from employers.models import EmployerMembership, LocalCoverage, LocalMembership, SponsorMembership, UnionLocal
from employers.permissions import require_keeper
from imt.audit.actions import record


@transaction.atomic
def add_member(*, user, employer, role, on, by):
    """From this day the user is a MANAGER or SUPERVISOR of the employer. Said again while it holds, nothing changes."""
    return _add(EmployerMembership, {"user": user, "employer": employer, "role": role}, on, by, subject=employer)


@transaction.atomic
def add_local_member(*, user, local, on, by):
    """From this day the user is a labor representative of the local (UnionLocal, or the name of one, new or known)."""
    return _add(LocalMembership, {"user": user, "local": _local(local)}, on, by, subject=user)


@transaction.atomic
def cover_employer(*, local, employer, on, by):
    """From this day the local represents the employer's people."""
    return _add(LocalCoverage, {"local": _local(local), "employer": employer}, on, by, subject=employer)


@transaction.atomic
def add_sponsor_member(*, user, sponsor, on, by):
    """From this day the user belongs to the sponsor."""
    return _add(SponsorMembership, {"user": user, "sponsor": sponsor}, on, by, subject=sponsor)


@transaction.atomic
def end(*, membership, on, by):
    """The last day of a membership in a local or sponsor, or of a coverage, an act of staff. Who leaves an employer
    gives up more: `members.end_member`."""
    require_keeper(by)
    membership.until_on = on
    membership.save(update_fields=["until_on"])
    record("membership.ended", by=by, subjects=[membership], details={"until_on": on.isoformat()})


def _add(model, fields, on, by, *, subject):
    require_keeper(by)
    open_row = model.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on, **fields).first()
    if open_row:
        return open_row
    membership = model.objects.create(from_on=on, **fields)
    details = {name: str(value) for name, value in fields.items()} | {"from_on": on.isoformat()}
    record("membership.added", by=by, subjects=[membership, subject], details=details)
    return membership


def _local(local):
    return local if isinstance(local, UnionLocal) else UnionLocal.objects.get_or_create(name=local)[0]
