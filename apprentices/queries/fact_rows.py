"""All facts of a set of apprenticeships in one statement: one round trip, one state of the database, and none of the
cost of building a dozen queries for one person."""

import json
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import connection


class FactRow(NamedTuple):
    """One fact, or a sum of them. What the columns hold depends on `kind`; the others are None.

    MOVE: `number` the standards. STATUS: `code`. OJL: `number` the work process or None, `hours` the sum. COURSE
    and CREDIT, lines of related instruction: `code`, `hours`, `number` the position, `reverses` the id of the line
    that it reverses. CREDENTIAL: `code`. SIGN_OFFS: `code` the ids of the competencies, commas between.
    RECOMMENDED. POSITION: `number` of the last line. Hours are hundredths; `id`, `happened_on` and `known_at` of
    rows whose order or reversal matters."""

    kind: str
    apprenticeship: int
    code: str | None
    number: int | None
    hours: int | None
    happened_on: date | None
    known_at: datetime | None
    id: int | None
    reverses: int | None


_ROWS = """
SELECT 'MOVE', apprenticeship_id, CAST(NULL AS {text}), standards_id, CAST(NULL AS bigint), happened_on, recorded_at,
       id, CAST(NULL AS bigint)
  FROM apprentices_standardsmove WHERE {within} AND happened_on <= %(as_of)s AND {recorded}
UNION ALL
SELECT 'STATUS', apprenticeship_id, status, NULL, NULL, happened_on, recorded_at, id, NULL
  FROM apprentices_statuschange WHERE {within} AND happened_on <= %(as_of)s AND {recorded}
UNION ALL
SELECT 'OJL', apprenticeship_id, NULL, work_process_id, SUM(hours), NULL, NULL, NULL, NULL
  FROM apprentices_ledgerline WHERE {within} AND kind = 'OJL' AND happened_on <= %(as_of)s{posted}
 GROUP BY apprenticeship_id, work_process_id
UNION ALL
SELECT CASE source WHEN 'CREDIT' THEN 'CREDIT' ELSE 'COURSE' END, apprenticeship_id, course_code, position, hours,
       happened_on, posted_at, id, reverses_id
  FROM apprentices_ledgerline WHERE {within} AND kind = 'RI' AND happened_on <= %(as_of)s{posted}
UNION ALL
SELECT 'CREDENTIAL', apprenticeship_id, code, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_credential WHERE {within} AND earned_on <= %(as_of)s
   AND (expires_on IS NULL OR expires_on >= %(as_of)s) AND {recorded}
UNION ALL
SELECT 'SIGN_OFFS', apprenticeship_id, {competencies}, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_signoff WHERE {within} AND signed_on <= %(as_of)s AND {recorded}
 GROUP BY apprenticeship_id
UNION ALL
SELECT 'RECOMMENDED', apprenticeship_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_recommendation WHERE {within} AND decided_on <= %(as_of)s AND {recorded}
"""
_POSITIONS = """
UNION ALL
SELECT 'POSITION', apprenticeship_id, NULL, MAX(position), NULL, NULL, NULL, NULL, NULL
  FROM apprentices_ledgerline WHERE {within}{posted} GROUP BY apprenticeship_id
"""
# recorded by then and not taken back by then (contract: Who and what is known)
_RECORDED_BY = "recorded_at <= %(known_at)s AND (voided_at IS NULL OR voided_at > %(known_at)s)"

_WORDS = {
    "postgresql": {"text": "varchar", "competencies": "STRING_AGG(CAST(competency_id AS varchar), ',')"},
    "sqlite": {"text": "text", "competencies": "GROUP_CONCAT(competency_id)"},
}


def fact_rows(keys, *, as_of, known_at=None):
    """[FactRow] of apprenticeships (ids): what happened on or before `as_of` and was known at `known_at`, or is known
    now. Rows of others may be among them. POSITION comes with `known_at` alone."""
    is_postgresql = connection.vendor == "postgresql"
    within, parameters = _within(keys, is_postgresql)
    parameters["as_of"] = connection.ops.adapt_datefield_value(as_of)
    if known_at is None:
        statement, recorded, posted = _ROWS, "voided_at IS NULL", ""
    else:
        statement, recorded, posted = _ROWS + _POSITIONS, _RECORDED_BY, " AND posted_at <= %(known_at)s"
        parameters["known_at"] = connection.ops.adapt_datetimefield_value(known_at)
    words = _WORDS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(within=within, recorded=recorded, posted=posted, **words), parameters)
        rows = map(FactRow._make, cursor.fetchall())
        return list(rows) if is_postgresql else list(map(_dated, rows))


def _within(keys, is_postgresql):
    """A condition on `apprenticeship_id`, and its parameters. A range where the keys lie close together: the
    cheapest to ask for; rows of others that it lets in are never looked up."""
    if len(keys) == 1:
        return "apprenticeship_id = %(key)s", {"key": keys[0]}
    if len(keys) > 10 and max(keys) - min(keys) < 2 * len(keys):
        return "apprenticeship_id BETWEEN %(least)s AND %(most)s", {"least": min(keys), "most": max(keys)}
    if is_postgresql:
        return "apprenticeship_id = ANY(%(keys)s)", {"keys": list(keys)}
    return "apprenticeship_id IN (SELECT value FROM json_each(%(keys)s))", {"keys": json.dumps(list(keys))}


def _dated(row):
    """SQLite keeps moments without their zone, in UTC. (It knows days and moments again by the columns of the first
    SELECT.)"""
    return row if row.known_at is None else row._replace(known_at=row.known_at.replace(tzinfo=UTC))
