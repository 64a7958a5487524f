"""Every room of the staff's admin: it opens, it is quick, and what only actions write cannot be typed into."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apprentices.actions.journey_cards import issue
from apprentices.models import LedgerLine
from apprentices.tests.ready import ready  # noqa: F401  a fixture
from imt.audit.admin import ReadOnlyAdmin, RecordedAdmin
from imt.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
ROOMS = {model._meta.label: room for model, room in admin.site._registry.items()}
READ_ONLY = [label for label, room in ROOMS.items() if isinstance(room, ReadOnlyAdmin)]
MOST_QUERIES = 12


@pytest.fixture
def as_priya(client, priya, settings):
    settings.DEMO = True
    client.force_login(priya)
    return client


@pytest.fixture
def filled(ready, priya, oscar, lee, ada):  # noqa: F811
    """Rows in the most of the rooms."""
    issue(apprenticeship=ready, by=priya, on=timezone.localdate())
    call_command("refresh_progress", "--wait")


def address(label, act, *arguments):
    return reverse(f"admin:{label.lower().replace('.', '_')}_{act}", args=arguments)


def first_row(label):
    return ROOMS[label].model._default_manager.first()


def test_every_room_is_of_one_of_the_two_kinds():
    assert all(isinstance(room, ReadOnlyAdmin | RecordedAdmin) for room in ROOMS.values())


@pytest.mark.parametrize("label", ROOMS)
def test_every_list_opens_and_asks_the_database_at_most_twelve_times(as_priya, filled, label):
    as_priya.get(address(label, "changelist"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = as_priya.get(address(label, "changelist"))
    assert response.status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]


@pytest.mark.parametrize("label", [label for label, room in ROOMS.items() if room.search_fields])
def test_every_list_is_searched(as_priya, filled, label):
    assert as_priya.get(address(label, "changelist"), {"q": "T-0001"}).status_code == 200


@pytest.mark.parametrize("label", ROOMS)
def test_every_row_opens(as_priya, filled, label):
    row = first_row(label)
    if row is not None:
        assert as_priya.get(address(label, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("label", READ_ONLY)
def test_a_row_that_only_actions_write_cannot_be_typed_into_or_deleted(as_priya, filled, label):
    row = first_row(label)
    if row is not None:
        before = type(row).objects.filter(pk=row.pk).values().get()
        as_priya.post(address(label, "change", row.pk), {"hours": "99", "ref": "X", "event": "x"})
        assert type(row).objects.filter(pk=row.pk).values().get() == before
        assert as_priya.post(address(label, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("label", ROOMS)
def test_nothing_is_deleted_anywhere(as_priya, filled, label):
    room = ROOMS[label]
    request = as_priya.get("/admin/").wsgi_request
    assert not room.has_delete_permission(request)
    assert "delete_selected" not in room.get_actions(request)


def test_the_first_page_leads_to_what_staff_do(as_priya):
    page = as_priya.get("/admin/").content.decode()
    assert reverse("admin:apprentices_apprenticeship_add") in page
    assert reverse("approvals") in page


def test_neither_self_identification_nor_birth_dates_have_a_room(as_priya, filled):
    assert "apprentices.SelfIdentification" not in ROOMS
    page = as_priya.get(address("apprentices.Apprentice", "change", first_row("apprentices.Apprentice").pk))
    assert "1990" not in page.content.decode()


def test_an_edited_row_is_recorded_with_what_it_was_before(as_priya, acme):
    sent = {"name": "Acme Works", "state": "PA", "time_zone": "America/New_York"}
    sent |= {f"{prefix}-{name}": 0 for prefix in ("settings", "worksites") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    response = as_priya.post(address("employers.Employer", "change", acme.pk), sent)
    assert response.status_code == 302
    event = AuditEvent.objects.get(event="employer.changed")
    assert event.details == {"name": ["Acme", "Acme Works"]}


def test_the_history_of_a_row_is_its_part_of_the_audit_log(as_priya, acme):
    page = as_priya.get(address("employers.Employer", "history", acme.pk), follow=True)
    events = page.context["cl"].result_list
    assert [(event.event, event.subject_id) for event in events] == [("employer.added", acme.pk)]


def test_the_ledger_room_shows_lines_and_no_way_to_add_one(as_priya, filled):
    assert LedgerLine.objects.exists()
    assert as_priya.get(address("apprentices.LedgerLine", "add")).status_code == 403
