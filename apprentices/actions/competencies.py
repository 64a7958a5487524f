"""Signing competencies off, several at once and for several people, and taking a wrong sign-off back."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.keyed_rows import Read, Wrong, record_by_apprenticeship, sort_out
from apprentices.actions.voids import take_back
from apprentices.models import Apprenticeship, SignOff
from apprentices.permissions import signable_by
from apprentices.queries.naming import apprenticeships_named, live_rows
from employers.permissions import NotAllowed, keeps_program
from employers.rules.rows import Taken, refuse_errors
from imt.tables import insert_rows

_COLUMNS = ("apprenticeship_id", "competency_id", "signed_on", "signed_by", "note", "recorded_at", "recorded_by_id")


@transaction.atomic
def sign_off(*, rows, on, by):
    """Take in SignOffRows, of a file or of a page. Returns Taken; RowError where a row is wrong, and then nothing is
    written. Staff for everybody; managers, supervisors and mentors for their people (`signable_by`).

    Known by (ref, process, number), also where it was signed under another version; `on` is today. Contract: The other
    files."""
    named = apprenticeships_named((row.apprentice_ref for row in rows), on=on)
    keys = [person.pk for person in named.values()]
    if not keeps_program(by):
        _require_their_own(keys, by, on)
    moment = lock_facts(keys)
    known = _known(keys)
    result = sort_out(rows, named=named, known=known, read=_read, day="signed_on", on=on)
    refuse_errors(result.outcomes)
    # past the models: a program of 10,000 people brings 250,000 of them
    insert_rows(
        SignOff._meta.db_table,
        _COLUMNS,
        (
            (person.pk, competency, row.signed_on, row.signed_by, row.note, moment, by.pk)
            for row, person, (competency, _code) in result.new
        ),
    )
    facts_changed(result.changed)
    said = ((person.pk, f"{code} {row.competency}") for row, person, (_competency, code) in result.new)
    record_by_apprenticeship("competency.signed_off", said, by)
    return Taken(result.outcomes, result.warnings)


def _read(row, named):
    process = named.names.process(row.work_process)
    if process is None:
        return Wrong("work_process", row.work_process, _("the code or title of a work process of the standards"))
    competency = named.names.competencies.get((process, row.competency))
    code = named.names.codes[process]
    if competency is None:
        return Wrong("competency", row.competency, _("the number of a competency of %(code)s") % {"code": code})
    return Read(
        key=(named.pk, code, row.competency),
        content={"signed_on": row.signed_on, "signed_by": row.signed_by, "note": row.note or None},
        subject=(competency, code),
    )


def _known(apprenticeships):
    fields = ("competency__work_process__code", "competency__number", "signed_on", "signed_by", "note")
    return {
        (key, code, number): {"signed_on": signed_on, "signed_by": signed_by, "note": note}
        for key, code, number, signed_on, signed_by, note in live_rows(SignOff, apprenticeships, *fields)
    }


@transaction.atomic
def take_back_sign_offs(*, sign_offs, reason, by, on):
    """Sign-offs were wrong: they stand in the history, and the competencies are open again. Whoever may sign them off
    may take them back. One that was taken back before is left as it is; without a reason: ReasonMissing."""
    if not keeps_program(by):
        _require_their_own({row.apprenticeship_id for row in sign_offs}, by, on)
    take_back(facts=sign_offs, reason=reason, by=by)


def _require_their_own(keys, by, on):
    if signable_by(by, Apprenticeship.objects.filter(pk__in=keys), on=on).count() != len(keys):
        raise NotAllowed(_("Only the apprentice’s mentors and the employer’s managers and supervisors may do this."))
