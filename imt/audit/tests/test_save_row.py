import pytest
from django.core.exceptions import ValidationError

from apprentices.models import Apprentice
from employers.models import Employer
from imt.audit.actions import save_row
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_new_row_is_recorded_with_its_values(priya):
    employer = save_row(Employer(name="Acme", state="WI"), by=priya)
    event = AuditEvent.objects.get(event="employer.added")
    assert (event.subject_id, event.by, event.details["name"]) == (employer.pk, priya, [None, "Acme"])


def test_a_changed_row_is_recorded_with_what_it_was(priya, acme):
    acme.name = "Acme Works"
    save_row(acme, by=priya)
    assert AuditEvent.objects.get(event="employer.changed").details == {"name": ["Acme", "Acme Works"]}


def test_a_row_saved_as_it_is_leaves_no_trace(priya, acme):
    before = AuditEvent.objects.count()
    save_row(acme, by=priya)
    assert AuditEvent.objects.count() == before


def test_a_row_that_breaks_a_constraint_is_not_saved(priya):
    with pytest.raises(ValidationError):
        save_row(Employer(name=""), by=priya)


def test_encrypted_values_never_reach_the_log(priya, ana_at_acme):
    apprentice = Apprentice.objects.get()
    apprentice.date_of_birth = "1980-02-03"
    save_row(apprentice, by=priya)
    assert AuditEvent.objects.get(event="apprentice.changed").details == {"date_of_birth": ["…", "…"]}
