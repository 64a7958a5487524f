"""Two who act on an employer's people at the same moment: one wins, and somebody is always left to run it."""

import pytest
from django.utils import timezone

from apprentices.tests.cast import REGISTERED_ON
from employers.actions.badges import BadgeRefused, give_badge
from employers.actions.members import MemberRefused, add_invited_member, change_role, end_member
from employers.actions.memberships import add_member
from employers.actions.tablets import offer_pairing, pair
from employers.models import Badge, EmployerMembership, PairedDevice
from employers.permissions import NotAllowed
from imt.accounts.actions import create_person
from imt.accounts.models import User
from imt.tests.threads import ROUNDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def managers(acme, priya):
    """Two managers of Acme, and the membership of each."""
    people = [create_person(name=name, email=f"{name}@example.org".lower(), by=priya) for name in ("Maria", "Max")]
    return [(user, add_member(user=user, employer=acme, role="MANAGER", on=REGISTERED_ON, by=priya)) for user in people]


def test_of_two_managers_who_leave_at_once_one_stays(managers, acme):
    today = timezone.localdate()
    for _round in range(ROUNDS):

        def leave(user, row):
            return lambda: end_member(membership=row, on=today, by=user, today=today, moment=timezone.now())

        results = at_once([leave(*one) for one in managers])
        assert sum(isinstance(result, MemberRefused) for result in results) == 1
        EmployerMembership.objects.update(until_on=None)


def test_of_two_managers_who_step_down_at_once_one_stays(managers, acme):
    def step_down(user, row):
        return lambda: change_role(membership=row, role="SUPERVISOR", on=timezone.localdate(), by=user)

    at_once([step_down(*one) for one in managers])
    assert EmployerMembership.objects.in_force().filter(role="MANAGER").count() == 1


def test_the_same_person_invited_twice_at_once_is_one(managers, acme):
    def invite(by):
        return lambda: add_invited_member(
            name="Noor", email="noor@example.org", employer=acme, role="SUPERVISOR", on=timezone.localdate(), by=by
        )

    at_once([invite(user) for user, _row in managers] * 2)
    assert User.objects.filter(email="noor@example.org").count() == 1
    assert EmployerMembership.objects.filter(user__email="noor@example.org").count() == 1


def test_a_badge_given_to_two_at_once_is_ones(managers, acme, priya):
    def give(user):
        return lambda: give_badge(user=user, employer=acme, number="12", on=timezone.localdate(), by=priya)

    results = at_once([give(user) for user, _row in managers])
    assert sorted(isinstance(result, BadgeRefused) for result in results) == [False, True]
    assert Badge.objects.count() == 1


def test_a_code_taken_by_two_tablets_at_once_pairs_one(acme, priya):
    for _round in range(ROUNDS):
        code = offer_pairing(employer=acme, name="Line 4", by=priya)
        results = at_once([lambda code=code: pair(code=code, moment=timezone.now())] * 2)
        assert sum(result is None for result in results) == 1
    assert PairedDevice.objects.count() == ROUNDS


def test_a_manager_does_not_act_for_another_employer(managers, oscar):
    (user, _row), *_others = managers
    other = oscar.employer_memberships.get().employer
    for act in (
        lambda: offer_pairing(employer=other, name="x", by=user),
        lambda: give_badge(user=oscar, employer=other, number="1", on=timezone.localdate(), by=user),
        lambda: add_invited_member(name="N", email="", employer=other, role="MANAGER", on=REGISTERED_ON, by=user),
    ):
        with pytest.raises(NotAllowed):
            act()
