"""What is known already of the people and days that a file of hours speaks of, for many people at once."""

import json
from collections import defaultdict

from django.db import connection
from django.utils import timezone

from apprentices.models import Apprenticeship, HourEntry, LedgerLine, StandardsMove, Timesheet, TimesheetDecision
from apprentices.permissions import loggable_by
from apprentices.queries.standards import moves_in_force, process_codes
from apprentices.rules.hour_imports import KnownEntry
from apprentices.rules.hour_lines import Person, process_names
from employers.models import WorkProcess
from imt.fields import to_hundredths


def people_for(user, *, on):
    """{apprentice_ref: Person} of everybody whose hours the user may log, with the processes in force on `on`."""
    apprenticeships = loggable_by(user, Apprenticeship.objects.all(), on=on).order_by()
    rows = list(apprenticeships.values_list("ref", "pk", "apprentice", "employer", "standards"))
    moved = moves_in_force(StandardsMove.objects.known(), on=on)
    names = {}
    processes = defaultdict(list)
    for pk, code, title, standards in WorkProcess.objects.values_list("pk", "code", "title", "standards"):
        processes[standards].append((pk, code, title))
    for standards, found in processes.items():
        names[standards] = process_names(found)
    return {
        ref: Person(pk, apprentice, employer, names.get(moved.get(pk, standards), {}))
        for ref, pk, apprentice, employer, standards in rows
    }


def known_by_reference(references, *, but=None):
    """{(employer id, entry_ref): KnownEntry} of a set of such pairs, without the entries of the ImportBatch `but`."""
    by_employer = defaultdict(set)
    for employer, entry_ref in references:
        by_employer[employer].add(entry_ref)
    found = {}
    for employer, refs in by_employer.items():
        there = _those_there(employer, refs)
        if there:
            entries = HourEntry.objects.filter(employer=employer, entry_ref__among=there)
            # said once more, for the planner cannot derive the partial index's condition from the list
            entries = entries.exclude(entry_ref="")
            for entry_ref, known in _known(entries.exclude(batch=but) if but else entries):
                found[employer, entry_ref] = known
    return found


# One look at the index from the least reference to the greatest, instead of one for each.
_REFERENCES_BETWEEN = """
SELECT entry_ref FROM apprentices_hourentry
 WHERE employer_id = %(employer)s AND NOT entry_ref = ''
   AND entry_ref >= (SELECT MIN({ref}) FROM {refs}) AND entry_ref <= (SELECT MAX({ref}) FROM {refs})
 LIMIT %(enough)s
"""


def _those_there(employer, refs):
    """Those of the references that the employer has entries of. A new file's numbers mostly lie beside those of earlier
    files; where more entries lie among them than there are references, each one has to be looked up: all come back."""
    if connection.vendor == "postgresql":
        statement = _REFERENCES_BETWEEN.format(ref="ref", refs="unnest(%(refs)s) ref")
        listed = list(refs)
    else:
        statement = _REFERENCES_BETWEEN.format(ref="value", refs="json_each(%(refs)s)")
        listed = json.dumps(list(refs))
    enough = len(refs) + 1
    with connection.cursor() as cursor:
        cursor.execute(statement, {"employer": employer, "refs": listed, "enough": enough})
        between = {entry_ref for (entry_ref,) in cursor.fetchall()}
    return refs if len(between) == enough else refs & between


def known_without_reference(apprenticeships, *, since, until):
    """{(apprenticeship id, day): {(apprenticeship id, process code): KnownEntry}}: by the process as claimed, and by
    that which an amendment has put in its place, unless hours are claimed there, too."""
    entries = HourEntry.objects.filter(
        apprenticeship__among=apprenticeships, worked_on__range=(since, until), entry_ref=""
    )
    found = defaultdict(dict)
    for _ref, known in _known(entries):
        found[known.apprenticeship_id, known.worked_on][known.apprenticeship_id, known.process] = known
    for of_day in found.values():
        for known in list(of_day.values()):
            if known.counts and known.counts[0]:
                of_day.setdefault((known.apprenticeship_id, known.counts[0]), known)
    return found


def _known(entries):
    """(entry_ref, KnownEntry) of a queryset of entries, with what counts of those that were amended."""
    rows = list(
        entries.order_by().values_list(
            "pk",
            "timesheet",
            "apprenticeship",
            "work_process",
            "worked_on",
            "hours",
            "entry_ref",
            "version",
            "timesheet__version",
            "timesheet__state",
            "timesheet__submitted_at",
        )
    )
    codes = process_codes({row[3] for row in rows})
    counted = _amended([row[0] for row in rows], codes)
    decided_on = _decided_on({row[1] for row in rows if not row[6]})
    for pk, timesheet, apprenticeship, process, day, hours, entry_ref, version, latest, week, submitted_at in rows:
        state = week if version == latest else Timesheet.State.APPROVED.value
        since = decided_on.get((timesheet, version)) if state == Timesheet.State.APPROVED else submitted_at
        yield (
            entry_ref,
            KnownEntry(
                entry_id=pk,
                timesheet_id=timesheet,
                apprenticeship_id=apprenticeship,
                process=codes[process],
                worked_on=day,
                hours=to_hundredths(hours),
                state=state,
                since=timezone.localdate(since).isoformat() if since else "",
                counts=counted.get(pk),
            ),
        )


def _amended(entries, codes):
    """{entry id: (process code, hundredths) that count, or ("", 0)} of the entries with a reversal."""
    amended = {}
    reversals = LedgerLine.objects.filter(entry__among=entries, source=LedgerLine.Source.REVERSAL)
    for entry in reversals.values_list("entry", flat=True):
        amended[entry] = ("", 0)
    standing = LedgerLine.objects.standing().filter(entry__among=amended)
    for entry, process, hours in standing.values_list("entry", "work_process", "hours"):
        code = codes.get(process) or process_codes([process])[process]
        amended[entry] = (code, to_hundredths(hours))
    return amended


def _decided_on(timesheets):
    rows = TimesheetDecision.objects.filter(timesheet__among=timesheets)
    return {(week, version): at for week, version, at in rows.values_list("timesheet", "version", "decided_at")}
