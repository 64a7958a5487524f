from datetime import date, timedelta

import pytest

from employers.actions.memberships import add_local_member, add_member, add_sponsor_member, cover_employer, end
from employers.models import Employer, EmployerMembership, LocalCoverage, Sponsor, UnionLocal
from employers.permissions import NotAllowed

START = date(2026, 1, 5)
SUPERVISOR = EmployerMembership.Role.SUPERVISOR


def test_a_member_belongs_to_the_employer_from_that_day(acme, ana, priya):
    add_member(user=ana, employer=acme, role=SUPERVISOR, on=START, by=priya)
    assert ana.employer_memberships.in_force(START).exists()
    assert not ana.employer_memberships.in_force(START - timedelta(days=1)).exists()


def test_saying_it_again_changes_nothing(acme, ana, priya):
    first = add_member(user=ana, employer=acme, role=SUPERVISOR, on=START, by=priya)
    assert add_member(user=ana, employer=acme, role=SUPERVISOR, on=START + timedelta(days=9), by=priya) == first


def test_after_its_last_day_it_may_begin_anew(ana, priya):
    first = add_local_member(user=ana, local="Local 9", on=START, by=priya)
    end(membership=first, on=START + timedelta(days=5), by=priya)
    assert add_local_member(user=ana, local="Local 9", on=START + timedelta(days=9), by=priya) != first


def test_a_labor_representative_sees_the_employers_that_the_local_covers(acme, lee, oscar):
    assert list(Employer.objects.visible_to(lee)) == [acme]


def test_a_local_may_be_given_by_its_name_or_itself(acme, ana, priya):
    add_local_member(user=ana, local="Local 2", on=START, by=priya)
    cover_employer(local=UnionLocal.objects.get(name="Local 2"), employer=acme, on=START, by=priya)
    assert LocalCoverage.objects.get().local.name == "Local 2"


def test_a_sponsors_member_sees_the_sponsor(sponsor, ana, priya):
    add_sponsor_member(user=ana, sponsor=sponsor, on=START, by=priya)
    assert list(Sponsor.objects.visible_to(ana)) == [sponsor]


def test_only_the_staff_adds_members(acme, ana, oscar):
    with pytest.raises(NotAllowed):
        add_member(user=ana, employer=acme, role=SUPERVISOR, on=START, by=oscar)
