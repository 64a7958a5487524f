"""Where the lines of a file of hours wait until they are judged: a private table on disk, so that memory stays flat
however long the file is, and so that a person's days come together whatever the order of its lines."""

import contextlib
import os
import sqlite3
import tempfile
from datetime import date
from itertools import groupby

from apprentices.rules.hour_imports import DayClaim
from apprentices.rules.hour_lines import LineOutcome

BLOCK = 20_000  # claims that are judged and written at once; whole persons, so a block may hold a few more

_TABLES = """
CREATE TABLE claim (line INTEGER, person INTEGER, employer INTEGER, apprenticeship INTEGER, process TEXT,
                    work_process INTEGER, day INTEGER, hours INTEGER, note TEXT, entry_ref TEXT, cell TEXT,
                    is_void INTEGER);
CREATE TABLE outcome (line INTEGER, outcome TEXT, field TEXT, found TEXT, expected TEXT, cell TEXT);
"""
# A reference belongs to the first line that has it, lines that cannot be taken left out. Few are there twice.
_CLAIMS = """
WITH repeated AS (
  SELECT employer, entry_ref FROM claim WHERE entry_ref <> '' GROUP BY employer, entry_ref HAVING COUNT(*) > 1
), owner AS (
  SELECT employer, entry_ref, line, person, day,
         ROW_NUMBER() OVER (PARTITION BY employer, entry_ref ORDER BY is_void, line) AS place
    FROM claim WHERE (employer, entry_ref) IN repeated
)
SELECT c.person, c.day, c.line, c.employer, c.apprenticeship, c.process, c.work_process, c.hours, c.note, c.entry_ref,
       c.cell, owner.line < c.line AND (owner.person, owner.day) <> (c.person, c.day), c.is_void
  FROM claim c
  LEFT JOIN owner ON owner.place = 1 AND owner.employer = c.employer AND owner.entry_ref = c.entry_ref
 ORDER BY c.person, c.day, c.line, c.rowid
"""


@contextlib.contextmanager
def staging():
    """A private database on disk that is gone afterwards, even if this process is killed."""
    handle, name = tempfile.mkstemp(prefix="imt-hours-", suffix=".sqlite3")
    os.close(handle)
    private = sqlite3.connect(name, isolation_level=None)
    try:
        private.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;" + _TABLES)
        os.unlink(name)  # it lives on as long as it is open
        private.execute("BEGIN")
        yield private
    finally:
        private.close()


def stage_claims(private, claims):
    """Keep claims: tuples in the order of the columns of `claim`, the day as its ordinal."""
    private.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", claims)


def stage_outcomes(private, outcomes):
    """Keep LineOutcomes."""
    private.executemany("INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?)", outcomes)


def staged_people(private):
    """(person, apprenticeship) keys of all claims."""
    return private.execute("SELECT DISTINCT person, apprenticeship FROM claim").fetchall()


def blocks(private):
    """Lists of (person, [DayClaim of one day by line]) for whole persons, a bounded number of claims each."""
    block, size = [], 0
    for person, days in groupby(private.execute(_CLAIMS), key=lambda row: row[0]):
        for _day, rows in groupby(days, key=lambda row: row[1]):
            claims = [_claim(row) for row in rows]
            block.append((person, claims))
            size += len(claims)
        if size >= BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _claim(row):
    _person, day, line, employer, apprenticeship, process, work_process, *rest, has_owner, is_void = row
    worked_on = date.fromordinal(day)
    return DayClaim(
        line, employer, apprenticeship, process, work_process, worked_on, *rest, bool(has_owner), bool(is_void)
    )


def outcomes_by_line(private, only=None):
    """LineOutcomes of every line below the header, or of those with this outcome, in the order of lines."""
    query = "SELECT line, outcome, field, found, expected, cell FROM outcome"
    rows = (
        private.execute(f"{query} ORDER BY line")
        if only is None
        else private.execute(f"{query} WHERE outcome = ? ORDER BY line", (only,))
    )
    yield from map(LineOutcome._make, rows)


def counts(private):
    """{outcome: number of lines}."""
    return dict(private.execute("SELECT outcome, COUNT(*) FROM outcome GROUP BY outcome"))
