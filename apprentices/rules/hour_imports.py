"""What becomes of the claims of one person's day in a file of hours, beside what is known of that day already.

The second half of the contract's checks ("Files of hours"): known again, the days of the apprenticeship, the 24 hours
of the day. The first half, the form of a line, is rules/hour_lines.py. Hours are whole hundredths."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apprentices.rules.hour_lines import LineOutcome
from apprentices.rules.hours import hours_text
from employers.rules.rows import ACCEPTED, CHANGED, ERROR, SKIPPED

DAY = 2400
LONGEST_REFERENCE = 100


class DayClaim(NamedTuple):
    """One claim of the file. `has_owner`: an earlier line, of another person or day, has the same reference. `is_void`:
    its line has a day on which nobody may work, so that none of its hours will be taken."""

    line: int
    employer_id: int
    apprenticeship_id: int
    process: str
    work_process_id: int
    worked_on: date
    hours: int
    note: str
    entry_ref: str
    cell: str
    has_owner: bool
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that is there already. `counts`: (process, hours) of its standing line, None before approval or when it
    was taken back. `since`: when it was submitted or approved, as text."""

    entry_id: int
    timesheet_id: int
    apprenticeship_id: int
    process: str
    worked_on: date
    hours: int
    state: str  # DRAFT, RETURNED, SUBMITTED or APPROVED: its own, not its week's
    since: str
    counts: tuple[str, int] | None = None

    def says(self, claim):
        """Is it what the claim says: person, day, process and hours, as claimed or as amended since?"""
        if (self.apprenticeship_id, self.worked_on) != (claim.apprenticeship_id, claim.worked_on):
            return False
        return (claim.process, claim.hours) in ((self.process, self.hours), self.counts)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's outcome; `known` is the entry that it is, or changes. `check`: the place of the check that failed in
    the contract's order: known again, worked_on, hours of the day."""

    claim: DayClaim
    outcome: str
    field: str = ""
    found: str = ""
    expected: str = ""
    known: KnownEntry | None = None
    check: int = 0

    def as_line_outcome(self):
        cell = self.claim.cell if self.field == "hours" else self.field or None
        return LineOutcome(
            self.claim.line, self.outcome, self.field or None, self.found or None, self.expected or None, cell
        )


def judge_day(claims, *, by_ref, plain, taken, refused):
    """One Judged per claim of a person's day, given in the order of lines.

    `by_ref` {(employer, entry_ref): KnownEntry}; `plain` {(apprenticeship, process): KnownEntry} of that day without
    reference; `taken`: hundredths of the day that are live already; `refused` {apprenticeship: (found, expected)} where
    no hours may be worked on that day."""
    sums, past = _sums_without_reference(claims)
    judged, own_refs, replaced = [], {}, set()
    for claim in claims:
        if claim.entry_ref:
            verdict = _by_reference(claim, by_ref, own_refs)
        else:
            verdict = _without_reference(claim, plain, sums, past)
        if verdict.outcome in (ACCEPTED, CHANGED):
            before = taken - _replaced_hours(verdict, replaced)
            verdict = _on_this_day(verdict, refused, before)
        if verdict.outcome in (ACCEPTED, CHANGED):
            taken = before + claim.hours
            if verdict.known is not None:
                replaced.add(verdict.known.entry_id)
            if claim.entry_ref:
                own_refs[claim.employer_id, claim.entry_ref] = claim
        judged.append(verdict)
    return judged


def _replaced_hours(verdict, replaced):
    """The hours of the entry that a change replaces, which the day holds no longer; once per entry."""
    if verdict.known is None or verdict.known.entry_id in replaced:
        return 0
    return verdict.known.hours


def _sums_without_reference(claims):
    """Several lines of one file for a person's day and process, without reference, are one entry: {(apprenticeship,
    process): hours}. Lines that will not be taken are left out: void ones, and those past the 24th hour, whose numbers
    come second."""
    sums, past = {}, set()
    for claim in claims:
        key = claim.apprenticeship_id, claim.process
        if claim.entry_ref or claim.is_void:
            continue
        if sums.get(key, 0) + claim.hours > DAY:
            past.add(claim.line)
        else:
            sums[key] = sums.get(key, 0) + claim.hours
    return sums, past


def _by_reference(claim, by_ref, own_refs):
    if len(claim.entry_ref) > LONGEST_REFERENCE:
        length = f"{len(claim.entry_ref)} characters"
        return _error(claim, "entry_ref", length, f"at most {LONGEST_REFERENCE} characters")
    known = by_ref.get((claim.employer_id, claim.entry_ref))
    if known is not None:
        if known.says(claim):
            return Judged(claim, SKIPPED, known=known)
        return _error(claim, "entry_ref", claim.entry_ref, _as_known(known))
    own = own_refs.get((claim.employer_id, claim.entry_ref))
    if own is not None:
        if (own.apprenticeship_id, own.process, own.hours) == (claim.apprenticeship_id, claim.process, claim.hours):
            return Judged(claim, SKIPPED)
        return _error(
            claim, "entry_ref", claim.entry_ref, f"a reference of its own: line {own.line} has it with other hours"
        )
    if claim.has_owner:
        return _error(
            claim, "entry_ref", claim.entry_ref, "a reference of its own: an earlier line has it for another day"
        )
    return Judged(claim, ACCEPTED)


def _as_known(known):
    return (
        f"a reference of its own, or the entry that has it: {known.process}, {known.worked_on}, "
        f"{hours_text(known.hours)} hours"
    )


def _without_reference(claim, plain, sums, past):
    key = claim.apprenticeship_id, claim.process
    known, total = plain.get(key), sums.get(key, claim.hours)
    if known is None:
        return Judged(claim, ACCEPTED)
    if claim.line in past:
        return _error(claim, "hours", hours_text(claim.hours), "with the lines before it at most 24.00 hours", check=2)
    if (claim.process, total) in ((known.process, known.hours), known.counts):
        return Judged(claim, SKIPPED, known=known)
    if known.state in ("DRAFT", "RETURNED"):
        return Judged(claim, CHANGED, known=known)
    hours = known.counts[1] if known.counts else known.hours
    if known.state == "SUBMITTED":
        repair = f"waiting as {hours_text(hours)} since {known.since}: recall or return the week"
    else:
        repair = f"approved as {hours_text(hours)} on {known.since}: amend it"
    return _error(claim, "hours", hours_text(total), repair)


def _on_this_day(verdict, refused, taken):
    claim = verdict.claim
    if claim.apprenticeship_id in refused:
        found, expected = refused[claim.apprenticeship_id]
        return _error(claim, "worked_on", found, expected, check=1)
    if claim.is_void:
        return _error(claim, "worked_on", str(claim.worked_on), "a line without days on which nobody may work", check=3)
    if taken + claim.hours > DAY:
        left = hours_text(max(DAY - taken, 0))
        repair = f"at most {left}: the day holds {hours_text(taken)} of 24.00 hours"
        return _error(claim, "hours", hours_text(claim.hours), repair, check=2)
    return verdict


def _error(claim, field, found, expected, check=0):
    return Judged(claim, ERROR, field, found, expected, check=check)


def outcomes_of_lines(judged):
    """{line: LineOutcome} of judged claims: error if one of the line's is, else changed, else accepted, else skipped;
    of several errors that of the first check, then of the first cell."""
    rank = {ERROR: 0, CHANGED: 1, ACCEPTED: 2, SKIPPED: 3}
    lines = {}
    for one in judged:
        known = lines.get(one.claim.line)
        if known is None or (rank[one.outcome], one.check) < (rank[known.outcome], known.check):
            lines[one.claim.line] = one
    return {line: one.as_line_outcome() for line, one in lines.items()}
