"""What is known of apprenticeships: the facts that the rules read, always for a whole set at once."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Field, Max, Q, Sum

from apprentices.models import (
    Apprenticeship,
    Credential,
    LedgerLine,
    Recommendation,
    SignOff,
    StandardsMove,
    StatusChange,
)
from apprentices.queries.standards import process_codes, standards_facts
from apprentices.rules.journey_cards import ZERO, Facts, InstructionLine, StandardsFacts
from employers.models import Competency
from imt.fields import from_hundredths

# a sum as the database gives it: asking the field to convert each row costs more than the sum
AS_IT_COMES = Field()


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


def facts_for(apprenticeships, *, as_of, known_at=None):
    """{apprenticeship id: Known} of a queryset of apprenticeships; one is the set of one.

    `as_of` limits when it happened, `known_at` (aware datetime; None: all that is committed) when we learned it. A
    constant number of queries, whatever the size of the set. Read it inside `consistent_read()`, or under the lock."""
    rows = list(apprenticeships.order_by().values_list("pk", "ref", "standards", "facts_position", "ledger_position"))
    within = _within(apprenticeships, [row[0] for row in rows])
    moves = _latest(
        StandardsMove.objects.known(known_at).filter(within, happened_on__lte=as_of),
        "standards",
    )
    in_force = {pk: moves.get(pk, standards) for pk, _ref, standards, _facts, _ledger in rows}
    standards = standards_facts(set(in_force.values()))
    statuses = _latest(StatusChange.objects.known(known_at).filter(within, happened_on__lte=as_of), "status")
    by_process, not_tied = _ojl(within, as_of, known_at)
    instruction = _instruction(within, as_of, known_at)
    credentials = _sets(
        Credential.objects.known(known_at)
        .filter(within, earned_on__lte=as_of)
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=as_of))
        .values_list("apprenticeship", "code")
    )
    signed_off = _signed_off(within, as_of, known_at)
    recommended = set(
        Recommendation.objects.known(known_at)
        .filter(within, decided_on__lte=as_of)
        .order_by()
        .values_list("apprenticeship", flat=True)
    )
    positions = None if known_at is None else _positions(within, known_at)
    return {
        pk: Known(
            apprenticeship_id=pk,
            ref=ref,
            standards_id=in_force[pk],
            standards=standards[in_force[pk]],
            facts=Facts(
                status=statuses.get(pk, StatusChange.Status.REGISTERED.value),
                ojl_by_process=by_process.get(pk, {}),
                ojl_not_tied=not_tied.get(pk, ZERO),
                instruction=tuple(instruction.get(pk, ())),
                credentials=frozenset(credentials.get(pk, ())),
                signed_off=frozenset(signed_off.get(pk, ())),
                is_recommended=pk in recommended,
            ),
            ledger_position=ledger_position if positions is None else positions.get(pk, 0),
            facts_position=facts_position,
        )
        for pk, ref, _standards, facts_position, ledger_position in rows
    }


def _within(apprenticeships, keys):
    """A condition on `apprenticeship`. A range where the keys lie close together: it costs the same however many they
    are, and rows of others that it lets in are never asked for. Else the keys where they are few, or the set itself."""
    if len(keys) > 10 and max(keys) - min(keys) < 2 * len(keys):
        return Q(apprenticeship__gte=min(keys), apprenticeship__lte=max(keys))
    if len(keys) <= 500:
        return Q(apprenticeship__in=keys)
    return Q(apprenticeship__in=apprenticeships.order_by().values("pk"))


def _latest(rows, value):
    """{apprenticeship: value} of the latest row by day, then recorded, then key."""
    found = rows.order_by("happened_on", "recorded_at", "pk").values_list("apprenticeship", value)
    return dict(found)


def _sets(pairs):
    """{first: {second}} of pairs."""
    found = defaultdict(set)
    for first, second in pairs.order_by():
        found[first].add(second)
    return found


def _signed_off(within, as_of, known_at):
    """{apprenticeship: {(process code, number)}}; the pairs are looked up once, not joined to every row."""
    rows = SignOff.objects.known(known_at).filter(within, signed_on__lte=as_of)
    by_key = _sets(rows.values_list("apprenticeship", "competency"))
    keys = set().union(*by_key.values())
    pairs = {
        key: (code, number)
        for key, code, number in Competency.objects.filter(pk__in=keys)
        .order_by()
        .values_list("pk", "work_process__code", "number")
    }
    return {apprenticeship: {pairs[key] for key in found} for apprenticeship, found in by_key.items()}


def _ojl(within, as_of, known_at):
    """OJL sums by process code, and those not tied. Grouped by the integer key, named by code afterwards: after a move
    the lines of an old version's process count for the process of the same code."""
    rows = list(
        LedgerLine.objects.known(known_at)
        .filter(within, kind=LedgerLine.Kind.OJL, happened_on__lte=as_of)
        .order_by()
        .values_list("apprenticeship", "work_process")
        .annotate(total=Sum("hours", output_field=AS_IT_COMES))
    )
    codes = process_codes({process for _apprenticeship, process, _total in rows if process is not None})
    by_process, not_tied = defaultdict(dict), {}
    for apprenticeship, process, total in rows:
        hours = from_hundredths(total)
        if process is None:
            not_tied[apprenticeship] = hours
        else:
            code = codes[process]
            known = by_process[apprenticeship]
            known[code] = known[code] + hours if code in known else hours
    return by_process, not_tied


def _instruction(within, as_of, known_at):
    """Standing RI lines: those that a reversal known by then takes back are left out together with it."""
    lines = list(
        LedgerLine.objects.known(known_at)
        .filter(within, kind=LedgerLine.Kind.RI, happened_on__lte=as_of)
        .order_by()
        .values_list(
            "pk",
            "reverses",
            "apprenticeship",
            "course_code",
            "hours",
            "source",
            "happened_on",
            "posted_at",
            "position",
        )
    )
    reversed_keys = {reverses for _key, reverses, *_rest in lines if reverses is not None}
    standing = defaultdict(list)
    for key, reverses, apprenticeship, course, hours, source, happened_on, posted_at, position in lines:
        if reverses is None and key not in reversed_keys:
            is_credit = source == LedgerLine.Source.CREDIT
            standing[apprenticeship].append(InstructionLine(course, hours, is_credit, happened_on, posted_at, position))
    return standing


def _positions(within, known_at):
    highest = LedgerLine.objects.known(known_at).filter(within).order_by().values_list("apprenticeship")
    return dict(highest.annotate(highest=Max("position")))


def registered(*, as_of, known_at=None):
    """Apprenticeships registered on or before `as_of` and recorded at or before `known_at`, whatever their status."""
    found = Apprenticeship.objects.filter(registered_on__lte=as_of)
    return found if known_at is None else found.filter(recorded_at__lte=known_at)
