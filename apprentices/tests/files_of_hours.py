"""Files of hours taken in through the action, for tests, and the lines of files as text."""

import io
from dataclasses import dataclass

from django.utils import timezone

from apprentices.actions.hours_import import FileOfHours, Taken, import_hours
from apprentices.actions.hours_staging import outcomes_by_line, staging
from apprentices.files.hours import open_hours
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.queries.known_hours import people_for
from imt.audit.models import AuditEvent

HEADER = "apprentice_ref,worked_on,work_process,hours,note,entry_ref"


@dataclass(frozen=True)
class TakenIn:
    """`said`: what is said of each line below the header, as the labelled examples write it."""

    taken: Taken
    outcomes: list

    @property
    def said(self):
        return [f"error:{one.field}" if one.outcome == "error" else one.outcome for one in self.outcomes]

    @property
    def expected(self):
        """What belongs where the lines are wrong."""
        return [one.expected for one in self.outcomes if one.outcome == "error"]


def csv(*lines, header=HEADER):
    return "\n".join((header, *lines)) + "\n"


def take(content, *, by, name="hours.csv", **options):
    """Take in a file: text, bytes or a path. `options`: fields of FileOfHours."""
    if isinstance(content, str):
        content = content.encode()
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    file = FileOfHours(name=name, sha256="0" * 64, by=by, **options)
    people = people_for(by, on=timezone.localdate())
    with staging() as private:
        taken = import_hours(records=open_hours(source, name), people=people, private=private, file=file)
        return TakenIn(taken, list(outcomes_by_line(private)))


def entries(ref="T-0001"):
    """[(day, process, hours, entry_ref, note)] of an apprenticeship, as they were claimed."""
    rows = HourEntry.objects.filter(apprenticeship__ref=ref).order_by("worked_on", "work_process__code", "pk")
    return [
        (day.isoformat(), code, str(worked), entry_ref, note)
        for day, code, worked, entry_ref, note in rows.values_list(
            "worked_on", "work_process__code", "hours", "entry_ref", "note"
        )
    ]


def weeks(ref="T-0001"):
    """[(first day, state, version)] of an apprenticeship."""
    rows = Timesheet.objects.filter(apprenticeship__ref=ref).order_by("week_starts_on")
    return [(day.isoformat(), *rest) for day, *rest in rows.values_list("week_starts_on", "state", "version")]


def everything():
    """All rows that a file of hours can change, to compare before and after."""
    return [
        sorted(model.objects.values_list()) for model in (HourEntry, Timesheet, LedgerLine, Apprenticeship, AuditEvent)
    ]
