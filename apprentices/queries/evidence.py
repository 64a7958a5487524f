"""The files attached to weeks, without their bytes."""

from collections import defaultdict

from apprentices.models import Evidence


def evidence_of(timesheets):
    """{timesheet id: [Evidence]} of what was not taken back, in the order in which it came; for ids of timesheets."""
    found = defaultdict(list)
    rows = Evidence.objects.filter(timesheet__in=timesheets, voided_at__isnull=True)
    for row in rows.defer("content").select_related("added_by").order_by("added_at", "pk"):
        found[row.timesheet_id].append(row)
    return found
