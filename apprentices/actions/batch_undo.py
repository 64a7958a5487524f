"""A whole import taken back: what it posted is reversed, what it claimed is taken out, what it changed is as before."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apprentices.actions.facts import facts_changed, lock_facts, lock_people
from apprentices.actions.posting import reverse
from apprentices.actions.undone import TAKEN_BACK_REF
from apprentices.models import Apprenticeship, HourEntry, JourneyCard, LedgerLine, Timesheet, TimesheetDecision
from apprentices.permissions import decidable_by, loggable_by
from apprentices.rules.batch_undo import NEW, Standing, week_after_undo
from employers.permissions import NotAllowed
from imt.accounts.models import User
from imt.audit.actions import record, record_keys
from imt.audit.models import AuditEvent, ImportBatch

KEPT = "import_batch.weeks_kept"
MOST_TOLD = 10
WEEK_FIELDS = ("state", "version", "zero_reason", "zero_note", "late_reason", "submitted_at", "submitted_by_id")
ENTRY_FIELDS = ("hours", "note", "source", "logged_at", "logged_by_id")


class UndoRefused(ValueError):
    """The import stays: the message says why. Nothing was changed."""


def keep_weeks(batch, *, weeks, entries, by):
    """Keep, in the history of the batch, what weeks and entries (ids) are before it changes them: called by the import
    inside its transaction, block by block."""
    of_weeks = Timesheet.objects.filter(pk__among=weeks).values("pk", *WEEK_FIELDS) if weeks else ()
    of_entries = HourEntry.objects.filter(pk__among=entries).values("pk", *ENTRY_FIELDS) if entries else ()
    details = {
        "weeks": {row.pop("pk"): row for row in of_weeks},
        "entries": {row.pop("pk"): row for row in of_entries},
    }
    record(KEPT, by=by, subjects=[batch], details=details)


@transaction.atomic
def undo_batch(*, batch, by, on):
    """Take an import of hours back, whole or not at all; returns the ImportBatch. Twice changes nothing.

    Every total returns to what it was: lines are reversed, claims that never counted are deleted, those that did stay
    where they were decided and give their place free. UndoRefused where later decisions or amendments stand on it,
    NotAllowed where its hours are not the user's."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk, kind="hours")
    if batch.undone_at is not None:
        return batch
    weeks_kept, entries_kept = _kept(batch)
    own = HourEntry.objects.filter(batch=batch)
    keys = set(own.values_list("timesheet", flat=True)) | weeks_kept.keys()
    apprenticeships = set(Timesheet.objects.filter(pk__among=keys).values_list("apprenticeship", flat=True))
    _require_allowed(apprenticeships, batch, by=by, on=on)
    lock_people(set(Apprenticeship.objects.filter(pk__among=apprenticeships).values_list("apprentice", flat=True)))
    moment = lock_facts(apprenticeships)
    weeks = list(Timesheet.objects.filter(pk__among=keys).select_related("apprenticeship"))
    decided = _decided(batch, keys)
    restored = _restored(weeks, weeks_kept, decided)
    # of a week, all that the import approved: its own rows, and claims that they were put up together with
    posted = HourEntry.objects.filter(
        timesheet__decisions__decided_at=batch.recorded_at,
        timesheet__decisions__version=F("version"),
        timesheet__among=list(decided),
    )
    _refuse_what_stands_on_it(posted, apprenticeships, batch)
    taken_out = _told(own)
    _reverse(posted, batch, by=by, moment=moment)
    _take_out(own, decided)
    _restore_entries(entries_kept)
    _bring_back(posted.exclude(batch=batch), weeks, restored, decided)
    _undo_decisions([week.pk for week in weeks if restored[week.pk].undoes_decision], batch, by=by, moment=moment)
    _restore_weeks(weeks, weeks_kept, restored, decided)
    facts_changed(apprenticeships)
    batch.undone_at, batch.undone_by = moment, by
    batch.save(update_fields=["undone_at", "undone_by"])
    record("import_batch.undone", by=by, subjects=[batch], details={"weeks": len(weeks)})
    record_keys(
        "hours.import_undone",
        by=by,
        model=Timesheet,
        details={week.pk: {"batch": batch.pk, "taken_out": taken_out.get(week.pk, [])} for week in weeks},
    )
    return batch


def _kept(batch):
    """({timesheet id: its fields before}, {entry id: its fields before})."""
    events = AuditEvent.objects.filter(subject_type=batch._meta.label_lower, subject_id=batch.pk, event=KEPT)
    found = list(events.order_by("pk").values_list("details", flat=True))
    if not found:
        raise UndoRefused(_("This import is older than the undoing of imports. Amend its hours line by line."))
    weeks, entries = {}, {}
    for details in found:
        weeks |= {int(key): row for key, row in details["weeks"].items()}
        entries |= {int(key): row for key, row in details["entries"].items()}
    return weeks, entries


def _require_allowed(apprenticeships, batch, *, by, on):
    found = Apprenticeship.objects.filter(pk__among=apprenticeships)
    has_posted = TimesheetDecision.objects.filter(
        timesheet__apprenticeship__among=apprenticeships, decided_at=batch.recorded_at
    ).exists()
    permission = decidable_by if has_posted else loggable_by
    allowed = set(permission(by, found, on=on).values_list("pk", flat=True))
    if by.kind != User.Kind.SYSTEM and apprenticeships - allowed:
        raise NotAllowed(_("Some of these hours are not yours to take back."))


def _decided(batch, keys):
    """{timesheet id: the version that the import approved}."""
    rows = TimesheetDecision.objects.filter(
        timesheet__among=keys, decided_at=batch.recorded_at, decided_by=batch.recorded_by_id
    )
    return dict(rows.filter(undone_at__isnull=True).values_list("timesheet", "version"))


def _restored(weeks, kept, decided):
    """{timesheet id: Restored}; UndoRefused where a week has gone on since."""
    restored, gone_on = {}, []
    for week in weeks:
        row = kept.get(week.pk)
        before = Standing(row["state"], row["version"]) if row else Standing(NEW, 0)
        found = week_after_undo(before, Standing(week.state, week.version), decided.get(week.pk))
        if found is None:
            gone_on.append(f"{week.apprenticeship.ref}, {week.week_starts_on}")
        restored[week.pk] = found
    if gone_on:
        more = "" if len(gone_on) <= MOST_TOLD else ", …"
        raise UndoRefused(
            _("These weeks were decided on or changed since, so the import stays: %(weeks)s. Amend what is wrong.")
            % {"weeks": ", ".join(sorted(gone_on)[:MOST_TOLD]) + more}
        )
    return restored


def _refuse_what_stands_on_it(posted, apprenticeships, batch):
    later = LedgerLine.objects.filter(
        entry__in=posted.values("pk"), reverses__isnull=False, posted_at__gt=batch.recorded_at
    )
    if found := later.select_related("apprenticeship", "posted_by").first():
        raise UndoRefused(
            _("%(who)s has amended hours of %(ref)s on %(day)s since. Amend what is wrong, line by line.")
            % {"who": found.posted_by, "ref": found.apprenticeship.ref, "day": found.happened_on}
        )
    cards = JourneyCard.objects.filter(
        apprenticeship__among=apprenticeships, issued_at__gt=batch.recorded_at, revoked_at__isnull=True
    )
    if posted.exists() and (card := cards.select_related("apprenticeship").first()):
        raise UndoRefused(
            _("A journey card was issued on the hours of %(ref)s since. Revoke it first, or amend what is wrong.")
            % {"ref": card.apprenticeship.ref}
        )


def _told(entries):
    """{timesheet id: [[process id, day, hours, reference]]} of claims that are taken out, for the history."""
    told = defaultdict(list)
    rows = entries.order_by("pk").values_list("timesheet", "work_process", "worked_on", "hours", "entry_ref")
    for timesheet, process, day, hours, ref in rows:
        told[timesheet].append([process, day, f"{hours:.2f}", ref])
    return told


def _reverse(posted, batch, *, by, moment):
    lines = LedgerLine.objects.standing().filter(entry__in=posted.values("pk")).order_by("apprenticeship", "position")
    reason = _("Import “%(file)s” undone") % {"file": batch.file_name}
    reverse(list(lines), reason=reason[:500], by=by, moment=moment)


def _take_out(own, decided):
    """Claims that never counted are deleted; those that did stay, and give their place free."""
    own.exclude(timesheet__among=list(decided)).delete()
    own.update(entry_ref=TAKEN_BACK_REF)


def _restore_entries(kept):
    entries = [
        HourEntry(
            pk=key,
            hours=Decimal(row["hours"]),
            note=row["note"],
            source=row["source"],
            logged_at=datetime.fromisoformat(row["logged_at"]),
            logged_by_id=row["logged_by_id"],
        )
        for key, row in kept.items()
    ]
    HourEntry.objects.bulk_update(entries, ["hours", "note", "source", "logged_at", "logged_by"], batch_size=500)


def _bring_back(posted, weeks, restored, decided):
    """Claims go to the version in which their week goes on: those that were there before the import and were approved
    with it, and those that it put up again."""
    back = [week.pk for week in weeks if restored[week.pk].brings_back]
    posted.filter(timesheet__among=back).update(version=F("version") + 1)
    put_up_again = [
        week.pk for week in weeks if week.pk not in decided and restored[week.pk].version == week.version - 1
    ]
    live = HourEntry.objects.filter(timesheet__among=put_up_again, version=F("timesheet__version"))
    live.update(version=F("version") - 1)


def _undo_decisions(weeks, batch, *, by, moment):
    found = TimesheetDecision.objects.filter(timesheet__among=weeks, decided_at=batch.recorded_at)
    found.update(undone_at=moment, undone_by=by)


def _restore_weeks(weeks, kept, restored, decided):
    """As they were before the import; a week that it had made goes, unless something is attached to it."""
    empty = _removable([week for week in weeks if week.pk not in kept and week.pk not in decided])
    for week in weeks:
        row = kept.get(week.pk, {})
        week.state, week.version = restored[week.pk].state, restored[week.pk].version
        week.zero_reason, week.zero_note = row.get("zero_reason", ""), row.get("zero_note", "")
        week.late_reason = row.get("late_reason", "")
        week.submitted_at = datetime.fromisoformat(row["submitted_at"]) if row.get("submitted_at") else None
        week.submitted_by_id = row.get("submitted_by_id")
        week.edit_number += 1
    Timesheet.objects.bulk_update(
        [week for week in weeks if week.pk not in empty],
        [*(name.removesuffix("_id") for name in WEEK_FIELDS), "edit_number"],
        batch_size=500,
    )
    Timesheet.objects.filter(pk__among=empty).delete()


def _removable(weeks):
    """Ids of those weeks to which nothing is attached any more."""
    keys = {week.pk for week in weeks}
    for relation in Timesheet._meta.related_objects:
        attached = relation.related_model.objects.filter(**{f"{relation.field.name}__among": keys})
        keys -= set(attached.values_list(relation.field.name, flat=True))
    return keys
