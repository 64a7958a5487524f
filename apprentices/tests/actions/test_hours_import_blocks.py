"""A file of hours is judged and written block by block, and comes to the same as in one."""

import tracemalloc
from datetime import date, timedelta

import pytest
from django.db import transaction

from apprentices.actions import hours_import, hours_staging
from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship
from apprentices.queries.known_hours import people_for
from apprentices.rules.hour_lines import HourRecord
from apprentices.tests.cast import apprentice_row
from apprentices.tests.files_of_hours import csv, entries, take, weeks
from apprentices.tests.weeks import MONDAY, ledger


def many_lines(refs):
    """Weeks of a few people whose lines lie criss-cross in the file, with faults, sums and references."""
    days = [MONDAY + timedelta(days=number) for number in range(14)]
    lines = []
    for number, day in enumerate(days):
        for person, ref in enumerate(refs):
            lines.append(f"{ref},{day},{'AB'[number % 2]},{4 + person},note {number},")
            lines.append(f"{ref},{day},A,2,,x-{number if person == 1 else f'{ref}-{number}'}")
            lines.append(f"{ref},{day},A,{1 + number % 3},again,")
            if number % 5 == person:
                lines.append(f"{ref},{day},B,23,too much,")
        lines.append(f"{refs[0]},{day},B,1,taken by another,x-{number}")
    return lines


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("approve", [True, False])
def test_a_file_in_small_blocks_comes_to_the_same_as_in_one(
    system, ben_at_acme, ana_elsewhere, monkeypatch, size, approve
):
    content = csv(*many_lines(["T-0001", "T-0003", "T-0002"]))
    whole = _rolled_back(lambda: take(content, by=system, partial=True, approve=approve))
    monkeypatch.setattr(hours_staging, "BLOCK", size)
    parts = _rolled_back(lambda: take(content, by=system, partial=True, approve=approve))
    assert parts == whole
    assert set(parts[0]) >= {"accepted", "error:hours", "error:entry_ref"}


class _Back(Exception):
    pass


def _rolled_back(act):
    """What an import says and leaves behind; then it is undone."""
    try:
        with transaction.atomic():
            found = act()
            left = [entries(ref) + weeks(ref) for ref in ("T-0001", "T-0002", "T-0003")]
            lines = [ledger(one) for one in Apprenticeship.objects.order_by("ref")]
            raise _Back
    except _Back:
        return found.said, found.taken.counts, left, lines


def test_a_block_takes_a_bounded_number_of_queries(system, django_assert_max_num_queries):
    take(csv("T-0001,2026-02-02,A,8,,"), by=system)
    lines = [f"T-0001,{MONDAY + timedelta(days=number)},A,8,,r-{number}" for number in range(200)]
    with django_assert_max_num_queries(60):
        take(csv(*lines), by=system, approve=True)


def test_memory_does_not_grow_with_the_file(system, monkeypatch):
    monkeypatch.setattr(hours_staging, "BLOCK", 160)
    monkeypatch.setattr(hours_import, "READ_AT_ONCE", 160)
    refs = [f"T-1{number:03}" for number in range(26)]
    rows = [apprentice_row(apprentice_ref=ref, email=f"{ref.lower()}@example.org") for ref in refs]
    register(rows=rows, by=system)
    take_records(refs[:2], by=system)  # what is kept for the next time is there now
    one_block = _peak(lambda: take_records(refs[2:6], by=system))
    five_blocks = _peak(lambda: take_records(refs[6:], by=system))
    assert (five_blocks - one_block) / (16 * 40) < 150  # bytes for each further line; one kept takes a thousand


def take_records(refs, *, by):
    """Take in 40 lines for each of these people, made as they are read."""
    records = (
        HourRecord(line, ref, (MONDAY + timedelta(days=number)).isoformat(), "A", "8", "a note", f"{ref}-{number}")
        for line, (ref, number) in enumerate(((ref, number) for ref in refs for number in range(40)), start=2)
    )
    people = people_for(by, on=date(2026, 6, 1))
    with hours_staging.staging() as private:
        file = hours_import.FileOfHours(name="long.csv", sha256="", by=by, approve=True)
        taken = hours_import.import_hours(records=records, people=people, private=private, file=file)
    assert taken.counts == {"accepted": 40 * len(refs)}


def _peak(act):
    """The most bytes that were held at once meanwhile."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
