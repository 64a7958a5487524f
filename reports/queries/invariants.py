"""What must always hold, and the rows where it does not: I1 to I8, each a function that yields sentences.

What one row or one index can say stands as a named constraint already; here is what spans rows. Everything is read by set
and in bounded memory. Call them inside `consistent_read()`."""

from datetime import timedelta

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from apprentices.models import (
    Apprenticeship,
    HourEntry,
    JourneyCard,
    LedgerLine,
    Timesheet,
    TimesheetDecision,
)
from apprentices.queries.eligibility import assessment_document
from apprentices.queries.facts import facts_for
from apprentices.rules.canonical import canonical
from imt.accounts.models import Notice
from imt.audit.models import Run
from imt.fields import from_hundredths, to_hundredths
from imt.triggers import all_triggers, laid_triggers
from reports.models import ProgressSnapshot
from reports.queries.snapshots import SnapshotRow, snapshots_of

AT_ONCE = 250
UNDONE_AFTER = timedelta(minutes=15)


def triggers_stand(now):
    """The database refuses changes to the ledger, the audit log and published standards."""
    for name in sorted(all_triggers(connection.vendor) - laid_triggers(connection)):
        yield f"the trigger {name} is missing"


def snapshots_equal_the_rules(now):
    """I1: every snapshot that is not behind says what the rules say of the facts at its position, on its day."""
    current = ProgressSnapshot.objects.filter(facts_position=F("apprenticeship__facts_position"))
    for as_of in current.order_by("as_of").values_list("as_of", flat=True).distinct():
        of_day = current.filter(as_of=as_of).order_by("pk")
        keys = list(of_day.values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            answers = {row.apprenticeship_id: row for row in snapshots_of(some, as_of=as_of)}
            for snapshot in of_day.filter(pk__in=some).select_related("apprenticeship"):
                said = _as_row(snapshot)
                differs = [
                    name
                    for name, kept, answer in zip(SnapshotRow._fields, said, answers[snapshot.pk], strict=True)
                    if kept != answer
                ]
                if differs:
                    yield f"the snapshot of {snapshot.apprenticeship.ref} differs from the rules in {', '.join(differs)}"


def _as_row(snapshot):
    values = {name: getattr(snapshot, name) for name in SnapshotRow._fields}
    for name in ("ojl_hours", "ri_hours", "waiting_hours"):
        values[name] = to_hundredths(values[name])
    return SnapshotRow(**values)


def reversals_net_to_zero(now):
    """I3: a reversal repeats its line with the hours negative."""
    same = Q(
        hours=-F("reverses__hours"),
        apprenticeship=F("reverses__apprenticeship"),
        kind=F("reverses__kind"),
        course_code=F("reverses__course_code"),
        happened_on=F("reverses__happened_on"),
    ) & (
        Q(work_process=F("reverses__work_process")) | Q(work_process__isnull=True, reverses__work_process__isnull=True)
    )
    wrong = LedgerLine.objects.filter(reverses__isnull=False).exclude(same)
    for ref, position in wrong.values_list("apprenticeship__ref", "position"):
        yield f"line {position} of {ref} does not take back exactly what it reverses"


def positions_have_no_gaps(now):
    """I3: positions count 1, 2, 3 … and the apprenticeship knows the last one."""
    rows = Apprenticeship.objects.order_by("pk").annotate(
        lines=Count("ledger_lines"), last=Max("ledger_lines__position")
    )
    for ref, lines, last, known in rows.exclude(lines=F("ledger_position")).values_list(
        "ref", "lines", "last", "ledger_position"
    ):
        yield f"{ref} has {lines} lines up to position {last or 0}, but knows of {known}"


def decided_entries_are_posted(now):
    """I2, I3: a decided entry owns lines and at most one that stands; a claim owns none."""
    posted = Exists(LedgerLine.objects.filter(entry=OuterRef("pk")))
    decided = Q(version__lt=F("timesheet__version")) | Q(timesheet__state=Timesheet.State.APPROVED)
    for key, ref in HourEntry.objects.filter(decided).exclude(posted).values_list("pk", "apprenticeship__ref"):
        yield f"entry {key} of {ref} is approved and not in the ledger"
    for key, ref in HourEntry.objects.exclude(decided).filter(posted).values_list("pk", "apprenticeship__ref"):
        yield f"entry {key} of {ref} is in the ledger and not approved"
    standing = LedgerLine.objects.standing().filter(entry__isnull=False).order_by()
    for key in standing.values_list("entry", flat=True).annotate(lines=Count("pk")).filter(lines__gt=1):
        yield f"entry {key} has more than one line that stands"


def decisions_match_their_weeks(now):
    """I4: an approved or returned week has that decision on its version; no entry is ahead of its week."""
    for state in (Timesheet.State.APPROVED, Timesheet.State.RETURNED):
        decision = TimesheetDecision.objects.filter(
            timesheet=OuterRef("pk"), version=OuterRef("version"), verdict=state.value
        )
        undecided = Timesheet.objects.filter(state=state).exclude(Exists(decision))
        for ref, week in undecided.values_list("apprenticeship__ref", "week_starts_on"):
            yield f"the week {week} of {ref} is {state.value} without that decision"
    ahead = HourEntry.objects.filter(version__gt=F("timesheet__version"))
    for key in ahead.values_list("pk", flat=True):
        yield f"entry {key} has a version above its week's"


def cards_were_eligible(now):
    """I5: each card rests on facts that still give its assessment, as of its day and known at its moment."""
    for card in JourneyCard.objects.select_related("apprenticeship").iterator(AT_ONCE):
        itself = Apprenticeship.objects.filter(pk=card.apprenticeship_id)
        known = facts_for(itself, as_of=card.issued_on, known_at=card.issued_at)[card.apprenticeship_id]
        derived = assessment_document(known, as_of=card.issued_on, known_at=card.issued_at)
        if canonical(derived) != canonical(card.assessment):
            yield f"card {card.number} does not rest on the facts of its moment"
        elif not derived["eligible"]:
            yield f"card {card.number} was issued to somebody who was not eligible"


_DAYS_ABOVE_24 = """
SELECT p.apprentice_id, w.day, SUM(w.hours)
  FROM (SELECT apprenticeship_id, happened_on AS day, hours FROM apprentices_ledgerline WHERE entry_id IS NOT NULL
        UNION ALL
        SELECT e.apprenticeship_id, e.worked_on, e.hours
          FROM apprentices_hourentry e
          JOIN apprentices_timesheet t ON t.id = e.timesheet_id
         WHERE e.version = t.version AND t.state <> 'APPROVED') w
  JOIN apprentices_apprenticeship p ON p.id = w.apprenticeship_id
 GROUP BY p.apprentice_id, w.day HAVING SUM(w.hours) > 2400
"""


def days_hold_24_hours(now):
    """I6: no day holds more than 24 worked hours of one person, over all employers."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS_ABOVE_24)
        for apprentice, day, hours in cursor.fetchall():
            yield f"apprentice {apprentice} has {from_hundredths(hours)} hours on {day}"


def rows_agree_with_their_parents(now):
    """I7: what a row repeats of its parent is the parent's."""
    entries = HourEntry.objects.exclude(
        apprenticeship=F("timesheet__apprenticeship"), employer=F("timesheet__apprenticeship__employer")
    )
    for key in entries.values_list("pk", flat=True):
        yield f"entry {key} names another apprenticeship or employer than its week"
    for origin in ("entry", "instruction_record", "credit", "opening_balance", "transfer"):
        lines = LedgerLine.objects.filter(**{f"{origin}__isnull": False}).exclude(
            apprenticeship=F(f"{origin}__apprenticeship")
        )
        for key in lines.values_list("pk", flat=True):
            yield f"ledger line {key} names another apprenticeship than its {origin.replace('_', ' ')}"
    agreements = Apprenticeship.objects.filter(
        ~Q(registration__standards=F("standards")) | ~Q(cohort__employer=F("employer"))
    ).exclude(
        Q(registration__isnull=True) | Q(registration__standards=F("standards")),
        Q(cohort__isnull=True) | Q(cohort__employer=F("employer")),
    )
    for ref in agreements.values_list("ref", flat=True):
        yield f"{ref} is filed under other standards than its own, or in a cohort of another employer"


def no_work_stays_undone(now):
    """I8: no run and no notice waits longer than the sweep lets it."""
    since = now - UNDONE_AFTER
    waiting = Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING), queued_at__lt=since)
    for run in waiting.filter(Q(beat_at__isnull=True) | Q(beat_at__lt=since)):
        yield f"run {run.pk} ({run}) has not moved for {UNDONE_AFTER}"
    late = Notice.objects.unsent().filter(queued_at__lt=since).count()
    if late:
        yield f"{late} notices have been waiting for longer than {UNDONE_AFTER}"


INVARIANTS = (
    triggers_stand,
    reversals_net_to_zero,
    positions_have_no_gaps,
    decided_entries_are_posted,
    decisions_match_their_weeks,
    days_hold_24_hours,
    rows_agree_with_their_parents,
    cards_were_eligible,
    snapshots_equal_the_rules,
    no_work_stays_undone,
)


def breaches(now, *, progress=lambda done: None):
    """Sentences about what does not hold, `now` being the moment of asking; none when all is well."""
    for invariant in INVARIANTS:
        for sentence in invariant(now):
            yield f"{invariant.__name__.replace('_', ' ')}: {sentence}"
        progress(1)
