from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from apprentices.actions.apprenticeships import register
from apprentices.actions.supervision import assign
from apprentices.models import Apprenticeship, Timesheet
from apprentices.queries.approvals import ALL, MINE, PASSED, decided_of_late, queue_of
from apprentices.queries.deciders import who_should_log, with_whom
from apprentices.tests.cast import PASSWORD, REGISTERED_ON, apprentice_row
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell, submitted
from employers.actions.memberships import add_member
from employers.models import EmployerMembership, EmployerSettings
from imt.accounts.actions import create_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 9, 18, tzinfo=UTC)  # March 9 at Acme


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def member(name, acme, priya, role="SUPERVISOR"):
    user = create_person(name=name, email=f"{name.lower()}@example.org", password=PASSWORD, by=priya)
    add_member(user=user, employer=acme, role=EmployerMembership.Role[role], on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def sub(ana_at_acme, acme, priya):
    """Stands in for Ana's supervisor."""
    user = member("Sub", acme, priya)
    assign(apprenticeships=[ana_at_acme], user=user, role="SUBSTITUTE", on=REGISTERED_ON, by=priya)
    return user


@pytest.fixture
def maria(acme, priya):
    """Manager at Acme."""
    return member("Maria", acme, priya, "MANAGER")


@pytest.fixture
def ben_at_acme(ana_at_acme, priya):
    """Another apprentice at Acme, for whom nobody is named."""
    row = apprentice_row(apprentice_ref="T-0003", first_name="Ben", last_name="Zane", email="ben@example.org")
    register(rows=[row], by=priya)
    return Apprenticeship.objects.get(ref="T-0003")


@pytest.fixture
def week(ana_at_acme, sam):
    return submitted(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)


def lies(week, days_later):
    week = Timesheet.objects.select_related("apprenticeship").get(pk=week.pk)
    found = with_whom([week], today=DECIDED_ON + timedelta(days=days_later))[week.pk]
    return found.names, found.next_names, found.turn.passes_on


def test_a_week_lies_with_the_supervisor_then_with_the_substitute_then_with_the_managers(week, sam, sub, maria):
    assert lies(week, 0) == (("Sam",), ("Sub",), DECIDED_ON + timedelta(days=3))
    assert lies(week, 3) == (("Sub",), ("Maria",), DECIDED_ON + timedelta(days=6))
    assert lies(week, 6) == (("Maria",), (), None)


def test_the_employers_own_days_count(week, acme, sub, maria):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, decide_within_days=1)
    assert [lies(week, days)[0] for days in (0, 1, 2)] == [("Sam",), ("Sub",), ("Maria",)]


def test_a_mentor_who_works_for_the_employer_has_a_turn_like_a_supervisor(week, ana_at_acme, acme, priya):
    mentor = member("Mel", acme, priya)
    assign(apprenticeships=[ana_at_acme], user=mentor, role="MENTOR", on=REGISTERED_ON, by=priya)
    assert lies(week, 0)[0] == ("Mel", "Sam")


def test_who_left_the_employer_has_no_turn(week, sam, sub):
    sam.employer_memberships.update(until_on=DECIDED_ON - timedelta(days=1))
    assert lies(week, 0)[0] == ("Sub",)


def test_without_a_named_supervisor_it_lies_with_everybody_who_decides_there(week, ana_at_acme, maria):
    ana_at_acme.supervisions.all().delete()
    assert lies(week, 99) == (("Maria", "Sam"), (), None)


def test_who_claimed_hours_that_need_a_second_person_is_not_waited_for(week, acme, sub, maria):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, own_logging="SECOND_PERSON")
    assert lies(week, 0)[0] == ("Sub",)


def test_nobody_has_a_turn_on_their_own_week(week, ana_at_acme, ana, acme, priya):
    add_member(user=ana, employer=acme, role=EmployerMembership.Role.MANAGER, on=REGISTERED_ON, by=priya)
    ana_at_acme.supervisions.all().delete()
    assert lies(week, 0)[0] == ("Sam",)


def test_many_weeks_are_asked_about_at_once(ana_at_acme, sam, sub, django_assert_num_queries):
    for number in range(4):
        submitted(ana_at_acme, [cell("A", MONDAY - timedelta(weeks=number), "8")], by=sam)
    weeks = list(Timesheet.objects.select_related("apprenticeship"))
    with django_assert_num_queries(4):
        with_whom(weeks, today=DECIDED_ON)


def test_the_queue_is_mine_passed_to_me_and_everything_i_may_decide(week, ana_at_acme, ben_at_acme, sam, sub, maria):
    of_ben = submitted(ben_at_acme, [cell("A", MONDAY, "8")], by=sam)
    later = DECIDED_ON + timedelta(days=3)
    both = [week.pk, of_ben.pk]
    assert queue_of(sam, on=DECIDED_ON).weeks == {MINE: both, PASSED: [], ALL: both}
    assert queue_of(sam, on=later).weeks == {MINE: [of_ben.pk], PASSED: [], ALL: both}
    assert queue_of(sub, on=later).weeks == {MINE: both, PASSED: [week.pk], ALL: both}
    assert queue_of(maria, on=DECIDED_ON).weeks == {MINE: [of_ben.pk], PASSED: [], ALL: both}


def test_approvals_of_the_last_ten_minutes_can_be_undone(ana_at_acme, sam, oscar, clock):
    week = approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)

    def found(user):
        now = datetime.now(UTC)
        return [one.timesheet_id for one in decided_of_late(user, on=DECIDED_ON, now=now)]

    assert (found(sam), found(oscar)) == ([week.pk], [])
    clock.shift(timedelta(minutes=11))
    assert found(sam) == []


def test_who_should_log_is_the_supervisor_and_the_apprentice_where_apprentices_log(ana_at_acme, acme, sam, ana, maria):
    assert who_should_log(ana_at_acme, on=DECIDED_ON) == [sam]
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    assert who_should_log(ana_at_acme, on=DECIDED_ON) == [ana, sam]
