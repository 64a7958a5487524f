"""The ledger as one number: the same lines give the same hash (contract: The other files, `ledger_check`)."""

import hashlib

from apprentices.models import Apprenticeship, LedgerLine
from apprentices.queries.standards import process_codes
from apprentices.rules.canonical import canonical
from apprentices.rules.journey_cards import as_text

AT_ONCE = 200  # apprenticeships whose lines are read together


def ledger_hash(*, progress=lambda lines: None):
    """(number of lines, lower-case hex SHA-256) of all lines in order of reference, as text, and position.

    Bounded memory. Read it inside `consistent_read()`."""
    total, sha = 0, hashlib.sha256()
    # sorted here: a database sorts text by its own collation
    refs = sorted(Apprenticeship.objects.order_by().values_list("ref", "pk"))
    codes = process_codes(LedgerLine.objects.order_by().values("work_process"))
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        lines = _lines(dict((key, ref) for ref, key in some), codes)
        for line in lines:
            sha.update(canonical(line).encode() + b"\n")
        total += len(lines)
        progress(len(lines))
    return total, sha.hexdigest()


def _lines(refs, codes):
    """The lines of these apprenticeships {id: ref} as the contract writes them, in order."""
    rows = (
        LedgerLine.objects.filter(apprenticeship__in=refs)
        .order_by()
        .values_list(
            "apprenticeship",
            "position",
            "kind",
            "work_process",
            "course_code",
            "hours",
            "happened_on",
            "source",
            "reverses__position",
        )
    )
    lines = [
        {
            "ref": refs[apprenticeship],
            "position": position,
            "kind": kind,
            "subject": course_code or codes.get(process, ""),
            "hours": as_text(hours),
            "happened_on": happened_on.isoformat(),
            "source": source,
            "reverses": reverses,
        }
        for apprenticeship, position, kind, process, course_code, hours, happened_on, source, reverses in rows
    ]
    return sorted(lines, key=lambda line: (line["ref"], line["position"]))
