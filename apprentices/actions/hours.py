"""Hours: saved as a draft, submitted, recalled, approved or returned, and amended after approval.

Only approval and amendment touch the ledger. Every act on weeks takes a set of them and answers with one outcome each;
a refused week stands beside the others and never blocks them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts
from apprentices.actions.posting import advance_positions, post_entries
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.notifications import tell_returned
from apprentices.permissions import decidable_by, loggable_by
from apprentices.rules.timesheets import after
from imt.audit.actions import record, record_keys
from imt.tables import insert_rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one week. `reason` says in words why it was refused; empty when it was done."""

    timesheet: Timesheet
    reason: str = ""

    @property
    def is_done(self):
        return not self.reason


@transaction.atomic
def submit(*, timesheets, by, on):
    """Put weeks (ids) up for a decision. A returned week is put up as its next version. One Outcome per week."""
    found, outcomes, moment = _due("submit", timesheets, loggable_by, by, on)
    empty = _without_hours(found)
    outcomes += [Outcome(week, _("The week has no hours. Say why, or fill it in first.")) for week in empty]
    due = [week for week in found if week not in empty]
    _next_versions([week for week in due if week.state == Timesheet.State.RETURNED])
    _update(due, state=Timesheet.State.SUBMITTED, submitted_at=moment, submitted_by=by)
    record("hours.submitted", by=by, subjects=due)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + _done(due)


@transaction.atomic
def recall(*, timesheets, by, on):
    """Take submitted weeks (ids) back before they are decided. One Outcome per week.

    What was put up is a version of its own: who has looked at it cannot decide on what is put up next."""
    due, outcomes, _moment = _due("recall", timesheets, loggable_by, by, on)
    _next_versions(due)
    _update(due, state=Timesheet.State.DRAFT, submitted_at=None, submitted_by=None)
    record("hours.recalled", by=by, subjects=due)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + _done(due)


@transaction.atomic
def approve(*, timesheets, by, on, versions=None):
    """Accept whole weeks (ids): each is closed and its hours are posted to the ledger. One Outcome per week.

    `versions` {id: version} says what the approver saw: a week that changed since is refused."""
    due, outcomes, moment = _due("approve", timesheets, decidable_by, by, on)
    if versions is not None:
        changed = {week for week in due if versions.get(week.pk) != week.version}
        outcomes += [Outcome(week, _("The week has changed since you saw it. Look at it again.")) for week in changed]
        due = [week for week in due if week not in changed]
    close(due, by=by, moment=moment)
    return outcomes + _done(due)


def close(weeks, *, by, moment):
    """Decide, post and record the approval of locked, submitted weeks: the one way hours reach the ledger. A week is
    anything with `pk`, `apprenticeship_id` and `version`."""
    apprenticeships = {week.apprenticeship_id for week in weeks}
    _decide(weeks, TimesheetDecision.Verdict.APPROVED, "", by, moment)
    _update(weeks, state=Timesheet.State.APPROVED)
    post_entries(timesheets=[week.pk for week in weeks], by=by, moment=moment)
    advance_positions(apprenticeships)
    record_keys(
        "hours.approved", by=by, model=Timesheet, details={week.pk: {"version": week.version} for week in weeks}
    )
    facts_changed(apprenticeships)


@transaction.atomic
def return_(*, timesheets, reason, by, on):
    """Send submitted weeks (ids) back with a reason. One Outcome per week. No reason: ValueError."""
    if not reason.strip():
        raise ValueError("a week is returned with a reason")
    due, outcomes, moment = _due("return", timesheets, decidable_by, by, on)
    _decide(due, TimesheetDecision.Verdict.RETURNED, reason, by, moment)
    _update(due, state=Timesheet.State.RETURNED)
    record("hours.returned", by=by, subjects=due, details={"reason": reason})
    tell_returned(due, reason=reason, by=by, moment=moment)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + _done(due)


def _due(act, timesheets, permission, by, on):
    """Lock the apprenticeships of the weeks, then sort the weeks: (those the act is due for, Outcomes of the others,
    the moment). Ids of no week are left out. Which weeks somebody may know of is the caller's question."""
    keys = set(timesheets)
    apprenticeships = Apprenticeship.objects.filter(timesheets__pk__among=keys)
    permitted = set(permission(by, apprenticeships, on=on).values_list("pk", flat=True))
    moment = lock_facts(permitted)
    weeks = Timesheet.objects.filter(pk__among=keys).select_related("apprenticeship")
    due, outcomes, late = [], [], []
    for week in weeks:
        if week.apprenticeship_id not in permitted:
            outcomes.append(Outcome(week, _("This week is not yours to decide on.")))
        elif after(act, week.state) is None:
            late.append(week)
        else:
            due.append(week)
    decisions = _decisions(late)
    outcomes += [Outcome(week, _not_due(week, decisions.get((week.pk, week.version)))) for week in late]
    return due, outcomes, moment


def _decisions(weeks):
    """{(timesheet id, version): decision}."""
    found = TimesheetDecision.objects.filter(timesheet__among=[week.pk for week in weeks])
    return {(decision.timesheet_id, decision.version): decision for decision in found.select_related("decided_by")}


def _not_due(week, decision):
    """Why nothing is to be done, naming who was there first."""
    if decision is not None:
        return _("%(who)s has decided on this week already: %(verdict)s.") % {
            "who": decision.decided_by,
            "verdict": decision.get_verdict_display(),
        }
    return _("The week is not at that point: it is “%(state)s”.") % {"state": week.get_state_display()}


def _without_hours(weeks):
    keys = [week.pk for week in weeks]
    filled = set(
        HourEntry.objects.filter(timesheet__among=keys, version=F("timesheet__version")).values_list(
            "timesheet", flat=True
        )
    )
    return {week for week in weeks if week.pk not in filled and not week.zero_reason}


def _decide(weeks, verdict, reason, by, moment):
    insert_rows(
        TimesheetDecision._meta.db_table,
        ("timesheet_id", "version", "verdict", "reason", "decided_at", "decided_by_id"),
        ((week.pk, week.version, verdict.value, reason, moment, by.pk) for week in weeks),
    )


def _next_versions(weeks):
    """The weeks go on as their next version, with all their live claims."""
    keys = [week.pk for week in weeks]
    HourEntry.objects.filter(timesheet__among=keys, version=F("timesheet__version")).update(version=F("version") + 1)
    Timesheet.objects.filter(pk__among=keys).update(version=F("version") + 1)


def _update(weeks, **values):
    Timesheet.objects.filter(pk__among=[week.pk for week in weeks]).update(**values, edit_number=F("edit_number") + 1)


def _done(weeks):
    """Outcomes with the weeks as they are now."""
    found = Timesheet.objects.filter(pk__among=[week.pk for week in weeks]).select_related("apprenticeship")
    return [Outcome(week) for week in found]
