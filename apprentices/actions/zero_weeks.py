"""A week in which nobody worked: attested as zero with a reason, so that it is not taken for a forgotten one. It is
submitted and decided like any week; hours logged afterwards take the reason away (actions/weeks.py)."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.actions.outcomes import Outcome
from apprentices.models import Apprenticeship, Timesheet
from apprentices.permissions import loggable_by
from apprentices.queries.hours import unsaved_week, week_settings
from apprentices.queries.weeks import WEEK, hours_by_day
from apprentices.rules.timesheets import EDITABLE, first_weekday_on, week_start
from imt.audit.actions import record_keys

State, ZeroReason = Timesheet.State, Timesheet.ZeroReason


class NoReason(ValueError):
    """Another reason was chosen and not said."""


@transaction.atomic
def attest_zero(*, weeks, reason, by, on, note=""):
    """Say of whole weeks that nothing was worked, and why. `weeks` are (Apprenticeship, a day of the week) pairs, a
    week of each once. One Outcome per week, in order; where hours stand, or the week waits, it is refused beside the
    others.

    `reason` is a Timesheet.ZeroReason; OTHER needs a `note`, else NoReason. An approved week whose hours were all taken
    back goes on as its next version."""
    note = note.strip()
    if reason == ZeroReason.OTHER and not note:
        raise NoReason(_("Say which other reason."))
    keys = {one.pk for one, _day in weeks}
    permitted = set(loggable_by(by, Apprenticeship.objects.filter(pk__among=keys), on=on).values_list("pk", flat=True))
    lock_facts(permitted)
    found = _timesheets(weeks)
    taken = _taken(found)
    outcomes = [Outcome(week, _refusal(week, taken, permitted, on)) for week in found]
    done = [outcome.timesheet for outcome in outcomes if outcome.is_done]
    _write(done, reason, note)
    details = {"reason": str(reason), "note": note}
    record_keys("hours.attested_zero", by=by, model=Timesheet, details={week.pk: details for week in done})
    return outcomes


def _timesheets(weeks):
    """The Timesheet of each pair, unsaved where nobody has begun it."""
    settings = week_settings({one.employer_id for one, _day in weeks})
    starts = [week_start(day, first_weekday_on(day, settings[one.employer_id])) for one, day in weeks]
    known = Timesheet.objects.filter(apprenticeship__among={one.pk for one, _day in weeks}, week_starts_on__in=starts)
    by_start = {(week.apprenticeship_id, week.week_starts_on): week for week in known}
    found = []
    for (one, _day), starts_on in zip(weeks, starts, strict=True):
        week = by_start.get((one.pk, starts_on)) or unsaved_week(one, starts_on)
        week.apprenticeship = one
        found.append(week)
    return found


def _taken(weeks):
    if not weeks:
        return {}
    starts = [week.week_starts_on for week in weeks]
    return hours_by_day({week.apprenticeship_id for week in weeks}, since=min(starts), until=max(starts) + WEEK)


def _refusal(week, taken, permitted, on):
    """Why the week cannot be attested as zero; "" where it can."""
    days = taken[week.apprenticeship_id]
    if week.apprenticeship_id not in permitted:
        return _("These hours are not yours to log.")
    if week.week_starts_on > on:
        return _("The week is still to come.")
    if week.state not in EDITABLE:
        return _("The week waits for a decision. Recall it first, then change it.")
    if any(hours and week.week_starts_on <= day < week.week_starts_on + WEEK for day, hours in days.items()):
        return _("Hours stand in this week: it is not a week without work.")
    if week.state == State.APPROVED and week.zero_reason:
        return _("The week is approved as one without work already.")
    return ""


def _write(weeks, reason, note):
    for week in weeks:
        if week.state == State.APPROVED:
            week.state, week.version = State.DRAFT, week.version + 1
        week.zero_reason, week.zero_note = reason, note
        week.edit_number += 1
    new = [week for week in weeks if week.pk is None]
    known = [week for week in weeks if week.pk is not None]
    Timesheet.objects.bulk_create(new)
    Timesheet.objects.bulk_update(known, ["state", "version", "zero_reason", "zero_note", "edit_number"])
