import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apprentices.models import Evidence
from apprentices.rules.evidence import LARGEST
from apprentices.tests.weeks import DECIDED_ON, MONDAY, approved, cell
from employers.models import EmployerSettings

pytestmark = pytest.mark.django_db
ADDRESS = reverse("week_evidence", args=[MONDAY, "T-0001"])
PAPER = b"%PDF-1.7 signed"


@pytest.fixture(autouse=True)
def _in_march():
    with time_machine.travel(f"{DECIDED_ON}T18:00:00Z", tick=False):
        yield


def upload(client, content=PAPER, name="week.pdf", address=ADDRESS):
    return client.post(address, {"file": SimpleUploadedFile(name, content, content_type="text/html")}, follow=True)


def test_a_file_is_attached_and_listed_with_who_added_it(as_sam, ana_at_acme):
    page = upload(as_sam).content.decode()
    assert "Attached: week.pdf" in page
    assert "added by Sam" in page


def test_it_comes_back_byte_for_byte_as_a_sealed_download(as_sam, ana_at_acme):
    upload(as_sam, name="wëek <1>.html")
    row = Evidence.objects.get()
    response = as_sam.get(reverse("evidence_file", args=[row.pk]))
    assert response.content == PAPER
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<script>alert(1)</script>", "Only PDF files and photos"),
        (b"", "empty"),
        (b"%PDF-" + b"x" * LARGEST, "larger than 5 MB"),
    ],
)
def test_what_is_no_evidence_is_refused_at_the_field_whatever_its_name(as_sam, ana_at_acme, content, text):
    response = upload(as_sam, content, name="photo.jpg")
    assert text in response.context["errors"][0][2]
    assert not Evidence.objects.exists()


def test_nothing_chosen_is_an_error_at_the_field(as_sam, ana_at_acme):
    assert as_sam.post(ADDRESS, {}).context["errors"][0][0] == "id_file"


def test_taken_back_it_is_gone_for_everybody(as_sam, ana_at_acme):
    upload(as_sam)
    key = Evidence.objects.get().pk
    page = as_sam.post(reverse("take_back_file", args=[key]), follow=True).content.decode()
    assert "Taken back: week.pdf" in page
    assert as_sam.get(reverse("evidence_file", args=[key])).status_code == 404


def test_of_an_approved_week_nothing_is_taken_back(as_sam, ana_at_acme, sam):
    upload(as_sam)
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    key = Evidence.objects.get().pk
    assert reverse("take_back_file", args=[key]) not in as_sam.get(ADDRESS).content.decode()
    assert "stays" in as_sam.post(reverse("take_back_file", args=[key]), follow=True).content.decode()
    assert Evidence.objects.get().voided_at is None


def test_who_only_watches_downloads_and_attaches_nothing(client, as_sam, lee, ana_at_acme):
    upload(as_sam)
    key = Evidence.objects.get().pk
    client.force_login(lee)
    assert client.get(ADDRESS).context["form"] is None
    assert client.get(reverse("evidence_file", args=[key])).status_code == 200
    assert upload(client).status_code == 403
    assert client.post(reverse("take_back_file", args=[key])).status_code == 403


def test_a_stranger_finds_no_file_to_see_or_take_back(client, as_sam, oscar, ana_at_acme):
    upload(as_sam)
    key = Evidence.objects.get().pk
    client.force_login(oscar)
    assert client.get(reverse("evidence_file", args=[key])).status_code == 404
    assert client.post(reverse("take_back_file", args=[key])).status_code == 404


def test_an_apprentice_attaches_to_the_own_week_where_the_employer_lets_apprentices_log(as_ana, acme):
    address = reverse("my_week_evidence", args=[MONDAY, "T-0001"])
    assert upload(as_ana, address=address).status_code == 403
    EmployerSettings.objects.create(employer=acme, from_on=MONDAY, apprentices_log_hours=True)
    assert "Attached" in upload(as_ana, address=address).content.decode()
    page = as_ana.post(reverse("take_back_file", args=[Evidence.objects.get().pk]), follow=True)
    assert page.redirect_chain == [(address, 302)]


def test_the_list_does_not_load_the_bytes(as_sam, ana_at_acme, django_assert_num_queries):
    for number in range(3):
        upload(as_sam, PAPER + bytes([number]))
    with django_assert_num_queries(10) as seen:
        as_sam.get(ADDRESS)
    assert not [query for query in seen if '"apprentices_evidence"."content"' in query["sql"]]
