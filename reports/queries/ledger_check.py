"""Everything that must hold of the ledger and of what is answered from it (I1 to I8; docs: trust). Whole persons at
a time, so that a check in slices finds all that a check at once would."""

from django.db import connection
from django.db.models import F

from apprentices.models import Apprentice, Apprenticeship
from imt.audit.models import Run
from imt.triggers import all_triggers, laid_triggers
from reports.queries.checks import answers, claims, lines
from reports.queries.checks.breaches import Breach
from reports.queries.snapshots import behind

# Few enough that PostgreSQL looks their rows up: of a hundred people it would rather read the whole ledger and all
# entries, slice after slice (at ten million lines 7 s for a hundred people, 0.3 s for ten)
PEOPLE_AT_ONCE = 10
CHECKS = (
    lines.positions_count_from_one_without_a_gap,
    lines.claims_are_counted_exactly_once,
    lines.lines_repeat_their_claim,
    lines.reversals_net_to_zero,
    lines.records_are_posted_exactly_as_they_stand,
    claims.weeks_stand_where_their_decision_put_them,
    claims.no_day_holds_more_than_24_worked_hours,
    claims.rows_belong_where_their_parent_does,
    answers.snapshots_say_what_the_rules_say,
    answers.cards_rest_on_what_was_known,
)


def slices(after=0):
    """(last person's id, how many people, ids of their apprenticeships) of everybody whose id is above `after`, a slice
    of people at a time."""
    while True:
        people = list(
            Apprentice.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PEOPLE_AT_ONCE]
        )
        if not people:
            return
        after = people[-1]
        apprenticeships = Apprenticeship.objects.filter(apprentice__gte=people[0], apprentice__lte=after)
        yield after, len(people), list(apprenticeships.order_by("pk").values_list("pk", flat=True))


def breaches_of(apprenticeships):
    """Breaches among these apprenticeships (ids), with all of their persons'. Read it inside `consistent_read()`."""
    for check in CHECKS:
        yield from check(apprenticeships)


def triggers_stand():
    """I3: the database itself refuses to change the ledger, the audit log and published standards."""
    for name in sorted(all_triggers(connection.vendor) - laid_triggers(connection)):
        yield Breach("I3", f"the trigger {name} is missing")


def transfers_stay_with_the_person():
    """I7: hours are taken over from another agreement of the same person."""
    strange = Apprenticeship.objects.filter(transfer_in__isnull=False).exclude(
        apprentice=F("transfer_in__from_apprenticeship__apprentice")
    )
    for ref in strange.values_list("ref", flat=True):
        yield Breach("I7", f"{ref} takes hours over from another person")


def work_undone(*, today):
    """I8: (snapshots behind their facts, runs without an end). No breach by itself: workers may be at it."""
    return behind(today=today).count(), Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING)).count()
