from reports.rules.cohorts import Registered, cohort_tables
from reports.rules.public_cohorts import public_cohort_tables


def group(employer, *, women, men, cohort="1", state="WI", year=2014):
    return [
        Registered(employer, state, cohort, year, "ACTIVE", number < women, number % 2 == 0)
        for number in range(women + men)
    ]


def women_shown(tables, table, key):
    return {row[key]: row["women_percent"] for row in tables[table]}


def test_large_cells_are_shown_as_they_are():
    people = [*group("Acme", women=10, men=10), *group("Brady", women=20, men=20)]
    assert public_cohort_tables(people) == cohort_tables(people)


def test_a_small_cell_takes_a_second_one_and_its_own_cohorts_with_it():
    people = [
        *group("Acme", women=2, men=18),
        *group("Brady", women=10, men=14),
        *group("Crane", women=20, men=20, cohort="1"),
        *group("Crane", women=20, men=20, cohort="2"),
    ]
    tables = public_cohort_tables(people)
    assert women_shown(tables, "employers", "employer") == {"Acme": None, "Brady": None, "Crane": 50}
    assert [row["women_percent"] for row in tables["cohorts"]] == [None, None, 50, 50]
    assert tables["overall"]["women_percent"] is not None


def test_counts_and_other_percentages_stay():
    people = [*group("Acme", women=2, men=18), *group("Brady", women=10, men=14)]
    acme = public_cohort_tables(people)["employers"][0]
    assert acme["registered"] == 20
    assert acme["cancelled_percent"] == 0
    assert acme["people_of_color_percent"] == 50


def test_nobody_at_all_hides_nothing_and_breaks_nothing():
    assert public_cohort_tables([])["overall"]["women_percent"] is None
