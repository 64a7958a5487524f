from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.small_cells import hidden_cells, may_be_shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(5, 10, True), (4, 10, False), (5, 9, False), (0, 50, False), (50, 50, False), (25, 30, True), (26, 30, False)],
)
def test_a_cell_is_shown_where_it_and_its_complement_hold_five(part, whole, shown):
    assert may_be_shown(part, whole) == shown


def test_nothing_is_hidden_where_all_cells_are_large():
    cells = {"all": (20, 40), "a": (10, 20), "b": (10, 20)}
    assert hidden_cells(cells, [("all", ["a", "b"])]) == set()


def test_the_smallest_other_cell_is_hidden_where_a_total_would_give_the_first_away():
    cells = {"all": (27, 60), "small": (2, 10), "a": (10, 20), "b": (15, 30)}
    assert hidden_cells(cells, [("all", ["small", "a", "b"])]) == {"small", "a"}


def test_without_a_total_one_hidden_cell_is_enough():
    assert hidden_cells({"small": (2, 10), "a": (10, 20)}, []) == {"small"}


def test_two_hidden_cells_that_are_given_away_as_an_empty_sum_take_a_third_with_them():
    cells = {"all": (20, 60), "x": (0, 5), "y": (0, 5), "a": (8, 20), "b": (12, 30)}
    assert hidden_cells(cells, [("all", ["x", "y", "a", "b"])]) == {"x", "y", "a"}


def test_a_total_of_one_part_is_hidden_with_it():
    cells = {"all": (30, 60), "firm": (2, 10), "firm's only cohort": (2, 10), "other": (28, 50)}
    sums = [("all", ["firm", "other"]), ("firm", ["firm's only cohort"])]
    assert hidden_cells(cells, sums) == {"firm", "firm's only cohort", "other"}


def test_a_cell_hidden_for_another_is_not_given_away_by_its_own_parts():
    cells = {"all": (27, 60), "small": (2, 10), "a": (10, 20), "b": (15, 30), "a1": (5, 10), "a2": (5, 10)}
    hidden = hidden_cells(cells, [("all", ["small", "a", "b"]), ("a", ["a1", "a2"])])
    assert hidden == {"small", "a", "a1"}


def test_where_everything_else_is_hidden_the_total_is_too():
    cells = {"all": (4, 12), "a": (2, 6), "b": (2, 6)}
    assert hidden_cells(cells, [("all", ["a", "b"])]) == {"all", "a", "b"}


@st.composite
def two_way_tables(draw):
    """Cells of employers in states, with cohorts below and years beside: cells and the sums that readers know."""
    people = draw(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.integers(1, 2), st.integers(1, 3), st.booleans()),
            min_size=1,
            max_size=90,
        )
    )
    states = {"a": "W", "b": "W", "c": "P"}
    cells, parts = {}, {}
    for employer, cohort, year, counted in people:
        path = [("all",), ("state", states[employer]), ("employer", employer), ("cohort", employer, cohort)]
        for key in [*path, ("year", year)]:
            part, whole = cells.get(key, (0, 0))
            cells[key] = (part + counted, whole + 1)
        for total, one in [*pairwise(path), (("all",), ("year", year))]:
            parts.setdefault((total, one[0]), set()).add(one)
    return cells, [(total, sorted(ones, key=str)) for (total, _kind), ones in parts.items()]


@given(two_way_tables())
def test_no_small_cell_is_shown_and_no_hidden_cell_can_be_computed(table):
    cells, sums = table
    hidden = hidden_cells(cells, sums)
    assert all(key in hidden or may_be_shown(*cell) for key, cell in cells.items())
    for key in hidden:
        assert not is_determined(key, sums, hidden)


def is_determined(key, sums, hidden):
    """Whether the unit vector of `key` lies in the span of the relations: the ranks say it."""
    unknowns = sorted(hidden, key=str)
    rows = [[Fraction((name == total) - (name in parts)) for name in unknowns] for total, parts in sums]
    return rank(rows) == rank([*rows, [Fraction(name == key) for name in unknowns]])


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / rows[found][column]
            rows[at] = [one - factor * other for one, other in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found
