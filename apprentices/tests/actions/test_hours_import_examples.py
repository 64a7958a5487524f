"""The files that foremen and time clocks export, taken in beside what is known: each line is answered as labelled."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from apprentices.actions.apprenticeships import register
from apprentices.models import HourEntry, LedgerLine
from apprentices.tests.cast import apprentice_row
from apprentices.tests.files_of_hours import csv, everything, take
from employers.actions.standards import load_standards
from employers.files.standards import read_standards
from imt.accounts.actions import system_user

IMPORTS = Path(__file__).parents[1] / "data" / "imports"
STANDARDS = Path(__file__).parents[3] / "employers" / "tests" / "data" / "imt_standards.xlsx"
EXPORTS = ["weekly_matrix.csv", "timeclock.xlsx", "terminal.csv"]
KNOWN = csv(
    "IMT-0006,2026-10-01,B,6.00,,IMT-0006-20261001-B",
    "IMT-0006,2026-10-02,E,2.00,,IMT-0006-20261002-E",
)


@pytest.fixture
def by(db):
    """This system's own user, on a day of November 2026, in the program of the example workbook: IMT-0006 and IMT-0007
    are active, IMT-0009 is suspended since June; some approved hours of October are known."""
    with time_machine.travel(datetime(2026, 11, 20, 18, tzinfo=UTC)):
        user = system_user()
        standards = load_standards(content=read_standards(STANDARDS, STANDARDS.name), by=user).standards
        people = [
            ("IMT-0006", date(2025, 11, 3), {"employer": "Milwaukee Gear"}),
            ("IMT-0007", date(2026, 8, 3), {"employer": "Brady Corporation"}),
            (
                "IMT-0009",
                date(2024, 11, 4),
                {"employer": "Ocean Spray", "status": "SUSPENDED", "status_on": date(2026, 6, 1)},
            ),
        ]
        rows = [
            apprentice_row(
                line=line,
                apprentice_ref=ref,
                email=f"{ref.lower()}@example.org",
                employer_state="WI",
                sponsor=standards.sponsor.name,
                registered_on=registered_on,
                **about,
            )
            for line, (ref, registered_on, about) in enumerate(people)
        ]
        register(rows=rows, by=user)
        assert take(KNOWN, by=user, approve=True).said == ["accepted"] * 2
        yield user


def labels(name):
    rows = json.loads((IMPORTS / f"{name}.expected.json").read_text())
    return {row["line"]: row["expect"] for row in rows}


def said(found):
    return {one.line: label for one, label in zip(found.outcomes, found.said, strict=True)}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_comes_to_the_entries_expected_of_it(by, name):
    take(IMPORTS / name, name=name, by=by, approve=True)
    rows = HourEntry.objects.filter(batch__file_name=name).order_by("pk")
    found = [
        [ref, day.isoformat(), code, str(hours)]
        for ref, day, code, hours in rows.values_list("apprenticeship__ref", "worked_on", "work_process__code", "hours")
    ]
    assert sorted(found) == sorted(json.loads((IMPORTS / "expected.json").read_text())[name])
    assert LedgerLine.objects.filter(entry__batch__file_name=name).count() == len(found)


@pytest.mark.parametrize("name", ["hours_bad", "hours_again"])
def test_every_line_is_answered_as_labelled(by, name):
    assert said(take(IMPORTS / f"{name}.csv", name=f"{name}.csv", by=by)) == labels(name)


@pytest.mark.parametrize("name", ["hours_bad", "hours_again"])
def test_a_file_with_errors_leaves_everything_as_it_was(by, name):
    before = everything()
    take(IMPORTS / f"{name}.csv", name=f"{name}.csv", by=by, approve=True)
    assert everything() == before


@pytest.mark.parametrize("name", ["hours_bad", "hours_again"])
def test_the_good_lines_are_the_ones_that_are_taken(by, name):
    take(IMPORTS / f"{name}.csv", name=f"{name}.csv", by=by, partial=True, approve=True)
    accepted = [line for line, label in labels(name).items() if label == "accepted"]
    summed = 1 if name == "hours_again" else 0  # two of its lines are one entry
    assert HourEntry.objects.filter(batch__file_name=f"{name}.csv").count() == len(accepted) - summed


@pytest.mark.parametrize("name", [*EXPORTS, "hours_bad.csv", "hours_again.csv"])
def test_any_file_taken_in_twice_changes_nothing(by, name):
    take(IMPORTS / name, name=name, by=by, partial=True, approve=True)
    before = everything()
    assert "accepted" not in take(IMPORTS / name, name=name, by=by, partial=True, approve=True).said
    assert everything() == before
