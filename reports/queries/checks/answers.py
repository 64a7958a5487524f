"""I1, I5: what was written down as an answer against what the rules say of the same facts. Each takes
apprenticeships (ids) and yields breaches."""

import json
from collections import defaultdict
from datetime import date

from django.db.models import F

from apprentices.models import Apprenticeship, JourneyCard
from apprentices.queries.eligibility import assessment_document
from apprentices.queries.facts import facts_for
from apprentices.rules.canonical import digest
from imt.fields import to_hundredths
from reports.models import ProgressSnapshot
from reports.queries.checks.breaches import Breach
from reports.queries.snapshots import SnapshotRow, snapshots_of

KEPT_OF_A_CARD = ("as_of", "eligible", "known_at", "ledger_position", "ref", "requirements")


def snapshots_say_what_the_rules_say(apprenticeships):
    """I1: of every snapshot at the present position of its facts, on its own day. One that is behind has nothing to be
    compared with; one that is ahead of its facts is wrong."""
    snapshots = ProgressSnapshot.objects.filter(apprenticeship__among=apprenticeships)
    for ref in snapshots.filter(facts_position__gt=F("apprenticeship__facts_position")).values_list(
        "apprenticeship__ref", flat=True
    ):
        yield Breach("I1", f"the snapshot of {ref} is ahead of its facts")
    by_day = defaultdict(dict)
    for snapshot in snapshots.filter(facts_position=F("apprenticeship__facts_position")):
        by_day[snapshot.as_of][snapshot.apprenticeship_id] = snapshot
    for as_of, found in by_day.items():
        for row in snapshots_of(list(found), as_of=as_of):
            differs = _differences(found[row.apprenticeship_id], row)
            if differs:
                ref = Apprenticeship.objects.get(pk=row.apprenticeship_id).ref
                yield Breach("I1", f"the snapshot of {ref} is not what the rules say: {', '.join(differs)}")


def _differences(snapshot, row):
    """Names of the columns in which a ProgressSnapshot differs from the SnapshotRow."""
    differs = []
    for name in SnapshotRow._fields:
        kept, said = getattr(snapshot, name), getattr(row, name)
        if name in ("processes", "missing"):
            said = json.loads(said)
        elif name.endswith("_hours"):
            kept = to_hundredths(kept)
        if kept != said:
            differs.append(name)
    return differs


def cards_rest_on_what_was_known(apprenticeships):
    """I5: each card's assessment is whole, says eligible, and comes out again for its own day and moment. (That an
    apprenticeship has one live card is a unique index.)"""
    cards = JourneyCard.objects.filter(apprenticeship__among=apprenticeships).select_related("apprenticeship")
    for card in cards.order_by("pk"):
        kept = card.assessment
        if kept.get("digest") != digest(kept):
            yield Breach("I5", f"card {card.number}: its assessment was changed")
        elif not kept["eligible"]:
            yield Breach("I5", f"card {card.number}: its own assessment says that the holder was not eligible")
        elif _again(card) != {name: kept[name] for name in KEPT_OF_A_CARD}:
            yield Breach("I5", f"card {card.number}: the facts of its moment give another answer")


def _again(card):
    """The assessment derived again; the standards' name is left out, for a title may have been corrected since."""
    as_of = date.fromisoformat(card.assessment["as_of"])
    holder = Apprenticeship.objects.filter(pk=card.apprenticeship_id)
    known = facts_for(holder, as_of=as_of, known_at=card.issued_at)[card.apprenticeship_id]
    document = assessment_document(known, as_of=as_of, known_at=card.issued_at)
    return {name: document[name] for name in KEPT_OF_A_CARD}
