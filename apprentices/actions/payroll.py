"""Payroll totals: loaded beside the log, their differences settled with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.models import Apprenticeship, PayrollTotal
from apprentices.permissions import decidable_by
from apprentices.queries.hours import week_settings
from apprentices.queries.payroll import logged_hours
from apprentices.rules.hour_lines import PERSON_EXPECTED
from apprentices.rules.timesheets import first_weekday_on, week_start
from employers.permissions import NotAllowed
from employers.rules.rows import ACCEPTED, CHANGED, SKIPPED, RowOutcome, Taken, refuse_errors, refused
from imt.audit.actions import record
from imt.fields import from_hundredths

LONGEST_REASON = 500


class NothingToSettle(ValueError):
    """The act is not due; the message says why."""


@transaction.atomic
def load_payroll(*, rows, people, by, on):
    """Keep what payroll paid per person and week, whole or not at all; returns Taken, RowError where a row is wrong.

    `people` {reference or badge: apprenticeship id} of those whose hours the user may decide on. The same total again
    is skipped; another one replaces the one before, which is kept as voided; lines of one person and week are summed.
    """
    wrong = [
        refused(row.line, "apprentice_ref", row.apprentice_ref, PERSON_EXPECTED)
        for row in rows
        if row.apprentice_ref not in people
    ]
    refuse_errors(wrong)
    starts = _week_starts({people[row.apprentice_ref] for row in rows}, by=by, on=on)
    sums, lines = {}, {}
    for row in rows:
        key = people[row.apprentice_ref], starts(people[row.apprentice_ref], row.day)
        sums[key] = sums.get(key, 0) + row.hours
        lines.setdefault(key, []).append(row.line)
    moment = lock_facts({apprenticeship for apprenticeship, _week in sums})
    known = {
        (total.apprenticeship_id, total.week_starts_on): total
        for total in PayrollTotal.objects.known().filter(apprenticeship__among=[key for key, _week in sums])
    }
    outcomes, new, replaced = [], [], []
    for key, hundredths in sums.items():
        before, hours = known.get(key), from_hundredths(hundredths)
        outcome = ACCEPTED if before is None else SKIPPED if before.hours == hours else CHANGED
        outcomes += [RowOutcome(line, outcome) for line in lines[key]]
        if outcome == SKIPPED:
            continue
        if before is not None:
            replaced.append(before.pk)
        new.append(
            PayrollTotal(
                apprenticeship_id=key[0], week_starts_on=key[1], hours=hours, recorded_at=moment, recorded_by=by
            )
        )
    PayrollTotal.objects.filter(pk__in=replaced).update(voided_at=moment, voided_by=by)
    PayrollTotal.objects.bulk_create(new)
    record("payroll_total.loaded", by=by, subjects=new, details=lambda total: {"hours": f"{total.hours:.2f}"})
    return Taken(sorted(outcomes, key=lambda outcome: outcome.line))


@transaction.atomic
def settle_difference(*, total, reason, by, on):
    """Say why payroll and log differ in a week; the difference is open again once the log says something else."""
    reason = reason.strip()
    if not reason:
        raise NothingToSettle(_("Say why they differ."))
    mine = decidable_by(by, Apprenticeship.objects.filter(pk=total.apprenticeship_id), on=on)
    if not mine.exists():
        raise NotAllowed(_("This week is not yours to settle."))
    lock_facts([total.apprenticeship_id])
    found = PayrollTotal.objects.known().filter(pk=total.pk).first()
    if found is None:
        raise NothingToSettle(_("Payroll said something else meanwhile. Look at it again."))
    logged = logged_hours([found])[found.pk]
    if logged == found.hours:
        raise NothingToSettle(_("Payroll and log say the same now."))
    found.settled_reason, found.settled_hours = reason[:LONGEST_REASON], logged
    found.settled_at, found.settled_by = timezone.now(), by
    found.save(update_fields=["settled_reason", "settled_hours", "settled_at", "settled_by"])
    details = {"paid": f"{found.hours:.2f}", "logged": f"{logged:.2f}", "reason": found.settled_reason}
    record("payroll_total.settled", by=by, subjects=[found], details=details)
    return found


def _week_starts(apprenticeships, *, by, on):
    """A function (apprenticeship id, day) → the first day of its employer's week; NotAllowed where one is another's."""
    found = dict(
        decidable_by(by, Apprenticeship.objects.filter(pk__in=apprenticeships), on=on).values_list("pk", "employer")
    )
    if apprenticeships - found.keys():
        raise NotAllowed(_("Some of these people are not yours."))
    settings = week_settings(set(found.values()))
    return lambda apprenticeship, day: week_start(day, first_weekday_on(day, settings[found[apprenticeship]]))
