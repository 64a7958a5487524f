"""What is known of apprenticeships: the facts that the rules read, always for a whole set at once."""

from collections import defaultdict
from dataclasses import dataclass, field

from apprentices.models import Apprenticeship, StatusChange
from apprentices.queries.fact_rows import fact_rows
from apprentices.queries.standards import competency_pairs, process_codes, standards_versions
from apprentices.rules.journey_cards import ZERO, Facts, InstructionLine, StandardsFacts
from imt.fields import from_hundredths


@dataclass(frozen=True, slots=True)
class Known:
    """One apprenticeship as known: under which standards, with which facts, up to which ledger line."""

    apprenticeship_id: int
    ref: str
    standards_id: int
    standards: StandardsFacts
    facts: Facts
    ledger_position: int
    facts_position: int


@dataclass(slots=True)
class _Gathered:
    """The rows of one apprenticeship, sorted by what they say."""

    moves: list = field(default_factory=list)
    statuses: list = field(default_factory=list)
    hours: list = field(default_factory=list)
    instruction: list = field(default_factory=list)
    credentials: list = field(default_factory=list)
    competencies: list = field(default_factory=list)
    recommendations: list = field(default_factory=list)
    positions: list = field(default_factory=list)


_PLACES = {
    "MOVE": "moves",
    "STATUS": "statuses",
    "OJL": "hours",
    "COURSE": "instruction",
    "CREDIT": "instruction",
    "CREDENTIAL": "credentials",
    "SIGN_OFFS": "competencies",
    "RECOMMENDED": "recommendations",
    "POSITION": "positions",
}


def facts_for(apprenticeships, *, as_of, known_at=None):
    """{apprenticeship id: Known} of a queryset of apprenticeships; one is the set of one.

    `as_of` limits when it happened, `known_at` (aware datetime; None: all that is committed) when we learned it. A
    constant number of queries, whatever the size of the set. Read it inside `consistent_read()`, or under the lock."""
    rows = list(apprenticeships.order_by().values_list("pk", "ref", "standards", "facts_position", "ledger_position"))
    if not rows:
        return {}
    gathered = _gather([row[0] for row in rows], as_of, known_at)
    in_force = {pk: _latest(gathered[pk].moves, "number", standards) for pk, _ref, standards, *_positions in rows}
    versions = standards_versions(set(in_force.values()))
    codes, pairs = _names(gathered.values(), versions.values())
    return {
        pk: Known(
            apprenticeship_id=pk,
            ref=ref,
            standards_id=in_force[pk],
            standards=versions[in_force[pk]].facts,
            facts=_facts(gathered[pk], codes, pairs),
            ledger_position=ledger_position if known_at is None else _position(gathered[pk]),
            facts_position=facts_position,
        )
        for pk, ref, _standards, facts_position, ledger_position in rows
    }


def _gather(keys, as_of, known_at):
    gathered = defaultdict(_Gathered)
    for row in fact_rows(keys, as_of=as_of, known_at=known_at):
        getattr(gathered[row.apprenticeship], _PLACES[row.kind]).append(row)
    return gathered


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
    return Facts(
        status=_latest(gathered.statuses, "code", StatusChange.Status.REGISTERED.value),
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


def _latest(rows, column, otherwise):
    """Of the latest row by day, then known, then id."""
    if not rows:
        return otherwise
    return getattr(max(rows, key=lambda row: (row.happened_on, row.known_at, row.id)), column)


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


def registered(*, as_of, known_at=None):
    """Apprenticeships registered on or before `as_of` and recorded at or before `known_at`, whatever their status."""
    found = Apprenticeship.objects.filter(registered_on__lte=as_of)
    return found if known_at is None else found.filter(recorded_at__lte=known_at)
