from datetime import date

import pytest
from django.utils import timezone

from apprentices.actions.supervision import assign, end
from apprentices.models import Apprenticeship, Supervision
from employers.actions.members import end_member
from employers.permissions import NotAllowed

JUNE = date(2026, 6, 1)
MENTOR = Supervision.Role.MENTOR


def test_a_mentor_is_assigned_from_a_day(ana_at_acme, sam, lee, priya):
    assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=priya)
    assert Supervision.objects.in_force(JUNE).filter(user=lee, role=MENTOR).exists()


def test_said_again_it_changes_nothing(ana_at_acme, sam, lee, priya):
    assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=priya)
    assert assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=priya) == []


def test_it_ends_on_a_day(ana_at_acme, sam, priya):
    end(supervisions=list(Supervision.objects.all()), on=JUNE, by=priya)
    assert Supervision.objects.get().until_on == JUNE


def test_a_supervisor_of_the_employer_may_assign(ana_at_acme, sam, lee):
    assert len(assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=sam)) == 1


def test_one_from_elsewhere_may_not(ana_at_acme, oscar, lee):
    with pytest.raises(NotAllowed):
        assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=oscar)


def leave(user, *, by):
    about = {"today": timezone.localdate(), "moment": timezone.now()}
    end_member(membership=user.employer_memberships.get(), on=JUNE, by=by, **about)


def test_who_left_the_employer_supervises_nobody_there(ana_at_acme, sam, priya):
    leave(sam, by=priya)
    held = [Supervision.objects.in_force(day).filter(user=sam).exists() for day in (JUNE, date(2026, 6, 2))]
    assert held == [True, False]


def test_who_left_no_longer_sees_the_person(ana_at_acme, sam, priya):
    leave(sam, by=priya)
    assert not Apprenticeship.objects.visible_to(sam).exists()


def test_a_mentor_who_never_was_a_member_stays_one(ana_at_acme, lee, priya):
    assign(apprenticeships=[ana_at_acme], user=lee, role=MENTOR, on=JUNE, by=priya)
    assert Supervision.objects.in_force(date(2026, 7, 1)).filter(user=lee).exists()
