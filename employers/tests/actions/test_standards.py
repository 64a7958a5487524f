from datetime import date

import pytest
from django.db import DatabaseError, transaction

from apprentices.actions.apprenticeships import register
from apprentices.tests.cast import apprentice_row, small_content
from employers.actions.standards import PublishingRefused, ask_for_committee, load_standards, publish
from employers.models import Standards
from employers.permissions import NotAllowed
from employers.queries.standards import content_of
from employers.rules.standards import content_digest


def load(by, **changes):
    loaded = load_standards(content=small_content(**changes), by=by)
    return loaded.outcome, loaded.standards.version


def test_the_first_content_is_version_one(priya):
    assert load(priya) == ("created", 1)


def test_what_was_loaded_reads_back_as_the_same_content(priya):
    content = small_content()
    loaded = load_standards(content=content, by=priya).standards
    assert content_digest(content_of(Standards.objects.get(pk=loaded.pk))) == content_digest(content)


def test_the_same_content_is_skipped(priya):
    load(priya)
    assert load(priya) == ("skipped", 1)


def test_other_content_replaces_a_version_that_nobody_is_under(priya):
    load(priya)
    assert load(priya, ojl_minimum=4000) == ("replaced", 1)
    standards = Standards.objects.get()
    assert [process.code for process in standards.work_processes.all()] == ["A", "B"]
    assert standards.ojl_minimum == 40


def test_other_content_is_the_next_version_once_somebody_is_registered(priya):
    load(priya)
    register(rows=[apprentice_row()], by=priya)
    assert load(priya, ojl_minimum=4000) == ("next version", 2)
    assert Standards.objects.get(version=1).ojl_minimum == 30


def test_a_published_version_is_not_replaced(priya):
    publish(standards=load_standards(content=big(), by=priya).standards, by=priya)
    assert load_standards(content=big(ratio="1:2"), by=priya).outcome == "next version"


def test_the_content_of_an_earlier_version_is_skipped_too(priya):
    load(priya)
    register(rows=[apprentice_row()], by=priya)
    load(priya, ojl_minimum=4000)
    assert load(priya) == ("skipped", 1)
    assert Standards.objects.count() == 2


def test_another_occupation_counts_its_own_versions(priya):
    load(priya)
    assert load(priya, occupation="Welder") == ("created", 1)


def test_what_staff_have_set_goes_on_in_the_next_version(priya):
    standards = load_standards(content=small_content(), by=priya).standards
    ask_for_committee(standards=standards, asks=True, by=priya)
    register(rows=[apprentice_row()], by=priya)
    assert load_standards(content=small_content(ojl_minimum=4000), by=priya).standards.asks_for_committee


def test_a_version_is_registered_with_the_agency_of_its_state(priya):
    standards = load_standards(content=small_content(), by=priya).standards
    registration = standards.registrations.get()
    assert (registration.agency.code, registration.registered_on) == ("PA", date(2014, 11, 1))


def test_the_same_content_for_a_second_agency_is_one_more_registration(priya):
    load(priya)
    assert load(priya, registration_state="OH") == ("registered", 1)
    assert load(priya, registration_state="OH") == ("skipped", 1)
    assert [each.agency.code for each in Standards.objects.get().registrations.order_by("pk")] == ["PA", "OH"]


def test_other_dates_of_the_registration_are_taken_over(priya):
    load(priya)
    assert load(priya, updated_on=date(2026, 5, 1)) == ("registered", 1)
    assert Standards.objects.get().registrations.get().updated_on == date(2026, 5, 1)


def test_breaches_of_an_agencys_rules_are_findings_and_refuse_nothing(priya):
    findings = load_standards(content=small_content(), by=priya).findings
    assert {finding.code for finding in findings} >= {"OJL_FLOOR", "RI_HOURS_A_YEAR"}


def big(**changes):
    """Standards that break no rule."""
    processes = tuple(
        type(process)(**{name: getattr(process, name) for name in process.__slots__} | {"maximum": None})
        for process in small_content().processes
    )
    said = {"ojl_minimum": 273_600, "ri_minimum": 26_400, "processes": processes, "probation": "750 hours"}
    return small_content(**said | changes)


def test_publishing_in_the_office_is_refused_for_a_breach(standards, priya):
    with pytest.raises(PublishingRefused) as refusal:
        publish(standards=standards, by=priya)
    assert "OJL_FLOOR" in {finding.code for finding in refusal.value.findings}
    standards.refresh_from_db()
    assert standards.published_at is None


def test_published_numbers_do_not_change_any_more(priya):
    standards = load_standards(content=big(), by=priya).standards
    publish(standards=standards, by=priya)
    standards.refresh_from_db()
    with pytest.raises(DatabaseError), transaction.atomic():
        standards.work_processes.update(minimum=1)


def test_the_committee_of_a_published_version_comes_with_the_next_one(priya):
    standards = load_standards(content=big(), by=priya).standards
    publish(standards=standards, by=priya)
    following = ask_for_committee(standards=standards, asks=True, by=priya)
    assert (following.version, following.asks_for_committee, following.published_at) == (2, True, None)
    assert following.registrations.get().agency.code == "PA"
    assert content_digest(content_of(following)) == standards.content_digest


def test_only_the_staff_loads_standards(oscar):
    with pytest.raises(NotAllowed):
        load_standards(content=small_content(), by=oscar)
