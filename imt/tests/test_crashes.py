"""kill -9 in the middle of what changes the ledger: all of it is there afterwards, or nothing."""

import contextlib
import json
import time
from datetime import timedelta

import pytest

from apprentices.actions import hour_files
from apprentices.files.hour_headers import LIST_NEEDS
from apprentices.models import Apprenticeship, HourFile, LedgerLine
from apprentices.tests.files_of_hours import csv
from apprentices.tests.weeks import MONDAY, cell, submitted
from imt import queue
from imt.tests.processes import python
from imt.tests.threads import ROUNDS
from reports.queries.ledger_check import breaches_of

pytestmark = pytest.mark.django_db(transaction=True)


def killed(*arguments):
    """(what stood there before, [what stood there after each kill], what stands there after the commit)."""
    process = python("-m", "imt.tests.killed", "2903", str(ROUNDS), *arguments, REDIS_URL="")
    output, errors = process.communicate(timeout=60 + 5 * ROUNDS)
    assert process.returncode == 0, errors
    before, *between, after = [json.loads(line)["state"] for line in output.splitlines()]
    assert len(between) == ROUNDS + 1
    return before, between, after


@contextlib.contextmanager
def quiet_queue():
    """Messages are lost: what is to do stands in rows."""
    until, queue._quiet_until = queue._quiet_until, time.monotonic() + 60
    try:
        yield
    finally:
        queue._quiet_until = until


def nothing_is_broken():
    return list(breaches_of(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []


def test_an_approval_that_is_killed_leaves_all_or_nothing(ana_at_acme, sam):
    days = [MONDAY + timedelta(days=number) for number in range(0, 28, 7)]
    for day in days:
        submitted(ana_at_acme, [cell("A", day, "8"), cell("B", day, "2")], by=sam)
    before, between, after = killed("approve", sam.email)
    assert all(state == before for state in between)
    assert after["decisions"] == 4
    assert LedgerLine.objects.count() == 8
    assert nothing_is_broken()


def test_an_import_that_is_killed_leaves_all_or_nothing(ana_at_acme, sam, tmp_path):
    days = [MONDAY + timedelta(days=number) for number in range(40)]
    submitted(ana_at_acme, [cell("A", MONDAY, "8"), cell("B", MONDAY, "2")], by=sam)
    file = tmp_path / "hours.csv"
    file.write_text(csv(*(f"T-0001,{day},A,8,,r-{day}" for day in days[1:]), f"T-0001,{MONDAY},A,8,,"))
    before, between, after = killed("import_hours", str(file))
    assert all(state == before for state in between)
    assert after["entries"] == 41
    assert LedgerLine.objects.count() == 40  # all but the two hours that go on waiting
    assert nothing_is_broken()


def test_an_uploaded_file_whose_worker_is_killed_is_taken_in_whole_or_not_at_all(ana_at_acme, acme, sam):
    days = [MONDAY + timedelta(days=number) for number in range(40)]
    file = csv(*(f"T-0001,{day},A,8,,r-{day}" for day in days))
    columns = {name: name for name in (*LIST_NEEDS, "entry_ref")} | {"note": ""}
    hour_file = hour_files.upload(
        employer=acme, file_name="hours.csv", content=file.encode(), columns=columns, day_first=False, by=sam
    )
    HourFile.objects.filter(pk=hour_file.pk).update(state="PREVIEWED", counts={"accepted": 40})
    with quiet_queue():
        hour_files.take_in(hour_file=hour_file, by=sam, approve=True)
    before, between, after = killed("take_in_hour_file", str(hour_file.pk))
    assert all(state == before for state in between)
    assert after["entries"] == 40
    assert HourFile.objects.get().state == "TAKEN_IN"
    assert LedgerLine.objects.count() == 40
    assert nothing_is_broken()
