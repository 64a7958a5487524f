from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from apprentices.permissions import is_apprentice, watches_a_crew
from employers.actions.members import end_member
from employers.actions.memberships import add_member
from employers.permissions import approves_hours, is_labor, is_manager, is_sponsor_member, is_supervisor

pytestmark = pytest.mark.django_db
PREDICATES = (is_manager, is_supervisor, approves_hours, is_labor, is_sponsor_member, is_apprentice, watches_a_crew)


def answers(user):
    return {predicate.__name__ for predicate in PREDICATES if predicate(user)}


def test_each_of_the_cast_is_what_their_rows_say(ana, ana_at_acme, sam, lee, priya, ada):
    assert answers(ana) == {"is_apprentice"}
    assert answers(sam) == {"is_supervisor", "approves_hours", "watches_a_crew"}
    assert answers(lee) == {"is_labor", "watches_a_crew"}
    assert answers(priya) == answers(ada) == {"watches_a_crew"}
    assert answers(AnonymousUser()) == set()


def test_a_manager_approves_too(acme, ada, priya):
    add_member(user=ada, employer=acme, role="MANAGER", on=timezone.localdate(), by=priya)
    assert {"is_manager", "approves_hours"} <= answers(ada)


def test_a_membership_that_ended_yesterday_opens_nothing(sam, priya):
    today = timezone.localdate()
    about = {"today": today, "moment": timezone.now()}
    end_member(membership=sam.employer_memberships.get(), on=today - timedelta(days=1), by=priya, **about)
    assert answers(sam) == set()


def test_a_membership_that_begins_tomorrow_opens_nothing_yet(acme, ada, priya):
    tomorrow = timezone.localdate() + timedelta(days=1)
    add_member(user=ada, employer=acme, role="MANAGER", on=tomorrow, by=priya)
    assert not approves_hours(ada)


def test_who_was_switched_off_has_no_role(sam):
    sam.is_active = False
    assert answers(sam) == set()
