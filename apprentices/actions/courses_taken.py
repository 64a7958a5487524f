"""Judging rows of instruction one after the other, beside the attempts that are known and those of earlier rows. Writes
nothing: `instruction.record_results` does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apprentices.models import InstructionRecord
from apprentices.queries.naming import LONGEST_CODE, Named
from apprentices.rules.hour_lines import normalized
from apprentices.rules.rows import InstructionRow
from employers.models import OfferedCourse
from employers.rules.rows import ACCEPTED, CHANGED, SKIPPED, RowOutcome, refused

_OPEN = InstructionRecord.Result.IN_PROGRESS


@dataclass(slots=True)
class Attempt:
    """A row to be recorded. `code`: of the offered course, else of the required one, else as written."""

    row: InstructionRow
    named: Named
    code: str
    offered: OfferedCourse | None
    is_closed: bool = False

    def counts(self):
        """[(course, hours)] that it counts with when passed."""
        crosswalk = self.offered.crosswalk.all() if self.offered else ()
        met = [(self.named.names.course(row.meets) or row.meets, row.hours) for row in crosswalk]
        return met or [(self.code, self.row.hours)]


class CoursesTaken:
    """`offered` {(provider, course), both as names: OfferedCourse}; `results` {key: (hours, grade)}; `open_records`
    {first part of the key: (id, hours, grade)}; `closed`: first parts that have a result.

    After all rows: `new` Attempts, `warnings`, and `replaced_records()`, the open ones to be voided."""

    def __init__(self, *, named, offered, results, open_records, closed, on):
        self.named, self.offered, self.on = named, offered, on
        self.results, self.open_records, self.closed = results, open_records, closed
        self.new, self.warnings = [], []
        self._providers = {provider for provider, _course in offered}
        self._replaced = []
        self._opened_here = {}

    def judge(self, row):
        """The RowOutcome of one row."""
        named = self.named.get(row.apprentice_ref)
        if named is None:
            return refused(row.line, "apprentice_ref", row.apprentice_ref, _("the ref of an apprenticeship"))
        if wrong := self._wrong_day(row):
            return refused(row.line, "completed_on", row.completed_on, wrong)
        attempt, warning = self._attempt(row, named)
        if len(attempt.code) > LONGEST_CODE:
            return refused(row.line, "course", row.course, _("the code of a course"))
        begun = (named.pk, attempt.code, normalized(row.provider), row.term)
        outcome = self._open(attempt, begun) if row.result == _OPEN else self._result(attempt, begun)
        if isinstance(outcome, tuple):
            return refused(row.line, *outcome)
        if outcome != SKIPPED:
            self.new.append(attempt)
            if warning:
                self.warnings.append(_("line %(line)d: %(warning)s") % {"line": row.line, "warning": warning})
        return RowOutcome(row.line, outcome)

    def replaced_records(self):
        return InstructionRecord.objects.known().filter(pk__in=self._replaced)

    def _wrong_day(self, row):
        if row.result == _OPEN:
            return _("nothing while the course is under way") if row.completed_on else None
        if row.completed_on is None:
            return _("the day of the result")
        return _("%(today)s, today, or a day before") % {"today": self.on} if row.completed_on > self.on else None

    def _attempt(self, row, named):
        """With a provider its offered course, else the required one; without, the required one."""
        offered = self.offered.get((normalized(row.provider), normalized(row.course))) if row.provider else None
        required = named.names.course(row.course)
        code = offered.code if offered else required or row.course
        warning = ""
        if not offered and not required:
            warning = _("“%(course)s” is no course of the standards; it counts outside them") % {"course": row.course}
        return Attempt(row, named, code, offered), warning

    def _open(self, attempt, begun):
        row = attempt.row
        if begun in self.closed:
            return SKIPPED
        known = self.open_records.get(begun)
        if known and known[1:] == (row.hours, row.grade):
            return SKIPPED
        self._close(begun)
        self.open_records[begun] = (None, row.hours, row.grade)
        self._opened_here[begun] = attempt
        return CHANGED if known else ACCEPTED

    def _result(self, attempt, begun):
        row = attempt.row
        key = (*begun, row.completed_on, row.result)
        known = self.results.get(key)
        if known:
            for name, found, recorded in zip(("hours", "grade"), (row.hours, row.grade), known, strict=True):
                if found != recorded:
                    return name, found, _("%(value)s as recorded") % {"value": recorded or _("nothing")}
            return SKIPPED
        self.results[key] = (row.hours, row.grade)
        self.closed.add(begun)
        self._close(begun)
        return ACCEPTED

    def _close(self, begun):
        """The open row, recorded or of this file, gives way."""
        known = self.open_records.pop(begun, None)
        if known and known[0] is not None:
            self._replaced.append(known[0])
        if begun in self._opened_here:
            self._opened_here.pop(begun).is_closed = True
