"""The only way into the ledger. Every function runs inside an action that holds the apprenticeships' locks and passes
the posting's moment on; all of them are set-based."""

import json

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from apprentices.models import Apprenticeship, LedgerLine

# Entries of the timesheets' version under decision become lines, counted on from each apprenticeship's last position.
_POST_ENTRIES = """
INSERT INTO apprentices_ledgerline
  (apprenticeship_id, position, kind, work_process_id, course_code, hours, happened_on, source, reason,
   posted_at, posted_by_id, entry_id)
SELECT e.apprenticeship_id,
       a.ledger_position + ROW_NUMBER() OVER (PARTITION BY e.apprenticeship_id ORDER BY e.worked_on, e.id),
       'OJL', e.work_process_id, '', e.hours, e.worked_on, e.source, '', %s, %s, e.id
  FROM apprentices_hourentry e
  JOIN apprentices_timesheet t ON t.id = e.timesheet_id AND t.version = e.version
  JOIN apprentices_apprenticeship a ON a.id = e.apprenticeship_id
 WHERE t.id {among}
 ORDER BY e.apprenticeship_id, e.worked_on, e.id
"""


def post_entries(*, timesheets, by, moment):
    """Post the entries of each timesheet's (id) present version. Returns the number of lines.

    All timesheets of one apprenticeship go in one call: positions are counted from its last one."""
    moment = connection.ops.adapt_datetimefield_value(moment)
    among, keys = "= ANY(%s)", list(timesheets)
    if connection.vendor == "sqlite":
        among, keys = "IN (SELECT value FROM json_each(%s))", json.dumps(keys)
    with connection.cursor() as cursor:
        cursor.execute(_POST_ENTRIES.format(among=among), [moment, by.pk, keys])
        return cursor.rowcount


def post_lines(lines, *, by, moment):
    """Post unsaved LedgerLines (all but position, posted_at, posted_by filled in), in the order given. Returns them."""
    last = dict(
        Apprenticeship.objects.filter(pk__among={line.apprenticeship_id for line in lines}).values_list(
            "pk", "ledger_position"
        )
    )
    for line in lines:
        last[line.apprenticeship_id] += 1
        line.position = last[line.apprenticeship_id]
        line.posted_at = moment
        line.posted_by = by
    LedgerLine.objects.bulk_create(lines, batch_size=1000)
    advance_positions(last)
    return lines


def reverse(lines, *, reason, by, moment):
    """Take standing lines back: for each a further line with the hours negative, on the day of the line it reverses."""
    reversals = [
        LedgerLine(
            apprenticeship_id=line.apprenticeship_id,
            kind=line.kind,
            work_process_id=line.work_process_id,
            course_code=line.course_code,
            hours=-line.hours,
            happened_on=line.happened_on,
            source=LedgerLine.Source.REVERSAL,
            reason=reason,
            reverses=line,
            entry_id=line.entry_id,
            instruction_record_id=line.instruction_record_id,
            credit_id=line.credit_id,
            transfer_id=line.transfer_id,
            opening_balance_id=line.opening_balance_id,
        )
        for line in lines
    ]
    return post_lines(reversals, by=by, moment=moment)


def advance_positions(apprenticeships):
    """Bring each apprenticeship's (id) `ledger_position` to its last line."""
    last = LedgerLine.objects.filter(apprenticeship=OuterRef("pk")).order_by("-position").values("position")[:1]
    Apprenticeship.objects.filter(pk__among=apprenticeships).update(ledger_position=Coalesce(Subquery(last), 0))
