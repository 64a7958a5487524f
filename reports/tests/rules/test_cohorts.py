import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.cohorts import Registered, cohort_tables, figures, is_person_of_color, is_woman, percentage


def someone(**changes):
    said = {
        "employer": "Acme",
        "state": "WI",
        "cohort": "Cohort 1",
        "year": 2014,
        "status": "ACTIVE",
        "is_woman": False,
        "is_person_of_color": False,
    }
    return Registered(**said | changes)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 8, 0), (1, 8, 13), (1, 200, 1), (1, 201, 0), (2, 3, 67), (8, 8, 100), (3, 24, 13), (0, 0, None)],
)
def test_percentages_are_rounded_half_up_and_nothing_has_none(part, whole, percent):
    assert percentage(part, whole) == percent


@pytest.mark.parametrize(
    ("ethnicity", "races", "expected"),
    [
        ("", "", False),
        ("Did not self-identify", "Did not self-identify", False),
        ("Not Hispanic or Latino", "White", False),
        ("Not Hispanic or Latino", "Asian", True),
        ("", "White;Black or African American", True),
        ("", "White; Asian", True),
        ("Hispanic or Latino", "White", True),
        ("Hispanic or Latino", "", True),
        ("Not Hispanic or Latino", "", False),
        ("", "Native Hawaiian or Other Pacific Islander", True),
    ],
)
def test_people_of_color_say_a_race_other_than_white_or_hispanic_or_latino(ethnicity, races, expected):
    assert is_person_of_color(ethnicity, races) == expected


@pytest.mark.parametrize(("sex", "expected"), [("Female", True), ("Male", False), ("", False)])
def test_women_are_those_who_say_so(sex, expected):
    assert is_woman(sex) == expected


def test_figures_count_the_five_states_and_registered_people_in_the_total_only():
    people = [
        someone(status=status)
        for status in ["REGISTERED", "ACTIVE", "ACTIVE", "SUSPENDED", "COMPLETED", "CANCELLED", "TRANSFERRED"]
    ]
    assert figures(people) == {
        "registered": 7,
        "active": 2,
        "suspended": 1,
        "completed": 1,
        "cancelled": 1,
        "transferred": 1,
        "cancelled_percent": 14,
        "women_percent": 0,
        "people_of_color_percent": 0,
    }


def test_who_did_not_say_stays_in_the_denominator():
    people = [someone(is_woman=True, is_person_of_color=True), someone(), someone()]
    found = figures(people)
    assert (found["women_percent"], found["people_of_color_percent"]) == (33, 33)


def test_tables_are_sorted_by_their_keys():
    people = [
        someone(employer="Zeta", cohort="2", year=2015, state="WI"),
        someone(employer="Zeta", cohort="", year=2014, state="WI"),
        someone(employer="Acme", cohort="9", year=2015, state="PA"),
    ]
    tables = cohort_tables(people)
    assert [(row["employer"], row["cohort"]) for row in tables["cohorts"]] == [
        ("Acme", "9"),
        ("Zeta", ""),
        ("Zeta", "2"),
    ]
    assert [row["employer"] for row in tables["employers"]] == ["Acme", "Zeta"]
    assert [row["year"] for row in tables["years"]] == [2014, 2015]
    assert [row["state"] for row in tables["states"]] == ["PA", "WI"]


def test_employers_are_counted_where_they_have_someone_and_are_new_in_their_first_year():
    people = [
        someone(employer="Acme", year=2013),
        someone(employer="Acme", year=2014),
        someone(employer="Brady", year=2014, state="PA"),
        someone(employer="Crane", year=2014),
    ]
    tables = cohort_tables(people)
    assert [(row["year"], row["employers"], row["new_employers"]) for row in tables["years"]] == [
        (2013, 1, 1),
        (2014, 3, 2),
    ]
    assert [(row["state"], row["employers"]) for row in tables["states"]] == [("PA", 1), ("WI", 2)]
    assert tables["overall"]["employers"] == 3


def test_percentages_of_nobody_are_null():
    tables = cohort_tables([])
    assert tables["overall"]["registered"] == tables["overall"]["employers"] == 0
    assert tables["overall"]["cancelled_percent"] is None
    assert tables["cohorts"] == tables["years"] == []


people = st.lists(
    st.builds(
        Registered,
        st.sampled_from(["Acme", "Brady"]),
        st.sampled_from(["WI", "PA"]),
        st.sampled_from(["", "1", "2"]),
        st.integers(2013, 2016),
        st.sampled_from(["REGISTERED", "ACTIVE", "SUSPENDED", "COMPLETED", "CANCELLED", "TRANSFERRED"]),
        st.booleans(),
        st.booleans(),
    )
)


@given(people)
def test_every_table_adds_up_to_the_overall_row(registered):
    tables = cohort_tables(registered)
    for count in ("registered", "active", "suspended", "completed", "cancelled", "transferred"):
        for table in ("cohorts", "employers", "years", "states"):
            assert sum(row[count] for row in tables[table]) == tables["overall"][count]
    assert sum(row["new_employers"] for row in tables["years"]) == tables["overall"]["employers"]


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_percentage_is_within_half_of_the_share(part, whole):
    assert abs(percentage(part, whole) - 100 * part / whole) <= 0.5
