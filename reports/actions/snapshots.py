"""Bringing progress snapshots up to their facts. Derived and disposable: no audit, no lock on what they are made
from."""

from django.db import connection
from django.utils import timezone

from imt.prepared import execute
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
_UPSERT_ONE = _UPSERT.format(rows=f"({', '.join(f'%({column})s' for column in _COLUMNS)})")
_ONE_OF_MANY = f"({', '.join(['%s'] * len(_COLUMNS))})"


def refresh(*, apprenticeships, as_of):
    """Make the snapshots of these apprenticeships (ids) say what the rules answer now. Returns how many were written.

    One statement reads and one statement writes, so that neither needs a transaction around it: safe to run twice and
    in any order."""
    rows = snapshots_of(apprenticeships, as_of=as_of)
    for start in range(0, len(rows), AT_ONCE):
        upsert(rows[start : start + AT_ONCE])
    return len(rows)


def upsert(rows):
    """Write [SnapshotRow] in one statement."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    day = connection.ops.adapt_datefield_value
    values = []
    for row in rows:
        values += row[:2]
        values.append(day(row.as_of))
        values += row[3:9]
        values += map(day, row[9:])
        values.append(now)
    # nobody waits for the disk: snapshots lost in a crash are only behind again
    lazily = "SET LOCAL synchronous_commit TO off; " if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if len(rows) == 1:
            execute(cursor, _UPSERT_ONE, dict(zip(_COLUMNS, values, strict=True)), before=lazily)
        else:
            cursor.execute(lazily + _UPSERT.format(rows=", ".join([_ONE_OF_MANY] * len(rows))), values)


def mark_all_behind():
    """Have every snapshot made anew, and let it say what it says until then. No facts stand at position 0."""
    ProgressSnapshot.objects.update(facts_position=0)
