"""The hash over the whole ledger: the same lines give the same hash, wherever and however they are stored
(contract: the last paragraph of "The other files")."""

import hashlib
from collections import defaultdict
from functools import lru_cache

from django.db.models import ExpressionWrapper, F, Field

from apprentices.models import Apprenticeship, LedgerLine
from apprentices.queries.standards import process_codes
from apprentices.rules.canonical import canonical
from employers.models import WorkProcess

PEOPLE_AT_ONCE = 50
HUNDREDTHS = ExpressionWrapper(F("hours"), Field())  # as the database has them
quoted = lru_cache(1000)(canonical)  # references and codes come again and again


def ledger_hash(progress=lambda people: None):
    """(number of lines, lower-case hex SHA-256). Read it inside `consistent_read()`. A few people's lines are in
    memory at a time; `progress` is told how many people were read."""
    people = sorted(Apprenticeship.objects.values_list("ref", "pk"))
    codes = process_codes(WorkProcess.objects.values("pk"))
    found, count = hashlib.sha256(), 0
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = people[start : start + PEOPLE_AT_ONCE]
        lines = _lines([pk for _ref, pk in some], codes)
        for ref, pk in some:
            found.update("".join(line_text(ref, *line) for line in lines[pk]).encode())
            count += len(lines[pk])
        progress(len(some))
    return count, found.hexdigest()


def _lines(apprenticeships, codes):
    """{apprenticeship id: [the other arguments of `line_text`, in order]}."""
    rows = (
        LedgerLine.objects.filter(apprenticeship__among=apprenticeships)
        .order_by("apprenticeship", "position")
        .values_list(
            "apprenticeship",
            "position",
            "kind",
            "work_process",
            "course_code",
            HUNDREDTHS,
            "happened_on",
            "source",
            "reverses__position",
        )
    )
    found = defaultdict(list)
    for apprenticeship, position, kind, process, course, *rest in rows:
        found[apprenticeship].append((position, kind, course if process is None else codes[process], *rest))
    return found


def line_text(ref, position, kind, subject, hundredths, happened_on, source, reverses):
    """One line as canonical JSON with its line feed, composed by hand: the encoder would cost more than all the
    rest."""
    sign, (whole, places) = "-" if hundredths < 0 else "", divmod(abs(hundredths), 100)
    return (
        f'{{"happened_on":"{happened_on.isoformat()}","hours":"{sign}{whole}.{places:02d}","kind":"{kind}",'
        f'"position":{position},"ref":{quoted(ref)},"reverses":{"null" if reverses is None else reverses},'
        f'"source":"{source}","subject":{quoted(subject)}}}\n'
    )
