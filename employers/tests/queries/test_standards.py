import pytest

from apprentices.actions.apprenticeships import register
from apprentices.tests.cast import OCCUPATION, SPONSOR, apprentice_row, small_content
from employers.actions.standards import load_standards
from employers.queries.standards import UnknownStandards, standards_named


@pytest.fixture
def two_versions(standards, priya):
    register(rows=[apprentice_row()], by=priya)
    load_standards(content=small_content(ojl_minimum=4000), by=priya)


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        (f"{SPONSOR}, {OCCUPATION}", [2]),
        (f"{SPONSOR}, {OCCUPATION}@1", [1]),
        (f"{SPONSOR}, {OCCUPATION}@2", [2]),
        (OCCUPATION, [2]),
    ],
)
def test_a_name_means_the_newest_version_unless_it_says_which(two_versions, name, versions):
    assert [standards.version for standards in standards_named(name)] == versions


@pytest.mark.parametrize("name", ["Nobody", f"{SPONSOR}, {OCCUPATION}@3", ""])
def test_a_name_that_nothing_has_is_unknown(two_versions, name):
    with pytest.raises(UnknownStandards):
        standards_named(name)
