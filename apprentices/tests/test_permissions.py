"""Whose hours somebody may log, and whose they may decide on."""

from datetime import date, timedelta

import pytest

from apprentices.models import Apprenticeship
from apprentices.permissions import decidable_by, is_apprentice, loggable_by, watches_a_crew
from apprentices.tests.cast import REGISTERED_ON
from employers.models import EmployerSettings
from imt.accounts.actions import system_user
from imt.accounts.models import User

ON = date(2026, 3, 2)
LATER = ON + timedelta(days=1)


@pytest.fixture
def cast(ana_at_acme, ana, sam, oscar, priya, ada, lee):
    """{name: User} of everybody, and this system."""
    return {user.name: user for user in (ana, sam, oscar, priya, ada, lee, system_user())}


def allowed(permission, user, on=ON):
    return permission(user, Apprenticeship.objects.all(), on=on).exists()


def test_ana_s_hours_are_logged_by_her_supervisor_staff_and_this_system(cast):
    assert {name for name, user in cast.items() if allowed(loggable_by, user)} == {"Sam", "Priya", "IMT"}


def test_ana_s_weeks_are_decided_on_by_the_same(cast):
    assert {name for name, user in cast.items() if allowed(decidable_by, user)} == {"Sam", "Priya", "IMT"}


@pytest.mark.parametrize(("from_on", "on", "may"), [(ON, ON, True), (LATER, ON, False), (LATER, LATER, True)])
def test_ana_logs_her_own_hours_from_the_day_on_which_the_employer_lets_her(ana_at_acme, ana, acme, from_on, on, may):
    EmployerSettings.objects.create(employer=acme, from_on=from_on, apprentices_log_hours=True)
    assert allowed(loggable_by, ana, on) is may


def test_the_latest_setting_is_the_one_that_holds(ana_at_acme, ana, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    EmployerSettings.objects.create(employer=acme, from_on=ON, apprentices_log_hours=False)
    assert allowed(loggable_by, ana, ON - timedelta(days=1))
    assert not allowed(loggable_by, ana, ON)


def test_letting_her_log_does_not_let_her_decide(ana_at_acme, ana, acme):
    EmployerSettings.objects.create(employer=acme, from_on=REGISTERED_ON, apprentices_log_hours=True)
    assert not allowed(decidable_by, ana)


@pytest.mark.parametrize("role", ["MANAGER", "SUPERVISOR"])
def test_a_manager_and_a_supervisor_of_the_employer_may_both(ana_at_acme, oscar, acme, role):
    oscar.employer_memberships.create(employer=acme, role=role, from_on=ON)
    assert allowed(loggable_by, oscar) and allowed(decidable_by, oscar)


@pytest.mark.parametrize("permission", [loggable_by, decidable_by])
@pytest.mark.parametrize(("on", "may"), [(ON, True), (LATER, False)])
def test_a_membership_holds_through_its_last_day(ana_at_acme, sam, permission, on, may):
    sam.employer_memberships.update(until_on=ON)
    assert allowed(permission, sam, on) is may


def test_being_staff_and_supervisor_decides_nothing_of_one_s_own(ana_at_acme, ana, acme):
    ana.employer_memberships.create(employer=acme, role="MANAGER", from_on=REGISTERED_ON)
    User.objects.filter(pk=ana.pk).update(is_staff=True)
    ana.refresh_from_db()
    assert allowed(loggable_by, ana)
    assert not allowed(decidable_by, ana)


def test_people_without_a_sign_in_are_decided_on_like_everybody(ana_at_acme, sam):
    ana_at_acme.apprentice.user = None
    ana_at_acme.apprentice.save()
    assert allowed(decidable_by, sam)


def test_only_ana_is_an_apprentice(cast):
    assert [name for name, user in cast.items() if is_apprentice(user)] == ["Ana Xiong"]


def test_who_watches_a_crew(cast):
    assert {name for name, user in cast.items() if watches_a_crew(user)} == {"Sam", "Oscar", "Priya", "Ada", "Lee"}
