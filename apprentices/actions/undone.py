"""Taking an approval back, as one takes back a slip; and what becomes of claims that were posted once."""

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed
from apprentices.actions.outcomes import decisions_of, done, next_versions, refused, update_weeks, weeks_due
from apprentices.actions.posting import reverse
from apprentices.models import TAKEN_BACK, HourEntry, LedgerLine, Timesheet, TimesheetDecision
from apprentices.permissions import decidable_by
from apprentices.rules.deciding import can_be_undone
from imt.audit.actions import record

TAKEN_BACK_REF = Concat(Value(TAKEN_BACK), Cast("pk", CharField()))  # gives the entry's place free


@transaction.atomic
def undo_approval(*, timesheets, by, on, reason=""):
    """Take back the approval of weeks (ids) within ten minutes: what was posted is reversed, and the same hours wait
    again as the next version. One Outcome per week; whoever may decide on a week may undo."""
    reason = reason.strip() or _("Approval undone")
    found, outcomes, moment = weeks_due("undo", timesheets, decidable_by, by=by, on=on)
    due, kept = refused(found, _refusals(found, moment))
    entries = HourEntry.objects.filter(timesheet__among=[week.pk for week in due], version=F("timesheet__version"))
    lines = LedgerLine.objects.standing().filter(entry__in=entries).order_by("apprenticeship", "position")
    reverse(list(lines), reason=reason, by=by, moment=moment)
    decisions = TimesheetDecision.objects.filter(
        timesheet__among=[week.pk for week in due], version=F("timesheet__version")
    )
    decisions.update(undone_at=moment, undone_by=by)
    record("hours.approval_undone", by=by, subjects=due, details={"reason": reason})
    next_versions(due)
    update_weeks(due, state=Timesheet.State.SUBMITTED)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + kept + done(due)


def _refusals(weeks, moment):
    """{timesheet id: why its approval stays}."""
    decisions, amended = decisions_of(weeks), _amended(weeks)
    reasons = {}
    for week in weeks:
        decision = decisions[week.pk][week.version]
        if not can_be_undone(decision.decided_at, moment):
            reasons[week.pk] = _(
                "%(who)s approved the week more than ten minutes ago. What is wrong is amended, line by line."
            ) % {"who": decision.decided_by}
        elif week.pk in amended:
            reasons[week.pk] = _("%(who)s has amended hours of this week since. Amend what is wrong.") % {
                "who": amended[week.pk]
            }
    return reasons


def _amended(weeks):
    """{timesheet id: who amended an entry of its present version}."""
    reversals = LedgerLine.objects.filter(
        entry__timesheet__among=[week.pk for week in weeks],
        entry__version=F("entry__timesheet__version"),
        reverses__isnull=False,
    )
    # a reversal by an undone approval of a version before is none of this one's
    since = TimesheetDecision.objects.filter(timesheet=OuterRef("entry__timesheet"), undone_at=OuterRef("posted_at"))
    rows = (
        reversals.exclude(Exists(since)).select_related("posted_by").values_list("entry__timesheet", "posted_by__name")
    )
    return dict(rows)


def drop_claims(entries):
    """Take live claims (a queryset) out of their weeks. What was never posted is deleted. What was, and whose approval
    was undone, stays as it was decided then, under a reference of its own, so that its place is free."""
    posted = entries.filter(Exists(LedgerLine.objects.filter(entry=OuterRef("pk"))))
    undone = TimesheetDecision.objects.filter(timesheet=OuterRef("timesheet"), undone_at__isnull=False)
    keys = list(posted.values_list("pk", flat=True))
    entries.exclude(pk__in=keys).delete()
    HourEntry.objects.filter(pk__in=keys).update(
        version=Subquery(undone.order_by("-version").values("version")[:1]),
        entry_ref=TAKEN_BACK_REF,
    )
