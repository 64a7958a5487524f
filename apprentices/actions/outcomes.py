"""What acts on sets of weeks share: which weeks an act is due for, and one outcome for each."""

from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.models import Apprenticeship, HourEntry, Timesheet, TimesheetDecision
from apprentices.rules.timesheets import after


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one week. `reason` says in words why it was refused; empty when it was done."""

    timesheet: Timesheet
    reason: str = ""

    @property
    def is_done(self):
        return not self.reason


def weeks_due(act, timesheets, permission, *, by, on):
    """Lock the apprenticeships of the weeks (ids), then sort the weeks: (those the act is due for, Outcomes of the
    others, the moment). Ids of no week are left out. Which weeks somebody may know of is the caller's question."""
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
    decisions = decisions_of(late)
    outcomes += [Outcome(week, _not_due(week, decisions.get(week.pk, {}))) for week in late]
    return due, outcomes, moment


def refused(weeks, reasons):
    """(the weeks without a reason, Outcomes of the others); `reasons` {timesheet id: text}."""
    left = [week for week in weeks if week.pk not in reasons]
    return left, [Outcome(week, reasons[week.pk]) for week in weeks if week.pk in reasons]


def decisions_of(weeks):
    """{timesheet id: {version: decision}}."""
    found = {}
    decisions = TimesheetDecision.objects.filter(timesheet__among=[week.pk for week in weeks])
    for decision in decisions.select_related("decided_by", "undone_by") if weeks else ():
        found.setdefault(decision.timesheet_id, {})[decision.version] = decision
    return found


def _not_due(week, decisions):
    """Why nothing is to be done, naming who was there first."""
    decision = decisions.get(week.version)
    if decision is not None:
        return _("%(who)s has decided on this week already: %(verdict)s.") % {
            "who": decision.decided_by,
            "verdict": decision.get_verdict_display(),
        }
    before = decisions.get(week.version - 1)
    if before is not None and before.undone_at is not None and week.state == Timesheet.State.SUBMITTED:
        return _("%(who)s has undone the approval already: the week waits again.") % {"who": before.undone_by}
    return _("The week is not at that point: it is “%(state)s”.") % {"state": week.get_state_display()}


def next_versions(weeks):
    """The weeks go on as their next version, with all their live claims."""
    keys = [week.pk for week in weeks]
    HourEntry.objects.filter(timesheet__among=keys, version=F("timesheet__version")).update(version=F("version") + 1)
    Timesheet.objects.filter(pk__among=keys).update(version=F("version") + 1)
    for week in weeks:
        week.version += 1


def update_weeks(weeks, **values):
    Timesheet.objects.filter(pk__among=[week.pk for week in weeks]).update(**values, edit_number=F("edit_number") + 1)


def done(weeks):
    """Outcomes with the weeks as they are now."""
    found = Timesheet.objects.filter(pk__among=[week.pk for week in weeks]).select_related("apprenticeship")
    return [Outcome(week) for week in found]
