"""Credentials that people hold."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.keyed_rows import Read, Wrong, record_by_apprenticeship, sort_out
from apprentices.models import Credential
from apprentices.queries.naming import LONGEST_CODE, apprenticeships_named, live_rows
from employers.permissions import require_keeper
from employers.rules.rows import Taken, refuse_errors


@transaction.atomic
def record_credentials(*, rows, on, by):
    """Take in CredentialRows. Returns Taken; RowError where a row is wrong.

    Known by (ref, credential, earned_on); `on` is today. Contract: The other files."""
    require_keeper(by)
    named = apprenticeships_named((row.apprentice_ref for row in rows), on=on)
    moment = lock_facts(person.pk for person in named.values())
    fields = ("code", "earned_on", "number", "expires_on")
    known = {
        (key, code, earned_on): {"credential_number": number, "expires_on": expires_on}
        for key, code, earned_on, number, expires_on in live_rows(
            Credential, (person.pk for person in named.values()), *fields
        )
    }
    result = sort_out(rows, named=named, known=known, read=_read, day="earned_on", on=on)
    refuse_errors(result.outcomes)
    Credential.objects.bulk_create(
        [
            Credential(
                apprenticeship_id=person.pk,
                code=code,
                earned_on=row.earned_on,
                expires_on=row.expires_on,
                number=row.credential_number,
                recorded_at=moment,
                recorded_by=by,
            )
            for row, person, code in result.new
        ],
        batch_size=1000,
    )
    facts_changed(result.changed)
    said = ((person.pk, [code, row.earned_on.isoformat()]) for row, person, code in result.new)
    record_by_apprenticeship("credential.recorded", said, by)
    return Taken(result.outcomes, result.warnings)


def _read(row, named):
    """A credential that the standards do not ask for is held all the same: a warning."""
    code = named.names.credential(row.credential)
    warning = "" if code else _("the standards ask for no credential “%(code)s”") % {"code": row.credential}
    code = code or row.credential
    if len(code) > LONGEST_CODE:
        return Wrong("credential", code, _("the code of a credential"))
    if row.expires_on and row.expires_on < row.earned_on:
        return Wrong("expires_on", row.expires_on, _("the day it was earned, or a later one"))
    return Read(
        key=(named.pk, code, row.earned_on),
        content={"credential_number": row.credential_number, "expires_on": row.expires_on},
        subject=code,
        warning=warning,
    )
