from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from apprentices.models import Apprenticeship, JourneyCard, SelfIdentification, StatusChange, Supervision
from apprentices.tests.ready import ready  # noqa: F401  a fixture
from employers import tests as standards_tests
from employers.actions.standards import load_standards
from employers.files.standards import read_standards

DATA = Path(standards_tests.__file__).parent / "data"
pytestmark = pytest.mark.django_db
ADD = reverse("admin:apprentices_apprenticeship_add")


@pytest.fixture
def whole(priya):
    """The program of the papers: the small one of the cast is too short for the office."""
    return load_standards(content=read_standards(DATA / "imt_standards.xlsx", "imt_standards.xlsx"), by=priya).standards


@pytest.fixture
def agreement(whole, acme):
    """What the registration form sends."""
    return {
        "apprentice_ref": "2026-0042",
        "first_name": "Noor",
        "last_name": "Aziz",
        "email": "Noor@Example.org",
        "date_of_birth": "1999-05-01",
        "standards": whole.pk,
        "employer": acme.pk,
        "cohort": "2026",
        "job_title": "Operator",
        "registered_on": "2026-02-02",
        "status": "ACTIVE",
        "journeyworker_rate": "27.50",
        "sex": "Female",
        "race": ["Asian", "White"],
    }


def act(name, apprenticeship):
    return reverse(f"admin:apprentices_apprenticeship_{name}", args=[apprenticeship.pk])


def test_staff_register_somebody_who_is_then_active(as_priya, agreement):
    response = as_priya.post(ADD, agreement)
    registered = Apprenticeship.objects.get(ref="2026-0042")
    assert response.headers["Location"] == reverse("admin:apprentices_apprenticeship_change", args=[registered.pk])
    assert registered.apprentice.email == "noor@example.org"
    assert list(registered.status_changes.values_list("status", "happened_on")) == [("ACTIVE", date(2026, 2, 2))]
    assert str(registered.journeyworker_rate) == "27.50"


def test_self_identification_is_kept_apart(as_priya, agreement):
    as_priya.post(ADD, agreement)
    answers = SelfIdentification.objects.get()
    assert (answers.sex, answers.race, answers.veteran) == ("Female", "Asian;White", "")


def test_somebody_below_sixteen_is_refused_at_the_field(as_priya, agreement):
    response = as_priya.post(ADD, agreement | {"date_of_birth": "2012-01-01"})
    assert "date_of_birth" in response.context["form"].errors
    assert not Apprenticeship.objects.exists()


def test_a_minor_is_registered_once_the_guardian_has_signed(as_priya, agreement):
    minor = agreement | {"date_of_birth": "2009-01-01"}
    assert "date_of_birth" in as_priya.post(ADD, minor).context["form"].errors
    assert as_priya.post(ADD, minor | {"guardian_signed": "on"}).status_code == 302


def test_standards_that_no_agency_would_register_are_refused_at_their_field(as_priya, agreement, standards):
    assert "standards" in as_priya.post(ADD, agreement | {"standards": standards.pk}).context["form"].errors


def test_a_reference_that_is_taken_by_another_agreement_is_refused(as_priya, agreement, ana_at_acme):
    form = as_priya.post(ADD, agreement | {"apprentice_ref": "T-0001"}).context["form"]
    assert form.errors
    assert Apprenticeship.objects.count() == 1


def test_the_form_suggests_a_reference_that_is_free(as_priya, agreement):
    year = timezone.localdate().year
    as_priya.post(ADD, agreement | {"apprentice_ref": f"{year}-0001"})
    assert as_priya.get(ADD).context["form"]["apprentice_ref"].value() == f"{year}-0002"


def test_the_card_is_refused_with_the_list_of_what_is_missing(as_priya, ana_at_acme):
    response = as_priya.post(act("card", ana_at_acme), {"issued_on": timezone.localdate()})
    assert response.status_code == 409
    assert "OJL_TOTAL 0.00 of 30.00, 30.00 h short" in response.content.decode()
    assert not JourneyCard.objects.exists()


def test_the_card_is_issued_to_who_meets_everything(as_priya, ready):  # noqa: F811
    page = as_priya.post(act("card", ready), {"issued_on": timezone.localdate()}, follow=True).content.decode()
    assert JourneyCard.objects.get().number in page


def test_a_second_card_is_refused_in_words(as_priya, ready):  # noqa: F811
    sent = {"issued_on": timezone.localdate()}
    as_priya.post(act("card", ready), sent)
    response = as_priya.post(act("card", ready), sent)
    assert response.status_code == 409
    assert "was issued on" in response.content.decode()


def test_a_status_is_changed_with_its_reason(as_priya, ana_at_acme):
    sent = {"status": "SUSPENDED", "on": timezone.localdate(), "reason": "Family leave"}
    as_priya.post(act("status", ana_at_acme), sent)
    assert StatusChange.objects.filter(status="SUSPENDED", reason="Family leave").exists()


def test_a_status_that_does_not_follow_is_refused_in_words(as_priya, ana_at_acme):
    sent = {"status": "REGISTERED", "on": timezone.localdate(), "reason": "x"}
    response = as_priya.post(act("status", ana_at_acme), sent)
    assert response.status_code == 409
    assert "does not follow" in response.content.decode()


def test_a_mentor_is_named_from_a_day_on(as_priya, ana_at_acme, sam):
    sent = {"user": sam.pk, "role": "MENTOR", "on": timezone.localdate() - timedelta(days=3)}
    as_priya.post(act("supervision", ana_at_acme), sent)
    assert Supervision.objects.filter(user=sam, role="MENTOR").exists()


def test_somebody_of_another_employer_cannot_be_named(as_priya, ana_at_acme, oscar):
    sent = {"user": oscar.pk, "role": "MENTOR", "on": timezone.localdate()}
    assert "user" in as_priya.post(act("supervision", ana_at_acme), sent).context["form"].errors


@pytest.mark.parametrize("name", ["card", "status", "supervision"])
def test_an_act_on_somebody_who_does_not_exist_is_a_missing_page(as_priya, name):
    assert as_priya.get(reverse(f"admin:apprentices_apprenticeship_{name}", args=[10**9])).status_code == 404


@pytest.mark.parametrize("status", ["ACTIVE", "CANCELLED"])
def test_the_list_is_filtered_by_the_status_of_today(as_priya, ana_at_acme, status):
    page = as_priya.get(reverse("admin:apprentices_apprenticeship_changelist"), {"status": status})
    assert len(page.context["cl"].result_list) == (1 if status == "ACTIVE" else 0)
