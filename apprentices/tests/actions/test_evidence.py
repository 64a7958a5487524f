from datetime import timedelta

import pytest

from apprentices.actions import evidence as actions
from apprentices.actions.evidence import EvidenceRefused, add_evidence, take_back_evidence
from apprentices.models import Evidence
from apprentices.queries.evidence import evidence_of
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, saved
from employers.permissions import NotAllowed
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 signed by the foreman"


def attached(apprenticeship, *, by, content=PAPER, file_name="week.pdf", day=MONDAY, on=DECIDED_ON):
    return add_evidence(apprenticeship=apprenticeship, day=day, file_name=file_name, content=content, by=by, on=on)


def test_a_file_is_kept_whole_with_what_it_is_and_who_added_it(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    row = attached(ana_at_acme, by=sam, file_name="scan.jpg", day=MONDAY + timedelta(days=3))
    row.refresh_from_db()
    assert (row.timesheet, row.file_name, row.media_type) == (week, "scan.jpg.pdf", "application/pdf")
    assert (bytes(row.content), row.size, row.added_by) == (PAPER, len(PAPER), sam)
    event = AuditEvent.objects.get(event="evidence.added")
    assert (event.subject_id, event.details["file"]) == (week.pk, "scan.jpg.pdf")


def test_a_week_that_nobody_has_begun_takes_evidence_too(ana_at_acme, sam):
    assert attached(ana_at_acme, by=sam).timesheet.state == "DRAFT"


def test_the_same_file_twice_is_one(ana_at_acme, sam):
    assert attached(ana_at_acme, by=sam) == attached(ana_at_acme, by=sam, file_name="again.pdf")
    assert AuditEvent.objects.filter(event="evidence.added").count() == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-" + b"x" * 5 * 1024 * 1024])
def test_what_cannot_be_evidence_is_refused_and_leaves_nothing(ana_at_acme, sam, content):
    with pytest.raises(EvidenceRefused):
        attached(ana_at_acme, by=sam, content=content)
    assert not Evidence.objects.exists()


def test_a_week_holds_so_many_files_and_no_more(ana_at_acme, sam, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PER_WEEK", 2)
    for number in range(2):
        attached(ana_at_acme, by=sam, content=PAPER + bytes([number]))
    with pytest.raises(EvidenceRefused, match="At most 2"):
        attached(ana_at_acme, by=sam)


def test_a_week_to_come_takes_none(ana_at_acme, sam):
    with pytest.raises(EvidenceRefused):
        attached(ana_at_acme, by=sam, day=DECIDED_ON + timedelta(days=8))


def test_taken_back_it_is_shown_no_more_and_can_be_attached_again(ana_at_acme, sam):
    row = attached(ana_at_acme, by=sam)
    take_back_evidence(evidence=row, by=sam, on=DECIDED_ON)
    take_back_evidence(evidence=row, by=sam, on=DECIDED_ON)
    assert evidence_of([row.timesheet_id]) == {}
    assert AuditEvent.objects.filter(event="evidence.taken_back").count() == 1
    again = attached(ana_at_acme, by=sam)
    assert [one.pk for one in evidence_of([row.timesheet_id])[row.timesheet_id]] == [again.pk]
    assert Evidence.objects.count() == 2


def test_an_approved_week_keeps_its_evidence(ana_at_acme, sam):
    row = attached(ana_at_acme, by=sam)
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    with pytest.raises(EvidenceRefused, match="stays"):
        take_back_evidence(evidence=row, by=sam, on=DECIDED_ON)


@pytest.mark.parametrize("who", ["oscar", "lee", "ana"])
def test_who_may_not_log_may_neither_attach_nor_take_back(ana_at_acme, sam, who, request):
    user = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        attached(ana_at_acme, by=user)
    row = attached(ana_at_acme, by=sam)
    with pytest.raises(NotAllowed):
        take_back_evidence(evidence=row, by=user, on=DECIDED_ON)
