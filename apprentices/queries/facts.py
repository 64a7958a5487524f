"""What is known of apprenticeships: the facts that the rules read, always for a whole set at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from apprentices.models import Apprenticeship, StatusChange
from apprentices.queries.fact_rows import FACTS, fact_rows
from apprentices.queries.forecast import pace_facts
from apprentices.queries.standards import competency_pairs, process_codes, standards_versions
from apprentices.rules.forecast import PaceFacts
from apprentices.rules.journey_cards import ZERO, Facts, InstructionLine, StandardsFacts
from imt.fields import from_hundredths


@dataclass(frozen=True, slots=True)
class Known:
    """One apprenticeship as known: under which standards, with which facts, up to which ledger line. `pace` and
    `waiting` (hours submitted and not decided yet) where they were asked for, else None."""

    apprenticeship_id: int
    ref: str
    standards_id: int
    standards: StandardsFacts
    facts: Facts
    ledger_position: int
    facts_position: int
    pace: PaceFacts | None = None
    waiting: Decimal | None = None


@dataclass(slots=True)
class _Gathered:
    """The rows of one apprenticeship, sorted by what they say."""

    itself: list = field(default_factory=list)
    registered: list = field(default_factory=list)
    moves: list = field(default_factory=list)
    statuses: list = field(default_factory=list)
    hours: list = field(default_factory=list)
    instruction: list = field(default_factory=list)
    credentials: list = field(default_factory=list)
    competencies: list = field(default_factory=list)
    recommendations: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    paces: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


_PLACES = {
    "ITSELF": "itself",
    "REGISTERED": "registered",
    "MOVE": "moves",
    "STATUS": "statuses",
    "OJL": "hours",
    "COURSE": "instruction",
    "CREDIT": "instruction",
    "CREDENTIAL": "credentials",
    "SIGN_OFFS": "competencies",
    "RECOMMENDED": "recommendations",
    "POSITION": "positions",
    "PACE": "paces",
    "WAITING": "waiting",
}


def facts_for(apprenticeships, *, as_of, known_at=None):
    """{apprenticeship id: Known} of a queryset of apprenticeships; one is the set of one.

    `as_of` limits when it happened, `known_at` (aware datetime; None: all that is committed) when we learned it. A
    constant number of queries, whatever the size of the set. Read it inside `consistent_read()`, or under the lock."""
    keys = list(apprenticeships.order_by().values_list("pk", flat=True))
    return known_of(keys, as_of=as_of, known_at=known_at)


def known_of(keys, *, as_of, known_at=None, also=()):
    """{apprenticeship id: Known} of apprenticeships (ids), as `facts_for` says it; ids of none are left out.

    One statement, and so one state of the database by itself: what it may have to look up besides, versions of
    standards and names of processes, never changes. `also`: "PACE", "WAITING"."""
    if not keys:
        return {}
    gathered = _gather(keys, as_of, known_at, also)
    in_force = {key: _latest(one.moves) or one.registered[0] for key, one in gathered.items()}
    versions = standards_versions({row.number: row.code for row in in_force.values()})
    codes, pairs = _names(gathered.values(), versions.values())
    return {
        key: Known(
            apprenticeship_id=key,
            ref=one.itself[0].code,
            standards_id=in_force[key].number,
            standards=versions[in_force[key].number].facts,
            facts=_facts(one, codes, pairs),
            ledger_position=one.itself[0].hours if known_at is None else _position(one),
            facts_position=one.itself[0].number,
            pace=pace_facts(one.paces[0], as_of=as_of) if one.paces else None,
            waiting=_waiting(one) if "WAITING" in also else None,
        )
        for key, one in gathered.items()
    }


def _gather(keys, as_of, known_at, also):
    """{apprenticeship id: _Gathered} of those of the keys that there are."""
    kinds = (*FACTS, *also) if known_at is None else (*FACTS, "POSITION", *also)
    gathered = defaultdict(_Gathered)
    for row in fact_rows(keys, as_of=as_of, known_at=known_at, kinds=kinds):
        getattr(gathered[row.apprenticeship], _PLACES[row.kind]).append(row)
    return {key: gathered[key] for key in keys if key in gathered}


def _names(gathered, versions):
    """({work process id: code}, {competency id: (code, number)}): of the versions in force, and of earlier ones where
    rows still point at them."""
    codes, pairs = {}, {}
    for version in versions:
        codes |= version.process_codes
        pairs |= version.competency_pairs
    older = {row.number for one in gathered for row in one.hours} - codes.keys() - {None}
    if older:
        codes |= process_codes(older)
    older = {key for one in gathered for key in _competencies(one)} - pairs.keys()
    if older:
        pairs |= competency_pairs(older)
    return codes, pairs


def _facts(gathered, codes, pairs):
    by_process, not_tied = _ojl(gathered.hours, codes)
    latest = _latest(gathered.statuses)
    return Facts(
        status=latest.code if latest else StatusChange.Status.REGISTERED.value,
        ojl_by_process=by_process,
        ojl_not_tied=not_tied,
        instruction=_standing(gathered.instruction),
        credentials=frozenset(row.code for row in gathered.credentials),
        signed_off=frozenset(pairs[key] for key in _competencies(gathered)),
        is_recommended=bool(gathered.recommendations),
    )


def _competencies(gathered):
    """Ids, of the one row that lists them."""
    return [int(key) for row in gathered.competencies for key in row.code.split(",")]


def _latest(rows):
    """The latest row by day, then known, then id; None without rows."""
    return max(rows, key=lambda row: (row.happened_on, row.known_at, row.id), default=None)


def _ojl(sums, codes):
    """({process code: hours}, hours tied to none). By code: after a move the lines of an old version's process
    count for the process of the same code."""
    by_process, not_tied = {}, ZERO
    for row in sums:
        hours = from_hundredths(row.hours)
        if row.number is None:
            not_tied += hours
        else:
            code = codes[row.number]
            by_process[code] = by_process[code] + hours if code in by_process else hours
    return by_process, not_tied


def _standing(lines):
    """Those that a reversal known by then takes back are left out together with it."""
    reversed_ids = {line.reverses for line in lines}
    return tuple(
        InstructionLine(
            line.code,
            from_hundredths(line.hours),
            line.kind == "CREDIT",
            line.happened_on,
            line.known_at,
            line.number,
        )
        for line in lines
        if line.reverses is None and line.id not in reversed_ids
    )


def _position(gathered):
    return gathered.positions[0].number if gathered.positions else 0


def _waiting(gathered):
    return from_hundredths(gathered.waiting[0].hours) if gathered.waiting else ZERO


def registered(*, as_of, known_at=None):
    """Apprenticeships registered on or before `as_of` and recorded at or before `known_at`, whatever their status."""
    found = Apprenticeship.objects.filter(registered_on__lte=as_of)
    return found if known_at is None else found.filter(recorded_at__lte=known_at)
