"""Opening balances: what was earned on paper before the first day here counts like logged hours, never as credit."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.keyed_rows import Read, Wrong, record_by_apprenticeship, sort_out
from apprentices.actions.posting import post_lines
from apprentices.actions.prior_hours import OJL, known_subject, line_for, subject_of
from apprentices.models import LedgerLine, OpeningBalance
from apprentices.queries.naming import apprenticeships_named, live_rows
from employers.permissions import require_keeper
from employers.rules.rows import Taken, refuse_errors
from imt.accounts.models import User


@transaction.atomic
def open_balances(*, rows, on, by):
    """Take in OpeningRows and post their lines, dated `through_on`. Returns Taken; RowError where a row is wrong.

    Known by (ref, kind, process or course, through_on); `on` is today. Contract: The other files."""
    require_keeper(by)
    named = apprenticeships_named((row.apprentice_ref for row in rows), on=on)
    moment = lock_facts(person.pk for person in named.values())
    known = _known(person.pk for person in named.values())
    result = sort_out(rows, named=named, known=known, read=_read, day="through_on", on=on)
    refuse_errors(result.outcomes)
    users = _users(row.approved_by for row, _named, _subject in result.new)
    balances = OpeningBalance.objects.bulk_create(
        [
            OpeningBalance(
                apprenticeship_id=person.pk,
                kind=row.kind,
                work_process_id=process,
                course_code="" if row.kind == OJL else code,
                hours=row.hours,
                through_on=row.through_on,
                evidence=row.evidence,
                approved_by_text=row.approved_by,
                approved_by=users.get(row.approved_by.lower()),
                recorded_at=moment,
                recorded_by=by,
            )
            for row, person, (process, code) in result.new
        ],
        batch_size=1000,
    )
    source = LedgerLine.Source.OPENING
    post_lines(
        [line_for(each, happened_on=each.through_on, source=source, origin="opening_balance") for each in balances],
        by=by,
        moment=moment,
    )
    facts_changed(result.changed)
    said = ((person.pk, [row.kind, code, str(row.hours)]) for row, person, (_process, code) in result.new)
    record_by_apprenticeship("opening_balance.posted", said, by)
    return Taken(result.outcomes, result.warnings)


def _read(row, named):
    if not row.work_process_or_course:
        return Wrong("work_process_or_course", "", _("a work process or a course"))
    subject = subject_of(row, named)
    if isinstance(subject, Wrong):
        return subject
    process, code, warning = subject
    return Read(
        key=(named.pk, row.kind, code, row.through_on),
        content={"hours": row.hours, "evidence": row.evidence, "approved_by": row.approved_by},
        subject=(process, code),
        warning=warning,
    )


def _known(apprenticeships):
    rows = live_rows(
        OpeningBalance,
        apprenticeships,
        "kind",
        "work_process__code",
        "course_code",
        "through_on",
        "hours",
        "evidence",
        "approved_by_text",
    )
    return {
        (key, kind, known_subject(kind, process, course), through_on): {
            "hours": hours,
            "evidence": evidence,
            "approved_by": approved_by,
        }
        for key, kind, process, course, through_on, hours, evidence, approved_by in rows
    }


def _users(emails):
    """{e-mail in lower case: User} of those that exist."""
    wanted = {email.lower() for email in emails if email}
    return {user.email: user for user in User.objects.filter(email__in=wanted)} if wanted else {}
