import pytest
from django.urls import reverse

from imt.accounts.models import User
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
ADD = reverse("admin:accounts_user_add")


@pytest.fixture
def as_priya(client, settings):
    settings.DEMO = True
    client.force_login(User.objects.create_user(name="Priya", email="priya@example.org", is_staff=True))
    return client


def test_staff_make_an_account_without_a_password(as_priya):
    as_priya.post(ADD, {"name": "New", "email": " New@Example.org ", "is_active": "on", "is_auditor": "on"})
    user = User.objects.get(name="New")
    assert (user.email, user.is_auditor, user.has_usable_password()) == ("new@example.org", True, False)
    assert AuditEvent.objects.filter(event="user.created", subject_id=user.pk).exists()


def test_somebody_without_an_address_can_have_one(as_priya):
    as_priya.post(ADD, {"name": "By badge", "email": "", "is_active": "on"})
    assert User.objects.get(name="By badge").email is None


def test_an_address_that_is_taken_is_refused_at_its_field(as_priya):
    form = as_priya.post(ADD, {"name": "Other", "email": "PRIYA@example.org"}).context["adminform"].form
    assert "email" in form.errors


def test_switching_somebody_off_is_recorded(as_priya):
    user = User.objects.create_user(name="Gone", email="gone@example.org")
    as_priya.post(reverse("admin:accounts_user_change", args=[user.pk]), {"name": "Gone", "email": "gone@example.org"})
    assert AuditEvent.objects.get(event="user.changed").details == {"is_active": [True, False]}


def test_this_systems_own_user_is_nobodys_to_edit(as_priya):
    system = User.objects.create_user(name="IMT", kind=User.Kind.SYSTEM)
    as_priya.post(reverse("admin:accounts_user_change", args=[system.pk]), {"name": "Mine"})
    system.refresh_from_db()
    assert system.name == "IMT"
