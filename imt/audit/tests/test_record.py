"""The one way into the audit log, and out of it."""

import pytest

from employers.models import Employer
from imt.audit.actions import origin, record
from imt.audit.models import AuditEvent
from imt.audit.queries import history_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms():
    return [Employer.objects.create(name=name) for name in ("Acme", "Other Works")]


def test_each_subject_has_an_event_of_its_own_in_one_insert(firms, priya, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        record("firm.greeted", by=priya, subjects=firms, details={"how": "warmly"})
    found = AuditEvent.objects.filter(event="firm.greeted").order_by("pk")
    assert [(one.subject_type, one.subject_id, one.by, one.details) for one in found] == [
        ("employers.employer", firm.pk, priya, {"how": "warmly"}) for firm in firms
    ]


def test_details_may_be_those_of_each_subject(firms, priya):
    record("firm.greeted", by=priya, subjects=firms, details=lambda firm: {"name": firm.name})
    assert history_of(firms[1]).get().details == {"name": "Other Works"}


def test_no_subjects_are_no_events(priya):
    before = AuditEvent.objects.count()
    record("firm.greeted", by=priya, subjects=[])
    assert AuditEvent.objects.count() == before


def test_an_event_says_from_where_it_came(firms, priya):
    with origin("web 10.0.0.7"):
        record("firm.greeted", by=priya, subjects=firms[:1])
    record("firm.greeted", by=priya, subjects=firms[:1])
    assert [event.origin for event in history_of(firms[0])] == ["web 10.0.0.7", ""]


@pytest.mark.parametrize("text", ["tab\there", "back\\slash", "\\N", '"quoted"', "汉字 🙂", "%s"])
def test_whatever_the_details_hold_comes_back(firms, priya, text):
    record("firm.greeted", by=priya, subjects=firms[:1], details={"text": text})
    assert history_of(firms[0]).get().details == {"text": text}
