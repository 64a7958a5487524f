"""How fast weeks are approved, beside the bare rows that an approval must leave: its decisions and its ledger lines.

`python -m benchmarks.generate --people 600 --lines 100`, then `python -m benchmarks.approve`, both with DATABASE_URL at
a PostgreSQL database of the benchmark's own. Each act runs in a transaction that is rolled back once its deferred
checks are made, so that every round finds the same weeks; limit and product alternate, and both leave as many lines."""

import argparse
import os
import statistics
import time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")
    os.environ.setdefault("IMT_STATEMENT_SECONDS", "0")
    django.setup()

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from apprentices.actions import hours
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet, TimesheetDecision
from apprentices.queries.approvals import queue_of
from employers.models import WorkProcess
from imt.accounts.actions.people import system_user
from imt.accounts.models import User

WEEK = date(2027, 1, 4)  # after everything that was generated
DECISION = ("timesheet_id", "version", "verdict", "reason", "decided_at", "decided_by_id")
LINE = (
    "apprenticeship_id",
    "position",
    "kind",
    "work_process_id",
    "course_code",
    "hours",
    "happened_on",
    "source",
    "reason",
    "posted_at",
    "posted_by_id",
    "entry_id",
)


class Undone(Exception):
    """Rolls a round back."""


def submitted_weeks(people, entries, by):
    """One submitted week each of so many people, with so many entries in it. Returns their ids."""
    now = timezone.now()
    made = []
    for one in Apprenticeship.objects.order_by("pk")[:people]:
        week = Timesheet.objects.create(
            apprenticeship=one, week_starts_on=WEEK, state="SUBMITTED", submitted_at=now, submitted_by=by
        )
        processes = list(WorkProcess.objects.filter(standards=one.standards_id)[:10])
        HourEntry.objects.bulk_create(
            HourEntry(
                timesheet=week,
                apprenticeship=one,
                employer_id=one.employer_id,
                work_process=processes[number // 7 % len(processes)],
                worked_on=WEEK + timedelta(days=number % 7),
                hours=1,
                entry_ref=f"{one.pk}-{number}",
                source="LOGGED",
                version=1,
                logged_at=now,
                logged_by=by,
            )
            for number in range(entries)
        )
        made.append(week.pk)
    return made


def insert(table, columns, rows):
    """One INSERT with all the rows."""
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor, f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s", rows, page_size=len(rows)
        )


def bare_seconds(weeks, by):
    """Of the two inserts and their commit; reading and laying out the rows is not counted."""
    now = timezone.now()
    rows = list(
        HourEntry.objects.filter(timesheet__in=weeks).values_list(
            "apprenticeship", "work_process", "hours", "worked_on", "pk"
        )
    )
    decisions = [(week, 1, "APPROVED", "", now, by.pk) for week in weeks]
    lines = [
        (key, 10_000 + number, "OJL", process, "", int(worked * 100), day, "LOGGED", "", now, by.pk, entry)
        for number, (key, process, worked, day, entry) in enumerate(rows)
    ]

    def act():
        insert(TimesheetDecision._meta.db_table, DECISION, decisions)
        insert(LedgerLine._meta.db_table, LINE, lines)

    return timed(act, len(lines))


def product_seconds(weeks, by, lines):
    def act():
        outcomes = hours.approve(timesheets=weeks, by=by, on=timezone.localdate())
        assert all(outcome.is_done for outcome in outcomes) and len(outcomes) == len(weeks)

    return timed(act, lines)


def timed(act, lines):
    """Seconds of an act with its deferred checks, in a transaction that is rolled back after they were counted."""
    before = LedgerLine.objects.count()
    try:
        with transaction.atomic():
            begun = time.perf_counter()
            act()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            spent = time.perf_counter() - begun
            assert LedgerLine.objects.count() == before + lines
            raise Undone
    except Undone:
        return spent


def measure(name, weeks, entries, by, rounds):
    lines = len(weeks) * entries
    product_seconds(weeks, by, lines)
    ratios, limits, products = [], [], []
    for _round in range(rounds):
        limits.append(bare_seconds(weeks, by))
        products.append(product_seconds(weeks, by, lines))
        ratios.append(products[-1] / limits[-1])
    print(
        f"{name}: limit {statistics.median(limits) * 1000:.1f} ms, "
        f"product {statistics.median(products) * 1000:.1f} ms, "
        f"{statistics.median(ratios):.2f} x ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    system = system_user()
    by = User.objects.filter(is_staff=True).first() or User.objects.create_user(name="Bench", is_staff=True)
    if Timesheet.objects.filter(week_starts_on=WEEK).exists():
        parser.error("a run before this one left its weeks: begin with an empty database")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    few = submitted_weeks(10, 50, system)
    measure("10 weeks of 50 entries", few, 50, by, options.rounds)
    HourEntry.objects.filter(timesheet__in=few).delete()
    Timesheet.objects.filter(pk__in=few).delete()
    many = submitted_weeks(500, 5, system)
    measure("500 weeks of 5 entries", many, 5, by, options.rounds)
    begun = time.perf_counter()
    queue = queue_of(by, on=timezone.localdate())
    print(f"queue of {len(queue.weeks['all'])} weeks: {(time.perf_counter() - begun) * 1000:.1f} ms")
    HourEntry.objects.filter(timesheet__in=many).delete()
    Timesheet.objects.filter(pk__in=many).delete()


if __name__ == "__main__":
    main()
