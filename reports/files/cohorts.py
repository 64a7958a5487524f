"""The cohorts as text: canonical JSON, or one CSV table."""

import io

from apprentices.rules.canonical import canonical
from imt.exports import write_csv

TABLES = {"cohorts": "cohort", "employers": "employer", "years": "year", "states": "state"}
CSV_HEADER = (
    "table",
    "employer",
    "cohort",
    "year",
    "state",
    "employers",
    "new_employers",
    "registered",
    "active",
    "suspended",
    "completed",
    "cancelled",
    "transferred",
    "cancelled_percent",
    "women_percent",
    "people_of_color_percent",
)


def as_json(document):
    """The canonical document and one line feed."""
    return canonical(document) + "\n"


def as_csv(document):
    """One table whose first column says cohort, employer, year, state or overall (contract: Cohorts)."""
    rows = [(name, row) for table, name in TABLES.items() for row in document[table]]
    rows.append(("overall", document["overall"]))
    stream = io.StringIO()
    write_csv(stream, CSV_HEADER, ([name, *(row.get(column) for column in CSV_HEADER[1:])] for name, row in rows))
    return stream.getvalue()
