"""A file of hours, taken in whole or, where asked, its good part (contract: Files of hours).

Judged person by person, written block by block, in one transaction and in bounded memory."""

import contextlib
import gc
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts, lock_people
from apprentices.actions.hours_batches import write_block
from apprentices.actions.hours_staging import (
    blocks,
    counts,
    stage_claims,
    stage_outcomes,
    staged_people,
)
from apprentices.models import Apprenticeship
from apprentices.permissions import decidable_by
from apprentices.queries.hours import days_at, status_histories, worked_by_day
from apprentices.queries.known_hours import known_by_reference, known_without_reference
from apprentices.queries.standards import process_codes
from apprentices.rules.deciding import Claimed, is_late, needs_second_person
from apprentices.rules.hour_imports import judge_day, outcomes_of_lines
from apprentices.rules.hour_lines import LineOutcome, check_line
from apprentices.rules.timesheets import status_on
from employers.permissions import NotAllowed
from employers.queries.calendars import settings_on
from employers.rules.rows import ACCEPTED, CHANGED, ERROR, SKIPPED
from imt.accounts.models import User
from imt.audit.actions import record
from imt.audit.models import ImportBatch
from imt.fields import to_hundredths

READ_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class FileOfHours:
    """Which file it is, and how it is to be taken in."""

    name: str
    sha256: str
    by: User
    day_first: bool = False
    approve: bool = False
    partial: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class Taken:
    """What came of it. `counts` by outcome of the lines; `batch` is None where nothing was written."""

    counts: dict = field(default_factory=dict)
    batch: ImportBatch | None = None

    @property
    def errors(self):
        return self.counts.get(ERROR, 0)


class _NothingPosted(Exception):
    """Rolls the writing back: the file has an error and its good part was not asked for, or it was a dry run."""


def import_hours(*, records, people, private, file, progress=lambda lines: None, conclude=lambda taken: None):
    """Take in the records of a file; returns Taken. Every line's outcome stands in `private` afterwards.
    `conclude(taken)` is called in the transaction that has written it, as the last of it.

    `people` {ref: Person} are those whose hours `file.by` may log (queries.known_hours.people_for). NotAllowed where
    they are to be approved and are not the user's to approve."""
    taken = Taken()
    with _uncollected():
        _stage(records, people, private, file, progress)
        try:
            with transaction.atomic():
                taken.batch = _write(private, file)
                taken.counts = counts(private)
                if file.dry_run or (taken.errors and not file.partial):
                    raise _NothingPosted
                _close_batch(taken, file)
                conclude(taken)
        except _NothingPosted:
            taken.batch = None
    return taken


@contextlib.contextmanager
def _uncollected():
    """Cycles are looked for after each block only: there are none among its rows, and to look at them again and again
    takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stage(records, people, private, file, progress):
    """Check the form of every line; keep its claims for the second half, or its outcome."""
    codes = process_codes({key for person in people.values() for key in person.processes.values() if key})
    employers = {person.apprenticeship_id: person.employer_id for person in people.values()}
    terms = _terms(employers.keys(), timezone.now())
    records = iter(records)
    while some := list(islice(records, READ_AT_ONCE)):
        claims, outcomes = [], []
        for found in some:
            checked = check_line(found, people=people, day_first=file.day_first)
            if isinstance(checked, LineOutcome):
                outcomes.append(checked)
                continue
            # what counts is judged under the lock; here it only keeps such a line from standing in others' way
            is_void = any(_refusal(claim.worked_on, *terms[claim.apprenticeship_id]) for claim in checked)
            claims += [
                (
                    claim.line,
                    claim.person_id,
                    employers[claim.apprenticeship_id],
                    claim.apprenticeship_id,
                    codes[claim.work_process_id],
                    claim.work_process_id,
                    claim.worked_on.toordinal(),
                    claim.hours,
                    claim.note,
                    claim.entry_ref,
                    claim.cell,
                    is_void,
                )
                for claim in checked
            ]
        stage_claims(private, claims)
        stage_outcomes(private, outcomes)
        progress(len(some))


def _write(private, file):
    """Judge and write block by block. Returns the batch, or None where no block had anything to write."""
    people = staged_people(private)
    apprenticeships = {apprenticeship for _person, apprenticeship in people}
    lock_people({person for person, _apprenticeship in people})
    moment = lock_facts(apprenticeships)
    if file.approve:
        _require_decidable(apprenticeships, by=file.by, on=timezone.localdate(moment))
    batch = None
    for block in blocks(private):
        judged = _judge(block, batch, moment)
        outcomes = outcomes_of_lines(judged)
        stage_outcomes(private, outcomes.values())
        good = [one for one in judged if outcomes[one.claim.line].outcome != ERROR]
        if file.approve:
            _require_second_person([one.claim for one in good], by=file.by, moment=moment)
        if batch is None and any(_changes_something(one, file) for one in good):
            batch = _open_batch(file, moment)
        write_block(good, batch=batch, file=file, moment=moment)
        gc.collect(0)
    return batch


def _require_decidable(apprenticeships, *, by, on):
    """NotAllowed where hours of somebody in the file are not this user's to approve: one's own, above all."""
    found = Apprenticeship.objects.filter(pk__among=apprenticeships)
    others = found.exclude(pk__in=decidable_by(by, found, on=on).values("pk"))
    refs = list(others.order_by("ref").values_list("ref", flat=True)[:10])
    if refs:
        raise NotAllowed(_("%(who)s may not approve the hours of %(refs)s.") % {"who": by, "refs": ", ".join(refs)})


def _require_second_person(claims, *, by, moment):
    """NotAllowed where the employer asks for a second person, for all that a supervisor logs or for what is late: who
    takes a file in has logged its hours. This system itself is exempt: what it approves was decided outside."""
    if by.kind == User.Kind.SYSTEM:
        return
    on = timezone.localdate(moment)
    settings = settings_on({claim.employer_id for claim in claims}, on=on)
    for claim in claims:
        of_employer = settings[claim.employer_id]
        late = is_late(claim.worked_on, on, of_employer.late_after_days)
        if needs_second_person(Claimed(of_employer.own_logging, late, frozenset())):
            raise NotAllowed(
                _("Line %(line)s: the employer asks for a second person here. Take the file in without approving it.")
                % {"line": claim.line}
            )


def _judge(block, batch, moment):
    """Judged claims of a block [(person, claims of one day)], with all that is known read at once: but for what an
    earlier block of the file has written, because which line owns a reference is settled by the order of the lines."""
    claims = [claim for _person, claims in block for claim in claims]
    apprenticeships = {claim.apprenticeship_id for claim in claims}
    since, until = min(claim.worked_on for claim in claims), max(claim.worked_on for claim in claims)
    references = {(claim.employer_id, claim.entry_ref) for claim in claims if claim.entry_ref}
    by_ref = known_by_reference(references, but=batch)
    plain = known_without_reference(apprenticeships, since=since, until=until)
    taken = worked_by_day({person for person, _claims in block}, since=since, until=until)
    terms = _terms(apprenticeships, moment)
    judged = []
    for person, of_day in block:
        day = of_day[0].worked_on
        refused, known = {}, {}
        for apprenticeship in {claim.apprenticeship_id for claim in of_day}:
            known |= plain.get((apprenticeship, day), {})
            if reason := _refusal(day, *terms[apprenticeship]):
                refused[apprenticeship] = reason
        hours = to_hundredths(taken.get((person, day), 0))
        judged += judge_day(of_day, by_ref=by_ref, plain=known, taken=hours, refused=refused)
    return judged


def _terms(apprenticeships, moment):
    """{apprenticeship: (registered on, today at the employer, status history)}."""
    histories = status_histories(apprenticeships)
    rows = Apprenticeship.objects.filter(pk__among=apprenticeships).values_list(
        "pk", "registered_on", "employer__time_zone"
    )
    rows = list(rows)
    today = days_at({zone for _pk, _registered, zone in rows}, moment)
    return {pk: (registered_on, today[zone], histories[pk]) for pk, registered_on, zone in rows}


def _refusal(day, registered_on, today, history):
    """(found, expected) where no hours may be worked on that day, else None."""
    if day < registered_on:
        return day.isoformat(), f"a day from the registration, {registered_on}, on"
    if day > today:
        return day.isoformat(), f"a day until today, {today}"
    status = status_on(day, history)
    if status != "ACTIVE":
        return f"{day}, when the status was {status or 'not yet set'}", "a day with status ACTIVE"
    return None


def _changes_something(one, file):
    """Is it written; or, being known already and still waiting, approved with the file?"""
    if one.outcome in (ACCEPTED, CHANGED):
        return True
    return file.approve and one.outcome == SKIPPED and one.known is not None and one.known.state == "SUBMITTED"


def _open_batch(file, moment):
    return ImportBatch.objects.create(
        kind="hours", file_name=file.name, sha256=file.sha256, recorded_at=moment, recorded_by=file.by
    )


def _close_batch(taken, file):
    if taken.batch is not None:
        taken.batch.counts = taken.counts
        taken.batch.save(update_fields=["counts"])
        details = {"file": file.name, "sha256": file.sha256, "counts": taken.counts}
        record("hours.imported", by=file.by, subjects=[taken.batch], details=details)
