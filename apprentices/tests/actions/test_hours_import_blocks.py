"""A file of hours is judged and written block by block, and comes to the same as in one."""

import gc
import random
import tracemalloc
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from apprentices.actions import hours_import, hours_staging
from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship
from apprentices.queries.known_hours import people_for
from apprentices.rules.hour_lines import HourRecord
from apprentices.tests.cast import apprentice_row
from apprentices.tests.files_of_hours import csv, entries, take, weeks
from apprentices.tests.weeks import MONDAY, ledger
from imt.tests.threads import ROUNDS


def lines(rng, most):
    """Lines of three agreements criss-cross, with faults, sums, references used twice, days before the registration."""
    return [
        f"{rng.choice(['T-0001', 'T-0002', 'T-0003'])},"
        f"{MONDAY + timedelta(days=rng.randrange(5) - rng.choice([0] * 5 + [80]))},"
        f"{rng.choice('ABABABZ')},{rng.choice(['0', '4', '7.5', '8', '16', '24'])},"
        f"{rng.choice(['', 'a note'])},{rng.choice(['', '', '', f'r-{rng.randrange(5)}'])}"
        for _line in range(rng.randrange(1, most))
    ]


def test_a_file_in_small_blocks_comes_to_the_same_as_in_one(system, ben_at_acme, ana_elsewhere, monkeypatch):
    for seed in range(5 * ROUNDS):
        rng = random.Random(seed)
        known, content = csv(*lines(rng, 8)), csv(*lines(rng, 25))
        with transaction.atomic():
            take(known, by=system, partial=True, approve=rng.random() < 0.5)
            about = {"by": system, "partial": True, "approve": rng.random() < 0.5}
            whole = _rolled_back(lambda content=content, about=about: take(content, **about))
            with monkeypatch.context() as small:
                small.setattr(hours_staging, "BLOCK", 1)
                assert _rolled_back(lambda content=content, about=about: take(content, **about)) == whole, seed
            take(content, **about)
            assert "accepted" not in take(content, **about).said, seed
            transaction.set_rollback(True)


class _Back(Exception):
    pass


def _rolled_back(act):
    """What an import says and leaves behind; then it is undone."""
    try:
        with transaction.atomic():
            found = act()
            left = [entries(ref) + weeks(ref) for ref in ("T-0001", "T-0002", "T-0003")]
            posted = [ledger(one) for one in Apprenticeship.objects.order_by("ref")]
            raise _Back
    except _Back:
        return found.outcomes, left, posted


def test_a_block_takes_a_bounded_number_of_queries(system, django_assert_max_num_queries):
    take(csv("T-0001,2026-02-02,A,8,,"), by=system)
    lines = [f"T-0001,{MONDAY + timedelta(days=number)},A,8,,r-{number}" for number in range(200)]
    with django_assert_max_num_queries(60):
        take(csv(*lines), by=system, approve=True)


def test_cycles_are_looked_for_again_after_a_file_that_broke_off(system):
    with hours_staging.staging() as private, pytest.raises(ZeroDivisionError):
        file = hours_import.FileOfHours(name="broken.csv", sha256="", by=system)
        hours_import.import_hours(records=(1 // 0 for _line in "x"), people={}, private=private, file=file)
    assert gc.isenabled()


def test_memory_does_not_grow_with_the_file(system, monkeypatch):
    monkeypatch.setattr(hours_staging, "BLOCK", 160)
    monkeypatch.setattr(hours_import, "READ_AT_ONCE", 160)
    refs = [f"T-1{number:03}" for number in range(50)]
    rows = [apprentice_row(apprentice_ref=ref, email=f"{ref.lower()}@example.org") for ref in refs]
    register(rows=rows, by=system)
    take_records(refs[:2], by=system)  # what is kept for the next time is there now
    three_blocks = _peak(lambda: take_records(refs[2:14], by=system))  # one is read while that before is still held
    nine_blocks = _peak(lambda: take_records(refs[14:], by=system))
    assert (nine_blocks - three_blocks) / (24 * 40) < 100  # bytes for each further line; one kept takes a thousand


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
    """The most bytes that were held at once meanwhile. Garbage is swept before each statement: how much of it lies
    about says when the collector came by, and not what is held."""

    def swept(execute, *arguments):
        gc.collect()
        return execute(*arguments)

    gc.collect()
    gc.freeze()  # what was there before needs no look each time
    tracemalloc.start()
    try:
        with connection.execute_wrapper(swept):
            act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()
