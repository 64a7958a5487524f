import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.queries.cohorts import registered_people
from reports.rules.cohorts import figures

DATA = Path(__file__).parent.parent / "data"
WORKBOOK = Path(__file__).parents[3] / "employers" / "tests" / "data" / "imt_standards.xlsx"
EXPECTED = json.loads((DATA / "history.expected.json").read_text())
FIGURES = ("registered", "completed", "cancelled", "active", "women_percent", "people_of_color_percent")


@pytest.fixture
def history(db):
    """The pilot's history, taken in by the commands."""
    silent = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("import_standards", str(WORKBOOK), **silent)
    call_command("import_apprentices", str(DATA / "history.csv"), **silent)


def answer(*arguments):
    out = io.StringIO()
    call_command("cohorts", *arguments, stdout=out)
    return out.getvalue()


def chosen(row):
    return {name: row[name] for name in FIGURES}


def test_the_history_of_the_pilot_gives_the_papers_figures(history):
    document = json.loads(answer())
    cohorts = {f"{row['employer']} / {row['cohort']}": chosen(row) for row in document["cohorts"]}
    employers = {row["employer"]: chosen(row) for row in document["employers"]}
    assert cohorts == EXPECTED["cohorts"]
    assert employers == EXPECTED["employers"]


def test_each_day_of_the_history_gives_its_own_figures(history):
    expected = EXPECTED["program"]
    overall = {day: json.loads(answer("--as-of", day))["overall"] for day in ("2013-12-31", "2015-11-30", "2015-12-31")}
    assert {
        "registered_by_2013-12-31": overall["2013-12-31"]["registered"],
        "registered_by_2015-11-30": overall["2015-11-30"]["registered"],
        "registered_by_2015-12-31": overall["2015-12-31"]["registered"],
        "women_percent_2015-11-30": overall["2015-11-30"]["women_percent"],
        "people_of_color_percent_2015-11-30": overall["2015-11-30"]["people_of_color_percent"],
        "cancelled_percent_2015-11-30": overall["2015-11-30"]["cancelled_percent"],
        "cancelled_percent_2015-12-31": overall["2015-12-31"]["cancelled_percent"],
        "active_2015-12-31": overall["2015-12-31"]["active"],
        "completed_2015-12-31": overall["2015-12-31"]["completed"],
        "employers": overall["2015-12-31"]["employers"],
        "employers_WI": next(
            row["employers"] for row in json.loads(answer("--as-of", "2015-12-31"))["states"] if row["state"] == "WI"
        ),
    } == expected


def test_the_21_people_that_the_papers_speak_of_are_cohort_1_and_those_still_in_cohort_2(history):
    people = [
        person
        for person in registered_people(as_of=date(2015, 12, 31))
        if person.employer == "Renaissance Manufacturing Group"
        and (person.cohort == "Cohort 1" or person.status == "ACTIVE")
    ]
    found = figures(people)
    assert {
        "people": found["registered"],
        "women_percent": found["women_percent"],
        "people_of_color_percent": found["people_of_color_percent"],
    } == EXPECTED["rmg_cohort_1_and_those_active_in_cohort_2_2015-12-31"]


def test_the_csv_holds_the_same_figures_as_the_json(history):
    document = json.loads(answer("--as-of", "2015-12-31"))
    rows = list(csv.DictReader(io.StringIO(answer("--as-of", "2015-12-31", "--format", "csv"))))
    tables = {"cohort": "cohorts", "employer": "employers", "year": "years", "state": "states"}
    expected = [{"table": name, **row} for name, table in tables.items() for row in document[table]]
    expected.append({"table": "overall", **document["overall"]})
    assert [{name: text for name, text in row.items() if text} for row in rows] == [
        {name: str(value) for name, value in row.items() if value not in ("", None)} for row in expected
    ]


def test_the_same_arguments_give_the_same_bytes_with_one_line_feed(history):
    once = answer("--as-of", "2015-12-31")
    assert once == answer("--as-of", "2015-12-31")
    assert once.endswith("}\n") and once.count("\n") == 1


@pytest.mark.django_db
def test_an_empty_installation_has_figures_of_nobody():
    assert json.loads(answer("--as-of", "2015-12-31"))["overall"]["registered"] == 0


@pytest.mark.django_db
def test_the_figures_go_to_a_file_on_request(tmp_path):
    file = tmp_path / "cohorts.json"
    assert answer("--as-of", "2015-12-31", "--output", str(file)) == ""
    assert file.read_text() == answer("--as-of", "2015-12-31")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="not a day"):
        answer("--as-of", "30.11.2015")
