import csv
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from apprentices.rules.canonical import canonical, digest


def answer(*arguments):
    out = io.StringIO()
    call_command("eligibility", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_the_canonical_document_and_one_line_feed(ready):
    text = answer("--as-of", "2026-03-20", "--format", "json")
    document = json.loads(text)
    assert text == canonical(document) + "\n"
    assert digest(document) == document["digest"]


def test_the_same_arguments_give_the_same_bytes(ready):
    arguments = ("--as-of", "2026-03-20", "--known-at", timezone.now().isoformat(), "--format", "json")
    assert answer(*arguments) == answer(*arguments)


def test_a_moment_may_be_written_with_z_or_an_offset(ready):
    z = answer("--as-of", "2026-03-20", "--known-at", "2026-11-01T12:00:00Z", "--format", "json")
    offset = answer("--as-of", "2026-03-20", "--known-at", "2026-11-01T06:00:00-06:00", "--format", "json")
    assert z == offset
    assert json.loads(z)["known_at"] == "2026-11-01T12:00:00.000000Z"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--known-at", "2026-11-01T12:00:00"), "needs an offset"),
        (("--known-at", "2026-11-01"), "needs an offset"),
        (("--known-at", "yesterday"), "not a moment"),
        (("--known-at", "2999-01-01T00:00:00Z"), "still to come"),
        (("--as-of", "20.11.2026"), "not a day"),
        (("--apprentice", "T-9999"), "no apprenticeship T-9999"),
    ],
)
def test_what_cannot_be_answered_is_refused(ana_at_acme, arguments, said):
    with pytest.raises(CommandError, match=said):
        answer(*arguments)


def test_a_day_to_come_is_allowed(ready):
    assert json.loads(answer("--as-of", "2999-01-01", "--format", "json"))["as_of"] == "2999-01-01"


def test_without_a_day_it_is_today_in_the_installations_time_zone(ready, settings):
    settings.TIME_ZONE = "America/Chicago"
    with time_machine.travel("2026-11-21T04:00:00Z", tick=False):
        assert json.loads(answer("--format", "json"))["as_of"] == "2026-11-20"


def test_one_apprentice_and_one_standards_can_be_asked_for(ready):
    name = "Test Sponsor, Industrial Manufacturing Technician"
    one = json.loads(answer("--apprentice", "T-0001", "--standards", name, "--format", "json"))
    assert [person["ref"] for person in one["apprentices"]] == ["T-0001"]
    assert json.loads(answer("--standards", "Another", "--format", "json"))["apprentices"] == []


def test_the_table_is_readable(ready):
    lines = answer("--as-of", "2026-01-05", "--known-at", timezone.now().isoformat()).splitlines()
    assert lines[0].split() == ["Reference", "Eligible", "OJL", "hours", "RI", "hours", "Missing"]
    assert lines[1].startswith("T-0001     no        0.00 of 30.00  0.00 of 8.00  OJL_TOTAL, OJL_PROCESS:A")
    assert lines[-1].startswith("0 of 1 eligible as of 2026-01-05, known at ")


def test_the_csv_has_a_row_per_requirement(ready):
    rows = list(csv.DictReader(io.StringIO(answer("--as-of", "2026-03-20", "--format", "csv"))))
    assert [row["code"] for row in rows][:2] == ["OJL_TOTAL", "OJL_PROCESS:A"]
    assert {(row["ref"], row["eligible"], row["met"]) for row in rows} == {("T-0001", "true", "true")}
    assert (rows[0]["required"], rows[0]["actual"], rows[0]["shortfall"]) == ("30.00", "30.00", "0.00")


def test_the_answer_goes_to_a_file_on_request(ready, tmp_path):
    file = tmp_path / "eligibility.json"
    arguments = ("--as-of", "2026-03-20", "--known-at", timezone.now().isoformat(), "--format", "json")
    assert answer(*arguments, "--output", str(file)) == ""
    assert file.read_bytes() == answer(*arguments).encode()
    assert list(tmp_path.iterdir()) == [file]
