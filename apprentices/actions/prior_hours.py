"""What opening balances and credits have in common: hours of a kind, for a process or a course."""

from django.utils.translation import gettext as _

from apprentices.actions.keyed_rows import Wrong
from apprentices.models import LedgerLine
from apprentices.queries.naming import LONGEST_CODE

OJL = LedgerLine.Kind.OJL


def subject_of(row, named):
    """(work process id or None, code of the process or course, warning), or Wrong. An empty cell is not tied to one.

    A course that the standards do not require counts in the total alone (contract: Eligibility): a warning."""
    said = row.work_process_or_course
    if not said:
        return None, "", ""
    if row.kind == OJL:
        process = named.names.process(said)
        if process is None:
            return Wrong("work_process_or_course", said, _("the code or title of a work process of the standards"))
        return process, named.names.codes[process], ""
    course = named.names.course(said)
    if course is None and len(said) > LONGEST_CODE:
        return Wrong("work_process_or_course", said, _("the code of a course"))
    if course is None:
        return None, said, _("“%(course)s” is no course of the standards; it counts outside them") % {"course": said}
    return None, course, ""


def line_for(fact, *, happened_on, source, origin):
    """The unsaved ledger line of an opening balance or credit; `origin` is the field that names the fact."""
    return LedgerLine(
        apprenticeship_id=fact.apprenticeship_id,
        kind=fact.kind,
        work_process_id=fact.work_process_id,
        course_code=fact.course_code,
        hours=fact.hours,
        happened_on=happened_on,
        source=source,
        **{origin: fact},
    )


def known_subject(kind, process_code, course_code):
    """The code as it stands in the key."""
    return (process_code or "") if kind == OJL else course_code
