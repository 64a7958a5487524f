from datetime import date
from decimal import Decimal

import pytest

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprentice, Apprenticeship, Cohort, SelfIdentification, StatusChange
from apprentices.tests.cast import OCCUPATION, REGISTERED_ON, apprentice_row, small_content
from employers.actions.employers import count_journeyworkers
from employers.actions.standards import load_standards
from employers.models import Employer
from employers.permissions import NotAllowed
from employers.rules.rows import RowError

SAID = {
    "sex": "Female",
    "ethnicity": "Not Hispanic or Latino",
    "race": "Asian;White",
    "veteran": "Veteran",
    "disability": "No",
}


def outcomes(rows, by, **options):
    return [outcome.outcome for outcome in register(rows=rows, by=by, **options).outcomes]


def refused(rows, by, **options):
    with pytest.raises(RowError) as error:
        register(rows=rows, by=by, **options)
    return [outcome.field for outcome in error.value.errors]


def history(ref="T-0001"):
    changes = StatusChange.objects.filter(apprenticeship__ref=ref)
    return [(change.happened_on, change.status) for change in changes]


def second(**changes):
    """Another agreement of another person."""
    said = {"line": 3, "apprentice_ref": "T-0002", "email": "bo@example.org", "first_name": "Bo"}
    return apprentice_row(**said | changes)


def test_a_row_is_a_person_with_an_agreement(standards, priya):
    assert outcomes([apprentice_row(cohort="2026-A", journeyworker_rate=Decimal("24.50"))], priya) == ["accepted"]
    agreement = Apprenticeship.objects.get(ref="T-0001")
    assert (str(agreement.apprentice), agreement.apprentice.date_of_birth) == ("Ana Xiong", "1990-04-10")
    assert (agreement.employer.name, agreement.cohort.name) == ("Acme", "2026-A")
    assert (agreement.standards, agreement.registration) == (standards, standards.registrations.get())
    assert (agreement.journeyworker_rate, agreement.facts_position) == (Decimal("24.50"), 1)
    assert [(row.from_on, row.title) for row in agreement.job_titles.all()] == [(REGISTERED_ON, "Material Handler")]


def test_the_first_registration_publishes_the_standards(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    standards.refresh_from_db()
    assert standards.published_at is not None


def test_the_same_row_again_is_skipped(standards, priya):
    row = apprentice_row(cohort="2026-A", journeyworker_rate=Decimal("24.50"), **SAID)
    register(rows=[row], by=priya)
    assert outcomes([row], priya) == ["skipped"]
    assert Apprenticeship.objects.get().facts_position == 1


def test_the_same_row_twice_in_a_file_is_skipped_the_second_time(standards, priya):
    assert outcomes([apprentice_row(), apprentice_row(line=3)], priya) == ["accepted", "skipped"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "Anna"),
        ("last_name", "Yang"),
        ("email", "other@example.org"),
        ("email", ""),
        ("date_of_birth", date(1990, 4, 11)),
        ("date_of_birth", None),
        ("employer", "Another"),
        ("employer_state", "WI"),
        ("sponsor", "Another"),
        ("cohort", "2026-B"),
        ("job_title", "Welder"),
        ("registered_on", date(2026, 1, 6)),
        ("journeyworker_rate", Decimal("25.00")),
        ("status", "SUSPENDED"),
        ("status_reason", "Because"),
        *((field, "") for field in SAID),
        ("sex", "Male"),
        ("race", "White"),
    ],
)
def test_anything_else_that_differs_is_an_error_of_its_field(standards, priya, field, value):
    said = {"cohort": "2026-A", **SAID}
    register(rows=[apprentice_row(**said)], by=priya)
    assert refused([apprentice_row(**said | {field: value})], priya) == [field]


def test_what_was_said_in_self_identification_is_not_shown_in_an_error(standards, priya):
    register(rows=[apprentice_row(**SAID)], by=priya)
    with pytest.raises(RowError) as error:
        register(rows=[apprentice_row(**SAID | {"sex": "Male"})], by=priya)
    assert "Female" not in str(error.value)


def test_one_wrong_row_and_nothing_is_written(standards, priya):
    assert refused([apprentice_row(), second(sponsor="Nobody")], priya) == ["sponsor"]
    assert not Apprentice.objects.exists()
    assert not Employer.objects.exists()


def test_a_person_is_known_again_by_email_without_case_and_birth_date(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    taken = register(rows=[apprentice_row(apprentice_ref="T-0009", employer="Forge", last_name="Lee")], by=priya)
    assert Apprentice.objects.get().apprenticeships.count() == 2
    assert taken.warnings == ["line 1: known by this e-mail and birth date as Ana Xiong; the name is kept."]


def test_the_second_agreement_is_skipped_when_it_comes_again(standards, priya):
    rows = [apprentice_row(**SAID), apprentice_row(line=3, apprentice_ref="T-0009", last_name="Lee")]
    register(rows=rows, by=priya)
    assert outcomes(rows, priya) == ["skipped", "skipped"]


def test_an_email_with_another_birth_date_is_an_error(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    assert refused([second(email="ana@example.org", date_of_birth=date(1991, 1, 1))], priya) == ["date_of_birth"]


def test_so_it_is_within_one_file(standards, priya):
    rows = [apprentice_row(), second(email="ana@example.org", date_of_birth=date(1991, 1, 1))]
    assert refused(rows, priya) == ["date_of_birth"]


def test_an_empty_email_matches_nobody(standards, priya):
    register(rows=[apprentice_row(email=""), second(email="", first_name="Ana")], by=priya)
    assert Apprentice.objects.count() == 2


def test_an_employer_in_another_state_is_an_error(standards, priya):
    assert refused([apprentice_row(), second(employer_state="WI")], priya) == ["employer_state"]


def test_a_cohort_belongs_to_its_employer(standards, priya):
    register(rows=[apprentice_row(cohort="A"), second(cohort="A", employer="Forge")], by=priya)
    assert sorted(Cohort.objects.values_list("employer__name", "name")) == [("Acme", "A"), ("Forge", "A")]


def test_a_status_without_a_day_holds_from_the_registration(standards, priya):
    register(rows=[apprentice_row(status="COMPLETED")], by=priya)
    assert history() == [(REGISTERED_ON, "COMPLETED")]


def test_another_status_with_a_day_was_active_before(standards, priya):
    register(rows=[apprentice_row(status="SUSPENDED", status_on=date(2026, 6, 1), status_reason="Layoff")], by=priya)
    assert history() == [(REGISTERED_ON, "ACTIVE"), (date(2026, 6, 1), "SUSPENDED")]


def test_a_status_before_the_registration_is_an_error(standards, priya):
    assert refused([apprentice_row(status="SUSPENDED", status_on=date(2025, 6, 1))], priya) == ["status_on"]


def test_a_later_status_with_a_later_day_is_a_change(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    later = apprentice_row(status="SUSPENDED", status_on=date(2026, 6, 1))
    assert outcomes([later], priya) == ["changed"]
    assert history() == [(REGISTERED_ON, "ACTIVE"), (date(2026, 6, 1), "SUSPENDED")]
    assert Apprenticeship.objects.get().facts_position == 2


def test_a_status_in_the_history_is_skipped_however_many_came_after_it(standards, priya):
    rows = [
        apprentice_row(),
        apprentice_row(status="SUSPENDED", status_on=date(2026, 6, 1)),
        apprentice_row(status="ACTIVE", status_on=date(2026, 9, 1)),
    ]
    assert outcomes(rows, priya) == ["accepted", "changed", "changed"]
    assert outcomes(rows, priya) == ["skipped"] * 3


def test_states_are_recorded_as_they_stand(standards, priya):
    rows = [
        apprentice_row(status="CANCELLED", status_on=date(2026, 3, 1)),
        apprentice_row(status="ACTIVE", status_on=date(2026, 9, 1)),
    ]
    assert outcomes(rows, priya) == ["accepted", "changed"]


def test_a_status_of_an_earlier_day_is_an_error(standards, priya):
    register(rows=[apprentice_row(status="SUSPENDED", status_on=date(2026, 6, 1))], by=priya)
    assert refused([apprentice_row(status="CANCELLED", status_on=date(2026, 5, 1))], priya) == ["status_on"]


def test_self_identification_is_one_live_row_of_the_person(standards, priya):
    register(rows=[apprentice_row(**SAID)], by=priya)
    said = SelfIdentification.objects.get()
    assert {name: getattr(said, name) for name in SAID} == SAID


def test_who_says_nothing_has_no_row_of_it(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    assert not SelfIdentification.objects.exists()


def test_a_second_agreement_may_say_what_was_left_open(standards, priya):
    register(rows=[apprentice_row(sex="Female")], by=priya)
    register(rows=[apprentice_row(apprentice_ref="T-0009", race="Asian")], by=priya)
    said = SelfIdentification.objects.known().get()
    assert (said.sex, said.race) == ("Female", "Asian")
    assert SelfIdentification.objects.count() == 2


def test_a_second_agreement_does_not_change_what_was_said(standards, priya):
    register(rows=[apprentice_row(sex="Female")], by=priya)
    assert refused([apprentice_row(apprentice_ref="T-0009", sex="Male")], priya) == ["sex"]


def test_people_go_under_the_newest_version_of_their_sponsor(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    newer = load_standards(content=small_content(ojl_minimum=4000), by=priya).standards
    register(rows=[second()], by=priya)
    assert Apprenticeship.objects.get(ref="T-0002").standards == newer
    assert outcomes([apprentice_row()], priya) == ["skipped"]


def test_a_sponsor_with_several_programs_needs_to_be_told_which(standards, priya):
    other = load_standards(content=small_content(occupation="Welder"), by=priya).standards
    assert refused([apprentice_row()], priya) == ["sponsor"]
    register(rows=[apprentice_row()], by=priya, standards=[other])
    assert Apprenticeship.objects.get().standards.occupation == "Welder"


def test_an_earlier_version_may_be_named(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    load_standards(content=small_content(ojl_minimum=4000), by=priya)
    register(rows=[second()], by=priya, standards=[standards])
    assert Apprenticeship.objects.get(ref="T-0002").standards == standards


def test_a_choice_for_one_sponsor_says_nothing_for_another(standards, priya):
    load_standards(content=small_content(sponsor_name="Other"), by=priya)
    register(rows=[second(sponsor="Other")], by=priya, standards=[standards])
    assert Apprenticeship.objects.get().standards.sponsor.name == "Other"


def test_age_and_guardian_are_warnings(standards, priya):
    taken = register(rows=[apprentice_row(date_of_birth=date(2010, 6, 1))], by=priya)
    assert [warning.split(": ")[0] for warning in taken.warnings] == ["line 1", "line 1"]
    assert "15 years old" in taken.warnings[0]


def test_in_the_office_they_are_refused(standards, priya):
    row = apprentice_row(date_of_birth=date(2010, 6, 1))
    assert refused([row], priya, strict=True) == ["date_of_birth"]


def test_in_the_office_a_breach_of_the_standards_is_refused_too(standards, priya):
    assert refused([apprentice_row()], priya, strict=True) == ["sponsor"]


def test_more_apprentices_than_the_ratio_allows_are_a_warning(standards, acme, priya):
    count_journeyworkers(employer=acme, worksite="Plant", count=1, on=REGISTERED_ON, by=priya)
    assert register(rows=[apprentice_row()], by=priya).warnings == []
    taken = register(rows=[second()], by=priya)
    assert taken.warnings == ["Acme: 2 apprentices beside 1 journeyworkers; the ratio allows 1."]


def test_only_the_staff_registers(standards, oscar):
    with pytest.raises(NotAllowed):
        register(rows=[apprentice_row()], by=oscar)


def test_many_rows_take_as_few_queries_as_one(standards, priya, django_assert_max_num_queries):
    rows = [
        apprentice_row(line=line, apprentice_ref=f"T-{line}", email=f"p{line}@example.org", cohort="A", **SAID)
        for line in range(2, 90)
    ]
    with django_assert_max_num_queries(45):
        register(rows=rows, by=priya)


def test_the_name_of_the_program_is_the_sponsors_and_the_occupation(standards):
    assert standards.name == f"Test Sponsor, {OCCUPATION}"
