"""Writing one block of an imported file: entries into their weeks, the weeks put up for a decision or decided.

A block holds whole persons. Everything is written by set: the number of statements does not grow with the block."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F

from apprentices.actions.batch_undo import keep_weeks
from apprentices.actions.facts import facts_changed
from apprentices.actions.hours import close
from apprentices.models import HourEntry, Timesheet
from apprentices.queries.hours import week_settings
from apprentices.rules.hours import hours_text
from apprentices.rules.timesheets import first_weekday_on, week_start
from employers.rules.rows import ACCEPTED, CHANGED, SKIPPED
from imt.audit.actions import record_keys
from imt.fields import from_hundredths
from imt.tables import insert_rows, reserve_ids

State = Timesheet.State


@dataclass(slots=True)
class _Entry:
    """Lines of the file that are one entry; `known`: the KnownEntry that they change."""

    claim: object
    known: object = None
    hours: int = 0
    notes: list = field(default_factory=list)


@dataclass(slots=True)
class _Week:
    """A timesheet that the block touches: as it stood, and with the version its rows are put up with."""

    pk: int
    apprenticeship_id: int
    week_starts_on: date
    state: str = ""  # "" for a new one
    version: int = 1
    has_new_rows: bool = False


def write_block(judged, *, batch, file, moment):
    """Write the accepted and changed claims of `judged` and submit their weeks; with `file.approve` decide them, and
    the entries of the file that are known and still waiting."""
    entries = _entries(judged)
    waiting = _waiting(judged) if file.approve else {}
    if not entries and not waiting:
        return
    weeks = _weeks(entries, waiting)
    touched = [week for week in weeks.values() if week.has_new_rows]
    changed = [entry.known.entry_id for entry, _week in entries if entry.known]
    keep_weeks(batch, weeks=[week.pk for week in weeks.values() if week.state], entries=changed, by=file.by)
    _next_versions(touched)
    _submit(touched, by=file.by, moment=moment)
    _change([entry for entry, _week in entries if entry.known], by=file.by, moment=moment)
    new = [(entry, week) for entry, week in entries if not entry.known]
    _insert(new, batch=batch, by=file.by, moment=moment)
    if file.approve:
        _approve(list(weeks.values()), waiting, batch=batch, by=file.by, moment=moment)
        return
    details = {"batch": batch.pk}
    record_keys("hours.submitted", by=file.by, model=Timesheet, details={week.pk: details for week in touched})
    facts_changed({week.apprenticeship_id for week in touched})


def _entries(judged):
    """[[_Entry, None]] of the claims to write: lines without reference of one day and process come together."""
    entries = {}
    for one in judged:
        if one.outcome not in (ACCEPTED, CHANGED):
            continue
        claim = one.claim
        key = (claim.entry_ref and claim.line, claim.apprenticeship_id, claim.process, claim.worked_on)
        entry = entries.setdefault(key, _Entry(claim, one.known))
        entry.hours += claim.hours
        if claim.note:
            entry.notes.append(claim.note)
    return [[entry, None] for entry in entries.values()]


def _waiting(judged):
    """{timesheet id: {entry ids}} of the entries of the file that are known and wait for a decision."""
    waiting = defaultdict(set)
    for one in judged:
        if one.outcome == SKIPPED and one.known is not None and one.known.state == State.SUBMITTED:
            waiting[one.known.timesheet_id].add(one.known.entry_id)
    return waiting


def _weeks(entries, waiting):
    """{timesheet id: _Week} of all weeks touched; fills each entry's week in; missing weeks are made.

    A known entry stays in its week, on whatever day the employer's weeks start now."""
    found = {week.pk: week for week in _known_weeks(entries, waiting)}
    by_start = {(week.apprenticeship_id, week.week_starts_on): week for week in found.values()}
    starts = _week_starts([entry.claim for entry, _week in entries if not entry.known])
    missing = sorted(set(starts.values()) - by_start.keys())
    keys = reserve_ids(Timesheet, len(missing)) if missing else []
    for pk, (apprenticeship, start) in zip(keys, missing, strict=True):
        by_start[apprenticeship, start] = _Week(pk, apprenticeship, start)
    for pair in entries:
        claim, known = pair[0].claim, pair[0].known
        pair[1] = found[known.timesheet_id] if known else by_start[starts[claim.apprenticeship_id, claim.worked_on]]
        pair[1].has_new_rows = True
    touched = {week.pk: week for _entry, week in entries}
    return touched | {pk: week for pk, week in found.items() if pk in waiting}


def _week_starts(claims):
    """{(apprenticeship id, day): (apprenticeship id, first day of its employer's week)}."""
    settings = week_settings({claim.employer_id for claim in claims})
    starts = {}
    for claim in claims:
        key = claim.apprenticeship_id, claim.worked_on
        if key not in starts:
            weekday = first_weekday_on(claim.worked_on, settings[claim.employer_id])
            starts[key] = claim.apprenticeship_id, week_start(claim.worked_on, weekday)
    return starts


def _known_weeks(entries, waiting):
    columns = ("pk", "apprenticeship", "week_starts_on", "state", "version")
    rows = list(Timesheet.objects.filter(pk__among=waiting).order_by().values_list(*columns)) if waiting else []
    if entries:
        days = [entry.claim.worked_on for entry, _week in entries]
        near = Timesheet.objects.filter(
            apprenticeship__among={entry.claim.apprenticeship_id for entry, _week in entries},
            week_starts_on__range=(min(days) - timedelta(days=6), max(days)),
        )
        rows += near.order_by().values_list(*columns)
    return [_Week(*row) for row in dict.fromkeys(rows)]


def _next_versions(weeks):
    """Rows for a returned, submitted or approved week go up as its next version. What was decided stays; live claims of
    the week come along."""
    again = [week for week in weeks if week.state in (State.RETURNED, State.SUBMITTED, State.APPROVED)]
    live = [week.pk for week in again if week.state != State.APPROVED]
    HourEntry.objects.filter(timesheet__among=live, version=F("timesheet__version")).update(version=F("version") + 1)
    Timesheet.objects.filter(pk__among=[week.pk for week in again]).update(version=F("version") + 1)
    for week in again:
        week.version += 1


def _submit(weeks, *, by, moment):
    new = [week for week in weeks if not week.state]
    insert_rows(
        "apprentices_timesheet",
        (
            "id",
            "apprenticeship_id",
            "week_starts_on",
            "state",
            "version",
            "edit_number",
            "zero_reason",
            "submitted_at",
            "submitted_by_id",
        ),
        ((week.pk, week.apprenticeship_id, week.week_starts_on, "SUBMITTED", 1, 1, "", moment, by.pk) for week in new),
    )
    Timesheet.objects.filter(pk__among=[week.pk for week in weeks if week.state]).update(
        state=State.SUBMITTED,
        zero_reason="",
        zero_note="",
        submitted_at=moment,
        submitted_by=by,
        edit_number=F("edit_number") + 1,
    )


def _change(entries, *, by, moment):
    """New hours for entries of drafts and returned weeks; what they were stands in the history of the week."""
    HourEntry.objects.bulk_update(
        [
            HourEntry(
                pk=entry.known.entry_id,
                hours=from_hundredths(entry.hours),
                note="; ".join(entry.notes),
                source=HourEntry.Source.IMPORTED,
                logged_at=moment,
                logged_by=by,
            )
            for entry in entries
        ],
        ["hours", "note", "source", "logged_at", "logged_by"],
        batch_size=500,
    )
    before_and_after = defaultdict(dict)
    for entry in entries:
        cell = f"{entry.claim.work_process_id}@{entry.claim.worked_on}"
        before_and_after[entry.known.timesheet_id][cell] = [hours_text(entry.known.hours), hours_text(entry.hours)]
    record_keys("hours.saved", by=by, model=Timesheet, details=before_and_after)


def _insert(entries, *, batch, by, moment):
    insert_rows(
        "apprentices_hourentry",
        (
            "timesheet_id",
            "apprenticeship_id",
            "employer_id",
            "work_process_id",
            "worked_on",
            "hours",
            "note",
            "department",
            "entry_ref",
            "source",
            "version",
            "logged_at",
            "logged_by_id",
            "batch_id",
        ),
        (
            (
                week.pk,
                entry.claim.apprenticeship_id,
                entry.claim.employer_id,
                entry.claim.work_process_id,
                entry.claim.worked_on,
                entry.hours,
                "; ".join(entry.notes),
                "",
                entry.claim.entry_ref,
                "IMPORTED",
                week.version,
                moment,
                by.pk,
                batch.pk,
            )
            for entry, week in entries
        ),
    )


def _approve(weeks, waiting, *, batch, by, moment):
    """Decide the file's entries. What else waits in those weeks goes on waiting, as the version after."""
    others = _others(weeks, waiting, batch)
    HourEntry.objects.filter(pk__among=others.keys()).update(version=F("version") + 1)
    close(weeks, by=by, moment=moment)
    waits_on = Timesheet.objects.filter(pk__among=set(others.values()))
    waits_on.update(state=State.SUBMITTED, version=F("version") + 1)


def _others(weeks, waiting, batch):
    """{entry id: timesheet id} of live claims, in weeks that waited already, that are not the file's."""
    waited = [week.pk for week in weeks if week.state == State.SUBMITTED]
    mine = set().union(*waiting.values())
    live = HourEntry.objects.filter(timesheet__among=waited, version=F("timesheet__version"))
    if batch is not None:
        live = live.exclude(batch=batch)
    return {key: week for key, week in live.values_list("pk", "timesheet") if key not in mine}
