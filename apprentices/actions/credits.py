"""Credit for prior experience: a decision that posts hours, tied to a process or course or to neither."""

from django.db import transaction

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.keyed_rows import Read, Wrong, record_by_apprenticeship, sort_out
from apprentices.actions.posting import post_lines
from apprentices.actions.prior_hours import OJL, known_subject, line_for, subject_of
from apprentices.models import Credit, LedgerLine
from apprentices.queries.naming import apprenticeships_named, live_rows
from employers.permissions import require_keeper
from employers.rules.rows import Taken, refuse_errors


@transaction.atomic
def grant(*, rows, on, by):
    """Take in CreditRows and post their lines, dated `decided_on`. Returns Taken; RowError where a row is wrong.

    Known by (ref, kind, process or course, decided_on); `on` is today. Contract: The other files. Taken back by
    `voids.void`."""
    require_keeper(by)
    named = apprenticeships_named((row.apprentice_ref for row in rows), on=on)
    moment = lock_facts(person.pk for person in named.values())
    known = _known(person.pk for person in named.values())
    result = sort_out(rows, named=named, known=known, read=_read, day="decided_on", on=on)
    refuse_errors(result.outcomes)
    credits = Credit.objects.bulk_create(
        [
            Credit(
                apprenticeship_id=person.pk,
                kind=row.kind,
                work_process_id=process,
                course_code="" if row.kind == OJL else code,
                hours=row.hours,
                decided_on=row.decided_on,
                reason=row.reason,
                recorded_at=moment,
                recorded_by=by,
            )
            for row, person, (process, code) in result.new
        ],
        batch_size=1000,
    )
    source = LedgerLine.Source.CREDIT
    lines = [line_for(each, happened_on=each.decided_on, source=source, origin="credit") for each in credits]
    post_lines(lines, by=by, moment=moment)
    facts_changed(result.changed)
    said = ((person.pk, [row.kind, code, str(row.hours)]) for row, person, (_process, code) in result.new)
    record_by_apprenticeship("credit.granted", said, by)
    return Taken(result.outcomes, result.warnings)


def _read(row, named):
    subject = subject_of(row, named)
    if isinstance(subject, Wrong):
        return subject
    process, code, warning = subject
    return Read(
        key=(named.pk, row.kind, code, row.decided_on),
        content={"hours": row.hours, "reason": row.reason},
        subject=(process, code),
        warning=warning,
    )


def _known(apprenticeships):
    fields = ("kind", "work_process__code", "course_code", "decided_on", "hours", "reason")
    return {
        (key, kind, known_subject(kind, process, course), decided_on): {"hours": hours, "reason": reason}
        for key, kind, process, course, decided_on, hours, reason in live_rows(Credit, apprenticeships, *fields)
    }
