"""What is known of a set of apprenticeships, in one statement: one round trip, one state of the database, and none of
the cost of building a dozen queries for one person."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from imt.prepared import execute

PACE_WEEKS = 26  # half a year tells how somebody works now, and costs a quarter of reading two years


class FactRow(NamedTuple):
    """One fact, or a sum of them. What the columns hold depends on `kind`; the others are None. Hours are hundredths;
    `id`, `happened_on` and `known_at` are those of rows whose order or reversal matters.

    MOVE: `number` the standards, `code` what their version is known again by. REGISTERED: the same of those at
    registration. STATUS: `code`. OJL: `number` the work process or None, `hours` the sum. COURSE and CREDIT, lines of
    related instruction: `code`, `hours`, `number` the position, `reverses` the id of the line that it reverses.
    CREDENTIAL: `code`. SIGN_OFFS: `code` the ids of the competencies, commas between. RECOMMENDED. ITSELF: `code` the
    reference, `number` the position of its facts, `hours` that in its ledger. POSITION: `number` of the last line.
    PACE: `code` the first and the last day and the sums of PaceFacts, commas between. WAITING: `hours` submitted and
    not decided yet."""

    kind: str
    apprenticeship: int
    code: str | None
    number: int | None
    hours: int | None
    happened_on: date | None
    known_at: datetime | None
    id: int | None
    reverses: int | None


FACTS = ("MOVE", "REGISTERED", "STATUS", "OJL", "COURSE", "CREDENTIAL", "SIGN_OFFS", "RECOMMENDED", "ITSELF")

# All that is read of standards stands behind this text: their content, and their name, which may be corrected.
_VERSION = """(SELECT s.content_digest || ' ' || p.name || ', ' || s.occupation
  FROM employers_standards s JOIN employers_sponsor p ON p.id = s.sponsor_id WHERE s.id = standards_id)"""

_ROWS = {
    # the first one gives the columns their types
    "MOVE": """
SELECT 'MOVE', apprenticeship_id, CAST({version} AS {text}), standards_id, CAST(NULL AS bigint), happened_on,
       recorded_at, id, CAST(NULL AS bigint)
  FROM apprentices_standardsmove WHERE {within} AND happened_on <= %(as_of)s AND {recorded}""",
    "REGISTERED": """
SELECT 'REGISTERED', apprenticeship_id, {version}, standards_id, NULL, NULL, NULL, NULL, NULL
  FROM (SELECT id AS apprenticeship_id, standards_id FROM apprentices_apprenticeship) registered WHERE {within}""",
    "STATUS": """
SELECT 'STATUS', apprenticeship_id, status, NULL, NULL, happened_on, recorded_at, id, NULL
  FROM apprentices_statuschange WHERE {within} AND happened_on <= %(as_of)s AND {recorded}""",
    "OJL": """
SELECT 'OJL', apprenticeship_id, NULL, work_process_id, SUM(hours), NULL, NULL, NULL, NULL
  FROM apprentices_ledgerline WHERE {within} AND kind = 'OJL' AND happened_on <= %(as_of)s AND {posted}
 GROUP BY apprenticeship_id, work_process_id""",
    "COURSE": """
SELECT CASE source WHEN 'CREDIT' THEN 'CREDIT' ELSE 'COURSE' END, apprenticeship_id, course_code, position, hours,
       happened_on, posted_at, id, reverses_id
  FROM apprentices_ledgerline WHERE {within} AND kind = 'RI' AND happened_on <= %(as_of)s AND {posted}""",
    "CREDENTIAL": """
SELECT 'CREDENTIAL', apprenticeship_id, code, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_credential WHERE {within} AND earned_on <= %(as_of)s
   AND (expires_on IS NULL OR expires_on >= %(as_of)s) AND {recorded}""",
    "SIGN_OFFS": """
SELECT 'SIGN_OFFS', apprenticeship_id, {competencies}, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_signoff WHERE {within} AND signed_on <= %(as_of)s AND {recorded}
 GROUP BY apprenticeship_id""",
    "RECOMMENDED": """
SELECT 'RECOMMENDED', apprenticeship_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM apprentices_recommendation WHERE {within} AND decided_on <= %(as_of)s AND {recorded}""",
    "ITSELF": """
SELECT 'ITSELF', apprenticeship_id, ref, facts_position, ledger_position, NULL, NULL, NULL, NULL
  FROM (SELECT id AS apprenticeship_id, ref, facts_position, ledger_position FROM apprentices_apprenticeship) itself
 WHERE {within}""",
    "POSITION": """
SELECT 'POSITION', apprenticeship_id, NULL, MAX(position), NULL, NULL, NULL, NULL, NULL
  FROM apprentices_ledgerline WHERE {within} AND {posted} GROUP BY apprenticeship_id""",
    # Weeks are numbered from a Monday, summed, laid beside their neighbors, and summed again.
    "PACE": """
SELECT 'PACE', apprenticeship_id,
       MIN(first_on) || ',' || MAX(last_on) || ',' || SUM(hours) || ',' || SUM(hours * hours) || ','
       || COALESCE(SUM(CASE WHEN week_before = week - 1 THEN hours * hours_before END), 0) || ','
       || SUM(CASE WHEN week_before IS NULL THEN hours END) || ',' || SUM(CASE WHEN week_after IS NULL THEN hours END),
       NULL, NULL, NULL, NULL, NULL, NULL
  FROM (SELECT apprenticeship_id, week, hours, first_on, last_on, LAG(week) OVER one AS week_before,
               LAG(hours) OVER one AS hours_before, LEAD(week) OVER one AS week_after
          FROM (SELECT apprenticeship_id, {week} AS week, SUM(hours) AS hours,
                       MIN(happened_on) AS first_on, MAX(happened_on) AS last_on
                  FROM apprentices_ledgerline
                 WHERE {within} AND entry_id IS NOT NULL AND happened_on >= %(pace_since)s AND happened_on <= %(as_of)s
                 GROUP BY apprenticeship_id, week HAVING SUM(hours) <> 0) weeks
        WINDOW one AS (PARTITION BY apprenticeship_id ORDER BY week)) neighbors
 GROUP BY apprenticeship_id""",
    # few weeks wait: their index leads to their entries
    "WAITING": """
SELECT 'WAITING', waits.apprenticeship_id, NULL, NULL, SUM(e.hours), NULL, NULL, NULL, NULL
  FROM (SELECT id, version, apprenticeship_id FROM apprentices_timesheet WHERE {within} AND state = 'SUBMITTED') waits
  JOIN apprentices_hourentry e ON e.timesheet_id = waits.id AND e.version = waits.version
 GROUP BY waits.apprenticeship_id""",
}

# by now, or by then (contract: Who and what is known)
_KNOWN_NOW = {"recorded": "voided_at IS NULL", "posted": "TRUE"}
_KNOWN_BY = {
    "recorded": "recorded_at <= %(known_at)s AND (voided_at IS NULL OR voided_at > %(known_at)s)",
    "posted": "posted_at <= %(known_at)s",
}
_WORDS = {
    "postgresql": {
        "text": "varchar",
        "competencies": "STRING_AGG(CAST(competency_id AS varchar), ',')",
        "week": "(happened_on - DATE '2000-01-03') / 7",
    },
    "sqlite": {
        "text": "text",
        "competencies": "GROUP_CONCAT(competency_id)",
        "week": "CAST((julianday(happened_on) - julianday('2000-01-03')) / 7 AS integer)",
    },
}


def fact_rows(keys, *, as_of=None, known_at=None, kinds=FACTS):
    """[FactRow] of these kinds of apprenticeships (ids): what happened on or before `as_of` and was known at
    `known_at`, or is known now. Rows of others may be among them. COURSE brings CREDIT along; WAITING has no day."""
    within, parameters = _within(keys)
    if as_of is not None:
        parameters["as_of"] = connection.ops.adapt_datefield_value(as_of)
    if "PACE" in kinds:
        since = as_of - timedelta(days=as_of.weekday(), weeks=PACE_WEEKS)
        parameters["pace_since"] = connection.ops.adapt_datefield_value(since)
    if known_at is not None:
        parameters["known_at"] = connection.ops.adapt_datetimefield_value(known_at)
    statement = _statement(connection.vendor, kinds, within, known_at is not None)
    with connection.cursor() as cursor:
        if "key" in parameters:
            execute(cursor, statement, parameters)
        else:  # the plan for a set depends on how large it is
            cursor.execute(statement, parameters)
        rows = map(FactRow._make, cursor.fetchall())
        return list(rows) if connection.vendor == "postgresql" else list(map(_dated, rows))


@lru_cache(maxsize=64)
def _statement(vendor, kinds, within, is_by_then):
    words = _WORDS[vendor] | (_KNOWN_BY if is_by_then else _KNOWN_NOW)
    return "\nUNION ALL".join(_ROWS[kind] for kind in kinds).format(within=within, version=_VERSION, **words)


def _within(keys):
    """A condition on `apprenticeship_id`, and its parameters. A range where the keys lie close together: the
    cheapest to ask for; rows of others that it lets in are never looked up."""
    if len(keys) == 1:
        return "apprenticeship_id = %(key)s", {"key": keys[0]}
    if len(keys) > 10 and max(keys) - min(keys) < 2 * len(keys):
        return "apprenticeship_id BETWEEN %(least)s AND %(most)s", {"least": min(keys), "most": max(keys)}
    if connection.vendor == "postgresql":
        return "apprenticeship_id = ANY(%(keys)s)", {"keys": list(keys)}
    return "apprenticeship_id IN (SELECT value FROM json_each(%(keys)s))", {"keys": json.dumps(list(keys))}


def _dated(row):
    """SQLite keeps moments without their zone, in UTC. (It knows days and moments again by the columns of the first
    SELECT.)"""
    return row if row.known_at is None else row._replace(known_at=row.known_at.replace(tzinfo=UTC))
