"""The eligibility document as text: canonical JSON, a table to read, a CSV to work on."""

import io

from apprentices.rules.canonical import canonical
from imt.exports import write_csv

CSV_HEADER = (
    "ref",
    "standards",
    "version",
    "as_of",
    "known_at",
    "eligible",
    "code",
    "required",
    "actual",
    "met",
    "shortfall",
)


def as_json(document):
    """The canonical document and one line feed."""
    return canonical(document) + "\n"


def as_csv(document):
    """One row per requirement."""
    stream = io.StringIO()
    write_csv(
        stream,
        CSV_HEADER,
        (
            [
                one["ref"],
                one["standards"]["name"],
                one["standards"]["version"],
                one["as_of"],
                one["known_at"],
                _yes_no(one["eligible"]),
                requirement["code"],
                requirement["required"],
                requirement["actual"],
                _yes_no(requirement["met"]),
                requirement["shortfall"],
            ]
            for one in document["apprentices"]
            for requirement in one["requirements"]
        ),
    )
    return stream.getvalue()


def _yes_no(flag):
    return "true" if flag else "false"


def as_table(document):
    """One line per apprenticeship: reference, eligible, both totals, and the codes of what is missing."""
    rows = [("Reference", "Eligible", "OJL hours", "RI hours", "Missing")]
    for one in document["apprentices"]:
        totals = {requirement["code"]: requirement for requirement in one["requirements"]}
        missing = [requirement["code"] for requirement in one["requirements"] if not requirement["met"]]
        rows.append(
            (
                one["ref"],
                "yes" if one["eligible"] else "no",
                _of(totals["OJL_TOTAL"]),
                _of(totals["RI_TOTAL"]),
                ", ".join(missing),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                row[1].ljust(widths[1]),
                row[2].rjust(widths[2]),
                row[3].rjust(widths[3]),
                row[4],
            ]
        ).rstrip()
        for row in rows
    ]
    eligible = sum(one["eligible"] for one in document["apprentices"])
    lines.append(
        f"{eligible} of {len(document['apprentices'])} eligible as of {document['as_of']}, "
        f"known at {document['known_at']}"
    )
    return "\n".join(lines) + "\n"


def _of(requirement):
    return f"{requirement['actual']} of {requirement['required']}"
