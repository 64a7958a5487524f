"""Hours entered for the wrong person, moved to the right one by one act: all that was picked, or nothing.

Claims change hands. What was approved is reversed where it stood and posted anew where it belongs; its entry stays as
it was claimed. Both histories name the act."""

from collections import defaultdict

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions import hours
from apprentices.actions.facts import facts_changed, lock_facts, lock_people
from apprentices.actions.outcomes import next_versions, update_weeks
from apprentices.actions.posting import reverse
from apprentices.actions.undone import drop_claims
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet
from apprentices.permissions import decidable_by
from apprentices.queries.hours import status_histories, week_of, worked_by_day
from apprentices.queries.standards import standards_by_day
from apprentices.rules.timesheets import status_on
from employers.models import WorkProcess
from imt.audit.actions import record

State = Timesheet.State


class MoveRefused(ValueError):
    """Nothing was moved; the message says why."""


@transaction.atomic
def move_hours(*, week, entries, to, reason, by, on):
    """Move HourEntries (ids) of a Timesheet to the Apprenticeship `to` at the same employer. Returns its Timesheet.
    What waits goes on waiting there, what was approved is approved there by this act. Raises MoveRefused."""
    source = Apprenticeship.objects.select_related("apprentice", "employer").get(pk=week.apprenticeship_id)
    _refuse_unless(bool(reason.strip()), _("Say why the hours are moved."))
    _refuse_unless(source.pk != to.pk, _("These hours stand there already."))
    _refuse_unless(source.employer_id == to.employer_id, _("Hours are moved within one employer."))
    both = Apprenticeship.objects.filter(pk__in=(source.pk, to.pk))
    _refuse_unless(decidable_by(by, both, on=on).count() == 2, _("These hours are not yours to move."))
    lock_people([source.apprentice_id, to.apprentice_id])
    moment = lock_facts([source.pk, to.pk])
    week = Timesheet.objects.select_related("apprenticeship").get(pk=week.pk)
    picked = list(week.entries.filter(pk__in=entries).select_related("work_process").order_by("worked_on", "pk"))
    _refuse_unless(bool(picked), _("No hours are picked."))
    standing = _standing(week, picked)
    processes = _checked(picked, to)
    target = _target(to, picked, is_posted=bool(standing))
    if standing:
        said = _("moved from %(ref)s: %(why)s") % {"ref": source.ref, "why": reason}
        new = _copies(picked, target, to, processes, said=said)
        reverse(list(standing.values()), reason=reason, by=by, moment=moment)
        HourEntry.objects.bulk_create(new)
        update_weeks([target], submitted_at=moment, submitted_by=by)
        alone = hours.second_person_missing([target], by=by, on=on)
        _refuse_unless(not alone, alone.get(target.pk, ""))
        hours.close([target], by=by, moment=moment, details={"moved_from": source.ref})
    else:
        new = _copies(picked, target, to, processes)
        is_empty = not target.entries.filter(version=target.version).exists()
        _take_out(week, picked)
        HourEntry.objects.bulk_create(new)
        _put_in(week, target, is_empty=is_empty)
    details = {
        "from": source.ref,
        "to": to.ref,
        "reason": reason,
        "hours": [[one.work_process.code, one.worked_on.isoformat(), f"{one.hours:.2f}"] for one in picked],
    }
    record("hours.moved", by=by, subjects=[week, target], details=details)
    facts_changed([source.pk, to.pk])
    return target


def _standing(week, picked):
    """{entry id: its standing line} of approved entries; {} where all are claims. A mixture is refused."""
    lines = LedgerLine.objects.standing().filter(entry__in=picked)
    standing = {line.entry_id: line for line in lines.order_by("position")}
    is_claim = [one.version == week.version and week.state != State.APPROVED for one in picked]
    if standing:
        whole = len(standing) == len(picked) and not any(is_claim)
        _refuse_unless(whole, _("Some of these hours count and some do not: move them one after the other."))
        same = all(standing[one.pk].hours == one.hours for one in picked)
        _refuse_unless(same, _("Some of these hours were amended: move those by amendments."))
    else:
        _refuse_unless(all(is_claim), _("Some of these hours were taken back already."))
    return standing


def _checked(picked, to):
    """{entry id: WorkProcess at the target}, after every check that logging them there would meet."""
    days = {one.worked_on for one in picked}
    versions = standards_by_day(to, days)
    known = {
        (process.standards_id, process.code): process
        for process in WorkProcess.objects.filter(standards__in=set(versions.values()))
    }
    history = status_histories([to.pk])[to.pk]
    taken = worked_by_day([to.apprentice_id], since=min(days), until=max(days))
    held = set(
        HourEntry.objects.filter(apprenticeship=to, worked_on__in=days, entry_ref="").values_list(
            "worked_on", "work_process__code"
        )
    )
    added, processes = defaultdict(int), {}
    for one in picked:
        day, code, about = one.worked_on, one.work_process.code, {"day": one.worked_on, "person": to.apprentice}
        added[day] += one.hours
        _refuse_unless(day >= to.registered_on, _("%(person)s was not yet registered on %(day)s.") % about)
        _refuse_unless(status_on(day, history) == "ACTIVE", _("%(person)s was not active on %(day)s.") % about)
        process = known.get((versions[day], code))
        about["process"] = one.work_process.title
        _refuse_unless(process is not None, _("%(process)s is not in the standards of %(person)s.") % about)
        is_free = bool(one.entry_ref) or (day, code) not in held
        _refuse_unless(is_free, _("%(person)s has hours of %(day)s in %(process)s already.") % about)
        about["hours"] = taken[to.apprentice_id, day] + added[day]
        _refuse_unless(about["hours"] <= 24, _("%(person)s would have %(hours)s hours on %(day)s.") % about)
        processes[one.pk] = process
    return processes


def _target(to, picked, *, is_posted):
    """The target's week, locked with its apprenticeship and brought to the version that takes the hours."""
    starts_on = week_of(to.employer, picked[0].worked_on)
    week, _created = Timesheet.objects.get_or_create(apprenticeship=to, week_starts_on=starts_on)
    week.apprenticeship = to
    if week.state == State.APPROVED:
        week.version += 1
        week.state = State.DRAFT
        week.save(update_fields=["version", "state"])
    elif is_posted:
        waits = week.state != State.DRAFT or week.entries.filter(version=week.version).exists()
        text = _("%(person)s’s week of %(day)s has hours that are not decided yet: decide on them first.")
        _refuse_unless(not waits, text % {"person": to.apprentice, "day": starts_on})
    elif week.state == State.SUBMITTED:
        next_versions([week])  # who has looked at it looks again
    return week


def _copies(picked, target, to, processes, *, said=""):
    """Unsaved entries at the target. `said`: of approved hours, where they come from; their entries stay there, each
    with its reference."""
    return [
        HourEntry(
            timesheet=target,
            apprenticeship=to,
            employer_id=to.employer_id,
            work_process=processes[one.pk],
            worked_on=one.worked_on,
            hours=one.hours,
            note="; ".join(text for text in (one.note, said) if text),
            department=one.department,
            entry_ref=f"moved {one.pk}" if said and one.entry_ref else one.entry_ref,
            source=one.source,
            version=target.version,
            logged_at=one.logged_at,
            logged_by_id=one.logged_by_id,
        )
        for one in picked
    ]


def _take_out(week, picked):
    """The claims leave their week; one that waited is looked at again, and an empty one waits no more."""
    if week.state == State.SUBMITTED:
        next_versions([week])
    drop_claims(HourEntry.objects.filter(pk__in=[one.pk for one in picked]))
    left = HourEntry.objects.filter(timesheet=week, version=F("timesheet__version")).exists()
    if week.state == State.SUBMITTED and not left:
        update_weeks([week], state=State.DRAFT, submitted_at=None, submitted_by=None)
    else:
        update_weeks([week])


def _put_in(week, target, *, is_empty):
    """What waited goes on waiting, in a week of its own; what others have begun there stays a draft or returned."""
    if is_empty and target.state == State.DRAFT and week.state == State.SUBMITTED:
        update_weeks([target], state=State.SUBMITTED, submitted_at=week.submitted_at, submitted_by=week.submitted_by)
    else:
        update_weeks([target])


def _refuse_unless(condition, message):
    if not condition:
        raise MoveRefused(message)
