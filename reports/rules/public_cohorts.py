"""The cohorts as everyone may see them who has not the equal-opportunity role: demographic percentages of small
cells are hidden (contract: Cohorts)."""

from reports.rules.cohorts import cohort_tables, grouped
from reports.rules.small_cells import hidden_cells

_DEMOGRAPHIC = {"women_percent": "is_woman", "people_of_color_percent": "is_person_of_color"}


def public_cohort_tables(people):
    """`cohort_tables` of [Registered] with None for each hidden percentage; a page shows None as `<5`."""
    people = list(people)
    tables = cohort_tables(people)
    groups = _groups(people)
    sums = _sums(people)
    for figure, answer in _DEMOGRAPHIC.items():
        cells = {key: (sum(getattr(one, answer) for one in group), len(group)) for key, group in groups.items()}
        for key in hidden_cells(cells, sums):
            _row(tables, key)[figure] = None
    return tables


def _groups(people):
    """{key of a row: the people in it}."""
    groups = {("overall",): people}
    groups |= {
        ("cohorts", *key): group for key, group in grouped(people, lambda person: (person.employer, person.cohort))
    }
    for table, field in (("employers", "employer"), ("years", "year"), ("states", "state")):
        groups |= {
            (table, key): group for key, group in grouped(people, lambda person, field=field: getattr(person, field))
        }
    return groups


def _sums(people):
    """What adds up to what: cohorts to their employer, employers to their state, and each table to the overall row."""
    sums = [
        (("overall",), [(table, key) for key in sorted({getattr(person, field) for person in people})])
        for table, field in (("employers", "employer"), ("years", "year"), ("states", "state"))
    ]
    for total, part in (
        (lambda person: ("states", person.state), lambda person: ("employers", person.employer)),
        (lambda person: ("employers", person.employer), lambda person: ("cohorts", person.employer, person.cohort)),
    ):
        sums += [(key, sorted({part(person) for person in group})) for key, group in grouped(people, total)]
    return sums


def _row(tables, key):
    table, *values = key
    if table == "overall":
        return tables["overall"]
    names = {"cohorts": ("employer", "cohort"), "employers": ("employer",), "years": ("year",), "states": ("state",)}
    return next(row for row in tables[table] if [row[name] for name in names[table]] == values)
