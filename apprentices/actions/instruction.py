"""Results of related instruction: attempts are kept, a passed one posts its hours."""

from django.db import transaction

from apprentices.actions.courses_taken import CoursesTaken
from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.keyed_rows import record_by_apprenticeship
from apprentices.actions.posting import post_lines
from apprentices.models import InstructionRecord, LedgerLine
from apprentices.queries.instruction import instruction_of, offered_by_name
from apprentices.queries.naming import apprenticeships_named
from employers.actions.courses import providers_of
from employers.permissions import require_keeper
from employers.rules.rows import Taken, refuse_errors


@transaction.atomic
def record_results(*, rows, on, by):
    """Take in InstructionRows: courses under way, and results. Returns Taken; RowError where a row is wrong.

    Known by (ref, course, provider, term, completed_on, result); a result closes the open row of the first four, other
    hours replace it; `on` is today. A passed course posts one line per requirement that the offered course meets, else
    one with the row's hours under the course's own code (contract: The other files; Eligibility)."""
    require_keeper(by)
    named = apprenticeships_named((row.apprentice_ref for row in rows), on=on)
    keys = [person.pk for person in named.values()]
    moment = lock_facts(keys)
    taken = CoursesTaken(named=named, offered=offered_by_name(), on=on, **instruction_of(keys))
    outcomes = [taken.judge(row) for row in rows]
    refuse_errors(outcomes)
    providers = providers_of(names=(attempt.row.provider for attempt in taken.new if attempt.row.provider), by=by)
    taken.replaced_records().update(voided_at=moment, voided_by=by)
    records = InstructionRecord.objects.bulk_create(
        [_record(attempt, providers, by, moment) for attempt in taken.new], batch_size=1000
    )
    post_lines(
        [line for attempt, record in zip(taken.new, records, strict=True) for line in _lines(attempt, record)],
        by=by,
        moment=moment,
    )
    facts_changed({attempt.named.pk for attempt in taken.new})
    said = ((attempt.named.pk, [attempt.code, attempt.row.term, attempt.row.result]) for attempt in taken.new)
    record_by_apprenticeship("instruction.recorded", said, by)
    return Taken(outcomes, taken.warnings)


def _record(attempt, providers, by, moment):
    row = attempt.row
    is_closed = attempt.is_closed  # opened and closed by the same file
    return InstructionRecord(
        apprenticeship_id=attempt.named.pk,
        course_code=attempt.code,
        provider=providers[row.provider] if row.provider else None,
        offered_course=attempt.offered,
        term=row.term,
        hours=row.hours,
        completed_on=row.completed_on,
        result=row.result,
        grade=row.grade,
        recorded_at=moment,
        recorded_by=by,
        voided_at=moment if is_closed else None,
        voided_by=by if is_closed else None,
    )


def _lines(attempt, record):
    if record.result != InstructionRecord.Result.PASSED:
        return
    for code, hours in attempt.counts():
        yield LedgerLine(
            apprenticeship_id=record.apprenticeship_id,
            kind=LedgerLine.Kind.RI,
            course_code=code,
            hours=hours,
            happened_on=record.completed_on,
            source=LedgerLine.Source.INSTRUCTION,
            instruction_record=record,
        )
