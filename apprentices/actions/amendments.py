"""Correcting what was approved: the line is reversed, and what is right is posted as a further line."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts, lock_people
from apprentices.actions.posting import post_lines, reverse
from apprentices.models import Apprenticeship, LedgerLine, TimesheetDecision
from apprentices.permissions import decidable_by
from apprentices.queries.hours import worked_by_day
from apprentices.queries.standards import standards_in_force
from employers.models import WorkProcess
from imt.audit.actions import record


class AmendmentRefused(ValueError):
    """The amendment cannot be posted; the message says why. Nothing was written."""


@transaction.atomic
def amend(*, entry, hours, reason, by, on, work_process=None):
    """Replace what counts of an approved HourEntry; returns the new LedgerLine. With `hours` 0 nothing of it counts any
    more, and there is none. The entry itself stays as it was claimed; its one line not reversed is what counts."""
    _refuse_unless(bool(reason.strip()), _("An amendment needs a reason."))
    mine = decidable_by(by, Apprenticeship.objects.filter(pk=entry.apprenticeship_id), on=on)
    _refuse_unless(mine.exists(), _("These hours are not yours to amend."))
    apprenticeship = Apprenticeship.objects.get(pk=entry.apprenticeship_id)
    lock_people([apprenticeship.apprentice_id])
    moment = lock_facts([apprenticeship.pk])
    _refuse_unless(_is_decided(entry), _("These hours are not approved yet: change the week itself."))
    line = LedgerLine.objects.standing().filter(entry=entry).first()
    last = line or LedgerLine.objects.filter(entry=entry, reverses__isnull=True).order_by("-position").first()
    work_process = work_process or WorkProcess.objects.get(pk=last.work_process_id)
    hours = Decimal(hours)
    before = line.hours if line else Decimal(0)
    _check(apprenticeship, entry, hours, before, work_process)
    same = (line.hours, line.work_process_id) == (hours, work_process.pk) if line else not hours
    _refuse_unless(not same, _("That is what counts already."))
    if line is not None:
        reverse([line], reason=reason, by=by, moment=moment)
    posted = _post(entry, hours, work_process, reason, by, moment) if hours else None
    facts_changed([apprenticeship.pk])
    record(
        "hours.amended",
        by=by,
        subjects=[entry, apprenticeship],
        details={
            "entry": entry.pk,
            "day": entry.worked_on.isoformat(),
            "before": {"hours": f"{before:.2f}", "work_process": last.work_process_id},
            "after": {"hours": f"{hours:.2f}", "work_process": work_process.pk},
            "reason": reason,
        },
    )
    return posted


@transaction.atomic
def amend_all(*, changes, reason, by, on):
    """Amend several HourEntries with one reason, all of them or none: `changes` are (entry, right hours). What gets
    less comes first, so that hours may go from one entry of a full day to another. Returns how many were amended."""
    for entry, hours in sorted(changes, key=lambda change: (change[1] - change[0].hours, change[0].pk)):
        try:
            amend(entry=entry, hours=hours, reason=reason, by=by, on=on)
        except AmendmentRefused as refusal:
            raise AmendmentRefused(
                _("%(day)s, %(process)s: %(why)s")
                % {"day": entry.worked_on, "process": entry.work_process.title, "why": refusal}
            ) from refusal
    return len(changes)


def _is_decided(entry):
    """Its version was approved, and that was not undone."""
    decisions = TimesheetDecision.objects.filter(
        timesheet__entries=entry, version=F("timesheet__entries__version"), undone_at__isnull=True
    )
    return decisions.filter(verdict=TimesheetDecision.Verdict.APPROVED).exists()


def _refuse_unless(condition, message):
    if not condition:
        raise AmendmentRefused(message)


def _check(apprenticeship, entry, hours, before, work_process):
    _refuse_unless(0 <= hours <= 24, _("Hours of a day are between 0 and 24."))
    _refuse_unless(hours == round(hours, 2), _("Hours have at most two decimal places."))
    standards = standards_in_force([apprenticeship.pk], on=entry.worked_on)[apprenticeship.pk]
    _refuse_unless(
        work_process.standards_id == standards or work_process.pk == entry.work_process_id,
        _("This work process does not belong to the standards in force on that day."),
    )
    person = apprenticeship.apprentice_id
    taken = worked_by_day([person], since=entry.worked_on, until=entry.worked_on)[person, entry.worked_on]
    _refuse_unless(
        taken - before + hours <= 24,
        _("With this the day would have %(hours)s hours.") % {"hours": taken - before + hours},
    )


def _post(entry, hours, work_process, reason, by, moment):
    """The line that counts from now on, with the source of its entry."""
    line = LedgerLine(
        apprenticeship_id=entry.apprenticeship_id,
        kind=LedgerLine.Kind.OJL,
        work_process=work_process,
        hours=hours,
        happened_on=entry.worked_on,
        source=entry.source,
        reason=reason,
        entry=entry,
    )
    return post_lines([line], by=by, moment=moment)[0]
