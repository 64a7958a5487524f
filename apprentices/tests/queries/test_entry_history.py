import pytest

from apprentices.actions.amendments import amend
from apprentices.actions.undone import undo_approval
from apprentices.models import HourEntry
from apprentices.queries.entry_history import steps_of
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, submitted
from employers.models import WorkProcess

pytestmark = pytest.mark.django_db


def steps():
    entry = HourEntry.objects.select_related("work_process", "logged_by").get()
    return [(step.kind, str(step.before), str(step.hours), step.process.code, step.reason) for step in steps_of(entry)]


def correct(worked, by, reason, process=None):
    amend(entry=HourEntry.objects.get(), hours=worked, reason=reason, by=by, on=DECIDED_ON, work_process=process)


def test_a_claim_has_one_step(ana_at_acme, sam):
    submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert steps() == [("CLAIMED", "0.00", "8.00", "A", "")]


def test_each_correction_says_what_was_before_what_is_since_and_why(ana_at_acme, sam, priya):
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    correct(7, priya, "Left early")
    correct(0, sam, "Was on leave")
    correct(6, sam, "Was there after all", WorkProcess.objects.get(standards=ana_at_acme.standards, code="B"))
    assert steps() == [
        ("CLAIMED", "0.00", "8.00", "A", ""),
        ("APPROVED", "0.00", "8.00", "A", ""),
        ("AMENDED", "8.00", "7.00", "A", "Left early"),
        ("TAKEN_BACK", "7.00", "0.00", "A", "Was on leave"),
        ("AMENDED", "0.00", "6.00", "B", "Was there after all"),
    ]


def test_an_undone_approval_stands_in_the_history(ana_at_acme, sam):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    undo_approval(timesheets=[week.pk], by=sam, on=DECIDED_ON, reason="A slip")
    assert [step[0] for step in steps()] == ["CLAIMED", "APPROVED", "TAKEN_BACK"]


def test_the_page_shows_it_to_the_apprentice_from_the_hours_list(client, ana, ana_at_acme, sam, settings):
    settings.DEMO = True
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    correct(7, sam, "Left early")
    client.force_login(ana)
    address = f"/entries/{HourEntry.objects.get().pk}/"
    assert address in client.get("/me/hours/").content.decode()
    page = client.get(address).content.decode()
    assert "Amended: 8.00 h before, 7.00 h since" in page
    assert "Reason: Left early" in page
