from datetime import date

import pytest
from django.urls import reverse

from employers.models import Badge, EmployerMembership
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
ADD = reverse("admin:employers_employermembership_add")


@pytest.fixture
def membership(as_priya, acme, ada):
    """Ada is a manager at Acme, by the page."""
    as_priya.post(ADD, {"user": ada.pk, "employer": acme.pk, "role": "MANAGER", "from_on": "2026-03-02"})
    return EmployerMembership.objects.get()


def test_a_membership_begins_with_a_day_and_is_recorded(membership):
    assert membership.from_on == date(2026, 3, 2)
    assert AuditEvent.objects.filter(event="membership.added").exists()


def test_a_membership_ends_with_a_day_and_nothing_else_of_it_changes(as_priya, membership):
    sent = {"until_on": "2026-06-30", "role": "SUPERVISOR", "from_on": "2020-01-01"}
    as_priya.post(reverse("admin:employers_employermembership_change", args=[membership.pk]), sent)
    membership.refresh_from_db()
    assert (membership.role, membership.from_on, membership.until_on) == (
        "MANAGER",
        date(2026, 3, 2),
        date(2026, 6, 30),
    )


def test_a_membership_that_ends_before_it_begins_is_refused(as_priya, membership):
    address = reverse("admin:employers_employermembership_change", args=[membership.pk])
    response = as_priya.post(address, {"until_on": "2026-01-01"})
    assert response.status_code == 200
    membership.refresh_from_db()
    assert membership.until_on is None


def test_said_again_nothing_changes(as_priya, membership, acme, ada):
    as_priya.post(ADD, {"user": ada.pk, "employer": acme.pk, "role": "MANAGER", "from_on": "2026-04-01"})
    assert EmployerMembership.objects.count() == 1


def test_who_leaves_gives_the_badge_back_here_too(as_priya, membership, acme, ada):
    badge = Badge.objects.create(employer=acme, number="17", user=ada, from_on=date(2026, 3, 2))
    as_priya.post(
        reverse("admin:employers_employermembership_change", args=[membership.pk]), {"until_on": "2026-06-30"}
    )
    badge.refresh_from_db()
    assert badge.until_on == date(2026, 6, 30)


def test_staff_who_are_the_only_manager_end_it_themselves(as_priya, acme, priya):
    as_priya.post(ADD, {"user": priya.pk, "employer": acme.pk, "role": "MANAGER", "from_on": "2026-03-02"})
    own = EmployerMembership.objects.get(user=priya)
    answer = as_priya.post(
        reverse("admin:employers_employermembership_change", args=[own.pk]), {"until_on": "2026-06-30"}
    )
    own.refresh_from_db()
    assert (answer.status_code, own.until_on) == (302, date(2026, 6, 30))
