"""Bringing progress snapshots up to their facts. Derived and disposable: no audit, no lock on what they are made
from."""

from django.db import connection, transaction
from django.utils import timezone

from imt.moments import consistent_read
from reports.models import ProgressSnapshot
from reports.queries.snapshots import SnapshotRow, snapshots_of

AT_ONCE = 500

# A refresh that read earlier facts and writes later does not undo a newer one.
_COLUMNS = (*SnapshotRow._fields, "refreshed_at")
_UPSERT = """
INSERT INTO {table} ({columns}) VALUES {rows}
ON CONFLICT (apprenticeship_id) DO UPDATE SET {changes} WHERE {table}.facts_position <= EXCLUDED.facts_position
""".format(
    table=ProgressSnapshot._meta.db_table,
    columns=", ".join(_COLUMNS),
    changes=", ".join(f"{column} = EXCLUDED.{column}" for column in _COLUMNS[1:]),
    rows="{rows}",
)


def refresh(*, apprenticeships, as_of):
    """Make the snapshots of these apprenticeships (ids) say what the rules answer now. Returns how many were written.

    Reads one state of the database, then writes in a transaction of its own: safe to run twice and in any order."""
    with consistent_read():
        rows = snapshots_of(apprenticeships, as_of=as_of)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # lost in a crash, they are only behind again
                cursor.execute("SET LOCAL synchronous_commit TO off")
        for start in range(0, len(rows), AT_ONCE):
            upsert(rows[start : start + AT_ONCE])
    return len(rows)


def upsert(rows):
    """Write [SnapshotRow] in one statement, inside the caller's transaction."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    day = connection.ops.adapt_datefield_value
    values = []
    for row in rows:
        values += row[:2]
        values.append(day(row.as_of))
        values += row[3:9]
        values += map(day, row[9:])
        values.append(now)
    one = f"({', '.join(['%s'] * len(_COLUMNS))})"
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(rows=", ".join([one] * len(rows))), values)


def forget_all():
    """Drop every snapshot, so that all are made anew."""
    ProgressSnapshot.objects.all().delete()
