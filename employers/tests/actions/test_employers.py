from datetime import date

import pytest

from employers.actions.employers import EmployerStateError, count_journeyworkers, employer_of, employers_of, sponsor_of
from employers.models import Employer, Sponsor

TODAY = date(2026, 11, 20)


def test_an_employer_is_known_by_its_name(priya):
    first = employer_of(name="Acme", state="PA", by=priya)
    assert employer_of(name="Acme", state="PA", by=priya) == first


def test_another_state_is_an_error(priya):
    employer_of(name="Acme", state="PA", by=priya)
    with pytest.raises(EmployerStateError) as error:
        employer_of(name="Acme", state="WI", by=priya)
    assert (error.value.name, error.value.found, error.value.expected) == ("Acme", "WI", "PA")


def test_a_state_that_was_open_is_filled_in(priya):
    employer_of(name="Acme", by=priya)
    assert employer_of(name="Acme", state="WI", by=priya).state == "WI"
    assert Employer.objects.get().state == "WI"


def test_no_state_says_nothing_about_a_known_one(priya):
    employer_of(name="Acme", state="WI", by=priya)
    assert employer_of(name="Acme", by=priya).state == "WI"


def test_an_employer_is_in_the_time_zone_of_its_state(priya):
    employers = employers_of(states={"Acme": "PA", "Forge": "WI", "Nowhere": ""}, by=priya)
    assert {name: employer.time_zone for name, employer in employers.items()} == {
        "Acme": "America/New_York",
        "Forge": "America/Chicago",
        "Nowhere": "America/Chicago",
    }


def test_many_employers_take_as_few_queries_as_one(priya, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        employers_of(states={f"Firm {number}": "WI" for number in range(50)}, by=priya)


def test_a_sponsor_is_known_by_its_name(priya):
    assert sponsor_of(name="WRTP", by=priya) == sponsor_of(name="WRTP", by=priya)
    assert Sponsor.objects.count() == 1


def test_the_later_count_of_a_day_holds(acme, priya):
    for count in (3, 4):
        counted = count_journeyworkers(employer=acme, worksite="Plant 1", count=count, on=TODAY, by=priya)
    assert [row.count for row in counted.worksite.journeyworker_counts.all()] == [4]
