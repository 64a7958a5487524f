"""Rows of a file beside the facts that are known by the same key: same content is skipped, other content is an error,
and the rest is new (contract: The other files)."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apprentices.models import Apprenticeship
from apprentices.queries.naming import Named
from employers.rules.rows import ACCEPTED, SKIPPED, RowOutcome, refused
from imt.audit.actions import record


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be taken."""

    field: str
    found: Any
    expected: str


@dataclass(frozen=True, slots=True)
class Read:
    """A row understood: the key under which it is known, its content by field, what it names, and a warning or none."""

    key: tuple
    content: dict
    subject: Any = None
    warning: str = ""


@dataclass(slots=True)
class Sorted:
    """`new`: (row, Named, what it names) of the rows to write, in their order."""

    outcomes: list = field(default_factory=list)
    new: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def changed(self):
        """Ids of the apprenticeships that get something new."""
        return {named.pk for _row, named, _subject in self.new}


def sort_out(rows, *, named, known, read, day, on):
    """Sort the rows out, in order. `named` {ref: Named}; `known` {key: content}, to which the new ones are added;
    `read(row, Named)` → Read or Wrong; `day`: the field that must not be after `on`, today."""
    result = Sorted()
    for row in rows:
        result.outcomes.append(_judge(row, named.get(row.apprentice_ref), known, read, day, on, result))
    return result


def _judge(row, person: Named | None, known, read, day, on, result):
    if person is None:
        return refused(row.line, "apprentice_ref", row.apprentice_ref, _("the ref of an apprenticeship"))
    understood = read(row, person)
    if isinstance(understood, Wrong):
        return refused(row.line, understood.field, understood.found, understood.expected)
    wrong = _too_late(row, day, on) or _difference(understood.content, known.get(understood.key))
    if wrong:
        return refused(row.line, wrong.field, wrong.found, wrong.expected)
    if understood.key in known:
        return RowOutcome(row.line, SKIPPED)
    known[understood.key] = understood.content
    if understood.warning:
        result.warnings.append(_("line %(line)d: %(warning)s") % {"line": row.line, "warning": understood.warning})
    result.new.append((row, person, understood.subject))
    return RowOutcome(row.line, ACCEPTED)


def _too_late(row, day, on):
    value = getattr(row, day)
    if value is not None and value > on:
        return Wrong(day, value, _("%(today)s, today, or a day before") % {"today": on})
    return None


def _difference(content, known):
    """The first field whose content is other than known; a content of None says nothing."""
    if known is None:
        return None
    for name, value in content.items():
        if value is not None and value != known[name]:
            recorded = known[name] if known[name] not in ("", None) else _("nothing")
            return Wrong(name, value, _("%(value)s as recorded") % {"value": recorded})
    return None


def record_by_apprenticeship(event, written, by):
    """One audit row per apprenticeship. `written`: (apprenticeship id, what was written of it, as JSON can say it)."""
    details = {}
    for key, said in written:
        details.setdefault(key, []).append(said)
    subjects = [Apprenticeship(pk=key) for key in sorted(details)]
    record(event, by=by, subjects=subjects, details=lambda subject: {"rows": details[subject.pk]})
