"""Weeks on their way to a decision: with the supervisor, passed to the substitute and to the manager, undone; a remark
that was answered."""

from datetime import timedelta
from decimal import Decimal

from apprentices.actions import hours
from apprentices.actions.hints import answer_hint
from apprentices.actions.supervision import assign
from apprentices.actions.undone import undo_approval
from apprentices.actions.weeks import Cell, save_week
from apprentices.models import Supervision, Timesheet
from apprentices.queries.hints import hints_of
from apprentices.queries.hours import week_of
from employers.models import WorkProcess

DAYS_TO_DECIDE = 3


def tell(*, refs, by, users, today):
    """Eli's weeks at Acme, where Maria stands in for Sam; Lina's week has passed to her manager."""
    sam, maria = users["sam@example.org"], users["maria@example.org"]
    eli = refs["ACME-05"]
    assign(
        apprenticeships=[refs["ACME-01"], eli],
        user=maria,
        role=Supervision.Role.SUBSTITUTE,
        on=eli.registered_on,
        by=by,
    )
    passed = _submitted(eli, sam, eli.registered_on, ["8", "10", "8", "8", "6"], today)
    _waits_since(passed, days=DAYS_TO_DECIDE + 1)
    (hint,) = hints_of([passed])[passed.pk]
    answer = "Press 4 was down on Monday: they stayed for the repair on Tuesday."
    answer_hint(timesheet=passed, hint=hint.name, answer=answer, by=sam, on=today)
    slip = _submitted(eli, sam, week_of(eli.employer, today), ["8"], today)
    hours.approve(timesheets=[slip.pk], by=maria, on=today)
    undo_approval(timesheets=[slip.pk], by=maria, on=today, reason="The week is not over yet")
    for week in Timesheet.objects.awaiting_decision().filter(apprenticeship=refs["OS-01"]):
        _waits_since(week, days=DAYS_TO_DECIDE + 1)


def _submitted(apprenticeship, by, starts_on, worked, today):
    process = WorkProcess.objects.get(standards=apprenticeship.standards, code="A")
    cells = [Cell(process.pk, starts_on + timedelta(days=number), Decimal(text)) for number, text in enumerate(worked)]
    week = save_week(apprenticeship=apprenticeship, day=starts_on, cells=cells, by=by)
    (outcome,) = hours.submit(timesheets=[week.pk], by=by, on=today)
    return outcome.timesheet


def _waits_since(week, *, days):
    """The demo is told in a moment; what waits for days is put back by hand."""
    Timesheet.objects.filter(pk=week.pk).update(submitted_at=week.submitted_at - timedelta(days=days))
