import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from employers.actions.standards import load_standards
from employers.models import Standards
from imt.demo.seeding import DATA
from imt.sheets.refusals import MEGABYTE

pytestmark = pytest.mark.django_db
LOAD = reverse("admin:employers_standards_load")


def act(name, standards):
    return reverse(f"admin:employers_standards_{name}", args=[standards.pk])


def sent(content):
    return {"workbook": SimpleUploadedFile("standards.xlsx", content)}


@pytest.fixture
def workbook():
    return (DATA / "imt_standards.xlsx").read_bytes()


@pytest.fixture
def whole(as_priya, workbook):
    """The program of the papers, loaded by the page."""
    as_priya.post(LOAD, sent(workbook))
    return Standards.objects.get()


def test_a_workbook_becomes_a_version_with_all_its_parts(as_priya, workbook):
    as_priya.post(LOAD, sent(workbook))
    standards = Standards.objects.get()
    assert (standards.work_processes.count(), standards.courses.count()) == (8, 6)
    assert (standards.credential_requirements.count(), standards.wage_steps.count()) == (6, 4)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_at_the_field(as_priya, content):
    response = as_priya.post(LOAD, sent(content))
    assert "workbook" in response.context["form"].errors
    assert not Standards.objects.exists()


def test_more_than_five_megabytes_are_refused(as_priya):
    response = as_priya.post(LOAD, sent(b"PK\x03\x04" + b"0" * (5 * MEGABYTE)))
    assert "workbook" in response.context["form"].errors


def test_publishing_is_an_act_and_cannot_be_done_twice_by_the_page(as_priya, whole):
    page = as_priya.get(reverse("admin:employers_standards_change", args=[whole.pk])).content.decode()
    assert act("publish", whole) in page
    as_priya.post(act("publish", whole))
    whole.refresh_from_db()
    assert whole.published_at is not None
    page = as_priya.get(reverse("admin:employers_standards_change", args=[whole.pk])).content.decode()
    assert act("publish", whole) not in page


def test_a_breach_of_the_agencys_rules_refuses_publication_with_the_reasons(
    as_priya, priya, small_content_of_wisconsin
):
    standards = load_standards(content=small_content_of_wisconsin, by=priya).standards
    response = as_priya.post(act("publish", standards))
    assert response.status_code == 409
    assert "144" in response.content.decode()
    standards.refresh_from_db()
    assert standards.published_at is None


def test_a_published_version_asks_for_the_committee_in_its_next_version(as_priya, whole):
    as_priya.post(act("publish", whole))
    as_priya.post(act("committee", whole))
    versions = Standards.objects.order_by("version").values_list("version", "asks_for_committee")
    assert list(versions) == [(1, False), (2, True)]
