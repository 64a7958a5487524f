"""I2, I3, I7: the ledger's lines against each other and against what they were posted for. Each takes
apprenticeships (ids) and yields breaches."""

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from apprentices.models import (
    Apprenticeship,
    Credit,
    HourEntry,
    InstructionRecord,
    LedgerLine,
    OpeningBalance,
    Timesheet,
    TimesheetDecision,
    Transfer,
)
from reports.queries.checks.breaches import Breach

# origin → the column of the day on which its lines happened
DAYS = {Credit: "decided_on", InstructionRecord: "completed_on", OpeningBalance: "through_on", Transfer: "happened_on"}
ORIGINS = {
    Credit: "credit",
    InstructionRecord: "instruction_record",
    OpeningBalance: "opening_balance",
    Transfer: "transfer",
}


def positions_count_from_one_without_a_gap(apprenticeships):
    """I3: positions are 1, 2, 3 … and `ledger_position` is the last."""
    lines = LedgerLine.objects.filter(apprenticeship__among=apprenticeships).order_by()
    found = {
        key: (count, last)
        for key, count, last in lines.values_list("apprenticeship").annotate(Count("pk"), last=Max("position"))
    }
    for key, ref, position in Apprenticeship.objects.filter(pk__among=apprenticeships).values_list(
        "pk", "ref", "ledger_position"
    ):
        count, last = found.get(key, (0, 0))
        if not position == last == count:
            yield Breach("I3", f"{ref} has {count} lines, the last at position {last}, and says {position}")


def reversals_net_to_zero(apprenticeships):
    """I3: a reversal repeats its line with the hours negative, comes after it, and reverses no reversal. (That a
    line is reversed at most once is a unique index.)"""
    repeated = (
        "apprenticeship",
        "kind",
        "work_process",
        "course_code",
        "happened_on",
        "entry",
        "instruction_record",
        "credit",
        "transfer",
        "opening_balance",
    )
    reversals = LedgerLine.objects.filter(apprenticeship__among=apprenticeships, reverses__isnull=False)
    for line in reversals.select_related("reverses", "apprenticeship").iterator(chunk_size=2000):
        original = line.reverses
        differs = [name for name in repeated if _raw(line, name) != _raw(original, name)]
        if line.hours + original.hours != 0:
            differs.append("hours")
        if original.reverses_id is not None or line.position <= original.position:
            differs.append("position")
        if differs:
            yield Breach("I3", f"{_line(line)} does not undo position {original.position}: {', '.join(differs)}")


def _raw(line, name):
    return getattr(line, LedgerLine._meta.get_field(name).attname)


def _line(line):
    return f"{line.apprenticeship.ref} position {line.position}"


def claims_are_counted_exactly_once(apprenticeships):
    """I2: each decided entry has lines, at most one of them standing; no entry that is not decided has any, but
    for those of an approval that was undone, and none of these stands."""
    entries = HourEntry.objects.filter(apprenticeship__among=apprenticeships)
    is_decided = Q(version__lt=F("timesheet__version")) | Q(timesheet__state=Timesheet.State.APPROVED)
    has_lines = Exists(LedgerLine.objects.filter(entry=OuterRef("pk")))
    for entry in _described(entries.filter(is_decided).exclude(has_lines)):
        yield Breach("I2", f"{entry} is approved and not in the ledger")
    standing = LedgerLine.objects.standing().filter(apprenticeship__among=apprenticeships, entry__isnull=False)
    undone = TimesheetDecision.objects.filter(timesheet=OuterRef("timesheet"), undone_at__isnull=False)
    was_posted = has_lines & ~Exists(undone) | Exists(standing.filter(entry=OuterRef("pk")))
    for entry in _described(entries.exclude(is_decided).filter(was_posted)):
        yield Breach("I2", f"{entry} is in the ledger and not approved")
    of_undone = Exists(undone.filter(version=OuterRef("version"))) & Exists(standing.filter(entry=OuterRef("pk")))
    for entry in _described(entries.filter(is_decided).filter(of_undone)):
        yield Breach("I2", f"{entry} counts, and its approval was undone")
    twice = standing.order_by().values_list("entry").annotate(lines=Count("pk")).filter(lines__gt=1)
    for entry, lines in twice:
        yield Breach("I2", f"entry {entry} counts {lines} times")


def _described(entries):
    for key, ref, day in entries.order_by().values_list("pk", "apprenticeship__ref", "worked_on"):
        yield f"entry {key} of {ref} on {day}"


def lines_repeat_their_claim(apprenticeships):
    """I3, I7: a line belongs to its entry's apprenticeship and day; one that no amendment gave a reason says
    exactly what was claimed, unless its approval was undone and the claim has gone its own way since."""
    lines = LedgerLine.objects.filter(apprenticeship__among=apprenticeships, entry__isnull=False, reverses__isnull=True)
    same_row = Q(apprenticeship=F("entry__apprenticeship"), happened_on=F("entry__worked_on"))
    same_claim = Q(hours=F("entry__hours"), work_process=F("entry__work_process"), source=F("entry__source"))
    undone = Exists(
        TimesheetDecision.objects.filter(
            timesheet=OuterRef("entry__timesheet"), undone_at=OuterRef("reversed_by__posted_at")
        )
    )
    for line in lines.exclude(same_row & (same_claim | ~Q(reason="") | undone)).select_related("apprenticeship"):
        yield Breach("I3", f"{_line(line)} is not what entry {line.entry_id} claims")


def records_are_posted_exactly_as_they_stand(apprenticeships):
    """I2: credits, opening balances and passed courses that stand have standing lines of their day; those taken
    back, and courses not passed, have none."""
    standing = LedgerLine.objects.standing().filter(apprenticeship__among=apprenticeships)
    for model, name in ORIGINS.items():
        posted = {}
        for key, apprenticeship, day, hours in (
            standing.filter(**{f"{name}__isnull": False})
            .order_by()
            .values_list(name, "apprenticeship", "happened_on", "hours")
        ):
            posted.setdefault(key, []).append((apprenticeship, day, hours))
        for record in model.objects.filter(apprenticeship__among=apprenticeships):
            lines = posted.pop(record.pk, [])
            if not _agrees(record, lines):
                yield Breach("I2", f"{name} {record.pk} ({record}) has lines {_amounts(lines)}")
        for key in posted:
            yield Breach("I7", f"{name} {key} has lines in another apprenticeship")


def _agrees(record, lines):
    day = getattr(record, DAYS[type(record)])
    if any((apprenticeship, on) != (record.apprenticeship_id, day) for apprenticeship, on, _hours in lines):
        return False
    if isinstance(record, Transfer):
        return True  # how much it takes over stood in the other ledger on that day
    if record.voided_at is not None:
        return not lines
    if isinstance(record, InstructionRecord):
        return bool(lines) == (record.result == InstructionRecord.Result.PASSED and bool(lines or record.hours))
    return [hours for _apprenticeship, _on, hours in lines] == [record.hours]


def _amounts(lines):
    return ", ".join(f"{hours:.2f} on {day}" for _apprenticeship, day, hours in lines) or "none"
