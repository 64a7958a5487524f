import pytest

from employers.actions.agencies import agency_for, lay_agencies
from employers.models import RegistrationAgency
from imt.audit.models import AuditEvent


def test_the_eight_states_and_the_federal_office_are_laid(priya):
    assert sorted(lay_agencies(by=priya)) == ["IL", "IN", "KY", "MI", "MN", "OA", "OH", "PA", "WI"]


def test_wisconsin_has_its_own_rules(priya):
    wisconsin = lay_agencies(by=priya)["WI"]
    assert (wisconsin.notice_days, wisconsin.ri_weight, wisconsin.system) == (40, "REQUIRED", "BASERS")
    assert wisconsin.is_verified


def test_the_others_have_the_federal_rules_unverified(priya):
    agencies = lay_agencies(by=priya)
    del agencies["WI"]
    rules = {(each.notice_days, each.ri_weight, each.system, each.is_verified) for each in agencies.values()}
    assert rules == {(45, "RECOMMENDED", "RAPIDS", False)}


def test_laying_again_leaves_what_the_staff_has_edited(priya):
    lay_agencies(by=priya)
    RegistrationAgency.objects.filter(code="PA").update(notice_days=30, is_verified=True)
    assert lay_agencies(by=priya)["PA"].notice_days == 30
    assert AuditEvent.objects.filter(event="agency.added").count() == 9


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("WI", "SAA", "WI"),
        ("PA", "SAA", "PA"),
        ("MI", "OA", "MI"),
        ("WI", "OA", "OA"),
        ("NY", "OA", "OA"),
        ("", "OA", "OA"),
        ("WI", "", "WI"),
        ("NY", "SAA", "NY"),
    ],
)
def test_a_workbook_names_its_agency_by_state_and_kind(priya, state, kind, code):
    assert agency_for(state=state, kind=kind, by=priya).code == code


def test_no_agency_where_the_workbook_names_none(priya):
    assert agency_for(state="", kind="", by=priya) is None
