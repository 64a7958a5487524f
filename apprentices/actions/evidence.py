"""Files and photos that show the hours of a week: attached, and taken back until the week is approved. They count for
nothing; whoever decides looks at them."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.actions.facts import lock_facts
from apprentices.models import Apprenticeship, Evidence, Timesheet
from apprentices.permissions import loggable_by
from apprentices.queries.hours import week_of
from apprentices.rules.evidence import (
    EMPTY,
    LARGEST,
    MOST_PER_WEEK,
    TOO_LARGE,
    evidence_refusal,
    kept_name,
    media_type_of,
)
from employers.permissions import NotAllowed
from imt.audit.actions import record


class EvidenceRefused(ValueError):
    """The file cannot be attached, or not be taken back; the message says why."""


@transaction.atomic
def add_evidence(*, apprenticeship, day, file_name, content, by, on):
    """Attach bytes to the week that holds `day`; the same bytes again are the Evidence that is there already.

    PDF, PNG, JPEG, WEBP and HEIC by their content, 5 MB at most, ten per week; else EvidenceRefused."""
    _require(apprenticeship, by, on)
    why = evidence_refusal(content)
    if why:
        raise EvidenceRefused(_in_words(why))
    moment = lock_facts([apprenticeship.pk])
    starts_on = week_of(apprenticeship.employer, day)
    if starts_on > on:
        raise EvidenceRefused(_("The week is still to come."))
    week, _is_new = Timesheet.objects.get_or_create(apprenticeship=apprenticeship, week_starts_on=starts_on)
    standing = Evidence.objects.filter(timesheet=week, voided_at__isnull=True).defer("content")
    digest = hashlib.sha256(content).hexdigest()
    known = standing.filter(sha256=digest).first()
    if known:
        return known
    if standing.count() >= MOST_PER_WEEK:
        raise EvidenceRefused(_("At most %(count)s files per week. Take one back first.") % {"count": MOST_PER_WEEK})
    media_type = media_type_of(content)
    evidence = Evidence.objects.create(
        timesheet=week,
        file_name=kept_name(file_name, media_type),
        media_type=media_type,
        content=content,
        size=len(content),
        sha256=digest,
        added_at=moment,
        added_by=by,
    )
    record("evidence.added", by=by, subjects=[week], details=_details(evidence))
    return evidence


@transaction.atomic
def take_back_evidence(*, evidence, by, on):
    """The file is shown no more; the row stays. An approved week keeps what it was approved with."""
    apprenticeship = evidence.timesheet.apprenticeship
    _require(apprenticeship, by, on)
    moment = lock_facts([apprenticeship.pk])
    week = Timesheet.objects.get(pk=evidence.timesheet_id)
    if week.state == Timesheet.State.APPROVED:
        raise EvidenceRefused(_("The week is approved: what it was approved with stays."))
    if Evidence.objects.filter(pk=evidence.pk, voided_at__isnull=True).update(voided_at=moment, voided_by=by):
        record("evidence.taken_back", by=by, subjects=[week], details=_details(evidence))


def _require(apprenticeship, by, on):
    if not loggable_by(by, Apprenticeship.objects.filter(pk=apprenticeship.pk), on=on).exists():
        raise NotAllowed(_("These hours are not yours to log."))


def _details(evidence):
    return {"file": evidence.file_name, "bytes": evidence.size, "sha256": evidence.sha256}


def _in_words(why):
    if why == EMPTY:
        return _("The file is empty.")
    if why == TOO_LARGE:
        return _("The file is larger than %(size)s MB.") % {"size": LARGEST // (1024 * 1024)}
    return _(
        "Only PDF files and photos (JPEG, PNG, WEBP, HEIC) can be attached; this is none of them, whatever its name."
    )
