"""Hours: submitted, recalled, approved or returned.

Only approval touches the ledger. Every act on weeks takes a set of them and answers with one outcome each; a refused
week stands beside the others and never blocks them."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed
from apprentices.actions.outcomes import done, next_versions, refused, update_weeks, weeks_due
from apprentices.actions.posting import advance_positions, post_entries
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.notifications import tell_returned
from apprentices.permissions import decidable_by, loggable_by
from apprentices.queries.deciders import claimed_versions, others_who_decide
from apprentices.rules.deciding import counts_at_once, may_approve
from imt.accounts.models import User
from imt.audit.actions import record, record_keys
from imt.tables import insert_rows


@transaction.atomic
def submit(*, timesheets, by, on):
    """Put weeks (ids) up for a decision. A returned week is put up as its next version. One Outcome per week.

    Where the employer lets a supervisor's own logging for others count at once, such weeks are approved in this act."""
    found, outcomes, moment = weeks_due("submit", timesheets, loggable_by, by=by, on=on)
    reason = _("The week has no hours. Say why, or fill it in first.")
    due, empty = refused(found, dict.fromkeys(_without_hours(found), reason))
    next_versions([week for week in due if week.state == Timesheet.State.RETURNED])
    update_weeks(due, state=Timesheet.State.SUBMITTED, submitted_at=moment, submitted_by=by)
    record("hours.submitted", by=by, subjects=due)
    facts_changed(week.apprenticeship_id for week in due)
    close(_approved_at_once(due, by=by, on=on), by=by, moment=moment, details={"at_once": True})
    return outcomes + empty + done(due)


@transaction.atomic
def recall(*, timesheets, by, on):
    """Take submitted weeks (ids) back before they are decided. One Outcome per week.

    What was put up is a version of its own: who has looked at it cannot decide on what is put up next."""
    due, outcomes, _moment = weeks_due("recall", timesheets, loggable_by, by=by, on=on)
    next_versions(due)
    update_weeks(due, state=Timesheet.State.DRAFT, submitted_at=None, submitted_by=None)
    record("hours.recalled", by=by, subjects=due)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + done(due)


@transaction.atomic
def approve(*, timesheets, by, on, versions=None):
    """Accept whole weeks (ids): each is closed and its hours are posted to the ledger. One Outcome per week.

    `versions` {id: version} says what the approver saw: a week that changed since is refused. So is one that needs a
    second person, by who claimed its hours."""
    due, outcomes, moment = weeks_due("approve", timesheets, decidable_by, by=by, on=on)
    due, changed = refused(due, _changed(due, versions))
    due, alone = refused(due, second_person_missing(due, by=by, on=on))
    close(due, by=by, moment=moment)
    return outcomes + changed + alone + done(due)


def close(weeks, *, by, moment, details=None):
    """Decide, post and record the approval of locked, submitted weeks: the one way hours reach the ledger. A week is
    anything with `pk`, `apprenticeship_id` and `version`; `details` go to the history beside the version."""
    if not weeks:
        return
    apprenticeships = {week.apprenticeship_id for week in weeks}
    _decide(weeks, TimesheetDecision.Verdict.APPROVED, "", by, moment)
    update_weeks(weeks, state=Timesheet.State.APPROVED)
    post_entries(timesheets=[week.pk for week in weeks], by=by, moment=moment)
    advance_positions(apprenticeships)
    told = {week.pk: {"version": week.version, **(details or {})} for week in weeks}
    record_keys("hours.approved", by=by, model=Timesheet, details=told)
    facts_changed(apprenticeships)


@transaction.atomic
def return_(*, timesheets, reason, by, on, versions=None):
    """Send submitted weeks (ids) back with a reason. One Outcome per week. No reason: ValueError. `versions` as in
    `approve`."""
    if not reason.strip():
        raise ValueError("a week is returned with a reason")
    due, outcomes, moment = weeks_due("return", timesheets, decidable_by, by=by, on=on)
    due, changed = refused(due, _changed(due, versions))
    _decide(due, TimesheetDecision.Verdict.RETURNED, reason, by, moment)
    update_weeks(due, state=Timesheet.State.RETURNED)
    record("hours.returned", by=by, subjects=due, details={"reason": reason})
    tell_returned(due, reason=reason, by=by, moment=moment)
    facts_changed(week.apprenticeship_id for week in due)
    return outcomes + changed + done(due)


def second_person_missing(weeks, *, by, on):
    """{timesheet id: why this user may not approve this version, and who may instead}, for locked Timesheets.

    This system itself is no second person and needs none: what it approves (a file taken in at the command line) was
    decided outside, by whoever runs the installation."""
    if by.kind == User.Kind.SYSTEM or not weeks:
        return {}
    claimed = claimed_versions(weeks, on=on)
    alone = [week for week in weeks if not may_approve(by.pk, claimed[week.pk])]
    others = others_who_decide([week.apprenticeship_id for week in alone], but={by.pk}, on=on) if alone else {}
    return {week.pk: _needs_another(claimed[week.pk], others[week.apprenticeship_id]) for week in alone}


def _needs_another(claimed, others):
    why = (
        _("These hours were logged late, so a second person has to approve them.")
        if claimed.is_late
        else _("You logged or submitted these hours yourself, so a second person has to approve them.")
    )
    if not others:
        return _("%(why)s Nobody else at the employer can do that yet: the program's staff can.") % {"why": why}
    return _("%(why)s That can be: %(names)s.") % {"why": why, "names": ", ".join(others)}


def _approved_at_once(weeks, *, by, on):
    """Those that count with their submission; nobody's own, because nobody decides on their own."""
    if by.kind != User.Kind.PERSON or not weeks:
        return []
    theirs = Apprenticeship.objects.filter(pk__among={week.apprenticeship_id for week in weeks}).of_employers_of(by)
    decidable = set(decidable_by(by, theirs, on=on).values_list("pk", flat=True))
    for week in weeks:
        week.submitted_by_id = by.pk
    claimed = claimed_versions(weeks, on=on)
    return [week for week in weeks if week.apprenticeship_id in decidable and counts_at_once(by.pk, claimed[week.pk])]


def _changed(weeks, versions):
    if versions is None:
        return {}
    text = _("The week has changed since you saw it. Look at it again.")
    return {week.pk: text for week in weeks if versions.get(week.pk) != week.version}


def _without_hours(weeks):
    keys = [week.pk for week in weeks]
    filled = set(
        HourEntry.objects.filter(timesheet__among=keys, version=F("timesheet__version")).values_list(
            "timesheet", flat=True
        )
    )
    return {week.pk for week in weeks if week.pk not in filled and not week.zero_reason}


def _decide(weeks, verdict, reason, by, moment):
    insert_rows(
        TimesheetDecision._meta.db_table,
        ("timesheet_id", "version", "verdict", "reason", "decided_at", "decided_by_id"),
        ((week.pk, week.version, verdict.value, reason, moment, by.pk) for week in weeks),
    )
