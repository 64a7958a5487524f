"""Registered, active, suspended, completed, cancelled, transferred, and who they are, by cohort, employer, year and
state.

Contract: Cohorts. Shares are of everyone registered on or before the day; people who did not identify themselves
stay in the denominator and in no numerator. The cancelled share is the dropout share of the program's papers, which
give no definition of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

STATUSES = {
    "ACTIVE": "active",
    "SUSPENDED": "suspended",
    "COMPLETED": "completed",
    "CANCELLED": "cancelled",
    "TRANSFERRED": "transferred",
}
DEMOGRAPHIC = ("women_percent", "people_of_color_percent")


@dataclass(frozen=True, slots=True)
class Registered:
    """One apprenticeship registered on or before the day, with its status on that day."""

    employer: str
    state: str
    cohort: str
    year: int
    status: str
    is_woman: bool
    is_person_of_color: bool


def percentage(part, whole):
    """Rounded half up in whole numbers; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def is_woman(sex):
    return sex == "Female"


def is_person_of_color(ethnicity, races):
    """Those who say a race other than White, or Hispanic or Latino; nobody who did not say. `races` may hold several,
    separated by `;`."""
    said = {race.strip() for race in races.split(";")} - {"", "White", "Did not self-identify"}
    return bool(said) or ethnicity == "Hispanic or Latino"


def figures(people: Iterable[Registered]):
    """The figures that every row of every table has."""
    people = list(people)
    statuses = Counter(person.status for person in people)
    counts = {name: statuses[status] for status, name in STATUSES.items()}
    whole = len(people)
    return {
        "registered": whole,
        **counts,
        "cancelled_percent": percentage(counts["cancelled"], whole),
        "women_percent": percentage(sum(person.is_woman for person in people), whole),
        "people_of_color_percent": percentage(sum(person.is_person_of_color for person in people), whole),
    }


def cohort_tables(people: Iterable[Registered]):
    """{"cohorts", "employers", "years", "states", "overall"}, sorted by their keys, as the contract names them."""
    people = list(people)
    first_years = {}
    for person in people:
        first_years[person.employer] = min(person.year, first_years.get(person.employer, person.year))
    new_employers = Counter(first_years.values())
    return {
        "cohorts": [
            {"employer": employer, "cohort": cohort, **figures(group)}
            for (employer, cohort), group in grouped(people, lambda person: (person.employer, person.cohort))
        ],
        "employers": [
            {"employer": employer, **figures(group)}
            for employer, group in grouped(people, lambda person: person.employer)
        ],
        "years": [
            {"year": year, "employers": employers_of(group), "new_employers": new_employers[year], **figures(group)}
            for year, group in grouped(people, lambda person: person.year)
        ],
        "states": [
            {"state": state, "employers": employers_of(group), **figures(group)}
            for state, group in grouped(people, lambda person: person.state)
        ],
        "overall": {"employers": employers_of(people), **figures(people)},
    }


def grouped(people, key):
    """[(key, people)] sorted by key."""
    groups = defaultdict(list)
    for person in people:
        groups[key(person)].append(person)
    return sorted(groups.items())


def employers_of(people):
    """How many employers have someone among them."""
    return len({person.employer for person in people})
