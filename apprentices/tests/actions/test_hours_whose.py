"""Whose weeks one may submit, recall, approve and return: nobody decides on their own, nor a stranger on any."""

from datetime import timedelta

import pytest

from apprentices.actions import hours
from apprentices.models import LedgerLine
from apprentices.tests.cast import REGISTERED_ON
from apprentices.tests.weeks import (
    DECIDED_ON,
    MONDAY,
    cell,
    state_of,
    submitted,
)
from employers.models import EmployerSettings
from imt.accounts.actions import system_user
from imt.audit.queries import history_of

TUESDAY = MONDAY + timedelta(days=1)
ACTS = {
    "submit": hours.submit,
    "recall": hours.recall,
    "approve": hours.approve,
    "return": lambda **about: hours.return_(reason="Tuesday is missing", **about),
}


@pytest.fixture
def waiting(ana_at_acme, sam):
    """Ana's week, submitted by Sam: 8 hours in A, 7.25 in B."""
    return submitted(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", TUESDAY, "7.25")], by=sam)


def act(name, week, by, **about):
    (outcome,) = ACTS[name](timesheets=[week.pk], by=by, on=DECIDED_ON, **about)
    return outcome


def events(week):
    return [event.event for event in history_of(week)]


@pytest.mark.parametrize("name", ["recall", "approve", "return"])
@pytest.mark.parametrize("who", ["oscar", "ana", "ada", "lee"])
def test_whose_week_it_is_not_to_decide_is_refused(waiting, name, who, request):
    outcome = act(name, waiting, request.getfixturevalue(who))
    assert "not yours" in outcome.reason
    assert state_of(waiting) == ("SUBMITTED", 1)
    assert not LedgerLine.objects.exists()


@pytest.mark.parametrize("who", ["sam", "priya", "the system"])
@pytest.mark.parametrize(("name", "state"), [("approve", "APPROVED"), ("return", "RETURNED")])
def test_the_supervisor_staff_and_the_system_decide(waiting, name, state, who, request):
    by = system_user() if who == "the system" else request.getfixturevalue(who)
    assert act(name, waiting, by).timesheet.state == state


def test_nobody_approves_their_own_hours_though_they_be_supervisor_and_staff(ana_at_acme, ana, acme, priya, sam):
    ana.employer_memberships.create(employer=acme, role="SUPERVISOR", from_on=REGISTERED_ON)
    ana.is_staff = True
    ana.save()
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)
    assert "not yours" in act("approve", week, ana).reason
    assert act("approve", week, sam).is_done


def test_ana_submits_and_recalls_her_own_week_where_the_employer_lets_her_log(ana_at_acme, ana, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    week = submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=ana)
    assert act("recall", week, ana).is_done


def test_an_apprentice_is_no_judge_of_another(ana_at_acme, ben_at_acme, priya, sam, ana):
    week = submitted(ben_at_acme, [cell("A", MONDAY, "8")], by=sam)
    assert "not yours" in act("approve", week, ana).reason


def test_a_supervisor_who_has_left_decides_no_longer(waiting, sam):
    sam.employer_memberships.update(until_on=DECIDED_ON - timedelta(days=1))
    assert "not yours" in act("approve", waiting, sam).reason
