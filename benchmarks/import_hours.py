"""How long `import_hours --approve` takes beside the bare insert of the same rows.

    DATABASE_URL=postgres://… python -m benchmarks.import_hours --rows 100000 --people 100 --rounds 3

Limit and product alternate inside each round. The limit is an ordered COPY of as many rows into copies of the two
tables with their indexes and checks, without foreign keys and triggers. Ratios of one run count; seconds of a shared
machine do not. The people and their hours are new in each round, so the tables grow; `benchmarks.generate` fills them
first."""

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")
    os.environ.setdefault("IMT_STATEMENT_SECONDS", "0")
    os.environ.setdefault("IMT_IDLE_IN_TRANSACTION_SECONDS", "0")
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from apprentices.actions.apprenticeships import register
from apprentices.actions.hours_import import FileOfHours, import_hours
from apprentices.actions.hours_staging import staging
from apprentices.files.hours import open_hours
from apprentices.models import HourEntry, LedgerLine
from apprentices.queries.known_hours import people_for
from apprentices.rules.rows import ApprenticeRow
from benchmarks.generate import generate
from employers.models import Standards
from imt.accounts.actions import system_user
from imt.tables import insert_rows

HOURS = ("4.00", "3.50", "4.25", "2.00", "7:30")
FIRST_DAY = date(2024, 9, 2)
TABLES = {"apprentices_hourentry": HourEntry, "apprentices_ledgerline": LedgerLine}


def write_file(path, refs, rows, rng):
    """A file of a time clock: two entries a workday for each person, with references."""
    each = rows // len(refs)
    with path.open("w") as stream:
        stream.write("apprentice_ref,worked_on,work_process,hours,note,entry_ref\n")
        for ref in refs:
            for number in range(each):
                day = FIRST_DAY + timedelta(days=number // 2 // 5 * 7 + number // 2 % 5)
                process = "ABCDEFGH"[(number + number // 7) % 8]
                stream.write(f"{ref},{day},{process},{rng.choice(HOURS)},,{ref}-{number}\n")
    return each * len(refs)


def new_people(count, number):
    """References of so many people registered for this round."""
    rows = [
        ApprenticeRow(
            line=line,
            apprentice_ref=f"IMPORT-{time.time_ns()}-{number}-{line}",
            first_name="First",
            last_name=f"Last {line}",
            employer=f"Firm {line % 10}",
            employer_state="WI",
            sponsor="Bench",
            registered_on=FIRST_DAY,
            status="ACTIVE",
        )
        for line in range(count)
    ]
    register(rows=rows, by=system_user())
    return [row.apprentice_ref for row in rows]


def product(path, rows):
    """Seconds of the import."""
    by = system_user()
    began = time.perf_counter()
    with staging() as private:
        taken = import_hours(
            records=open_hours(path, path.name),
            people=people_for(by, on=date.today()),
            private=private,
            file=FileOfHours(name=path.name, sha256="", by=by, approve=True),
        )
    seconds = time.perf_counter() - began
    if taken.counts != {"accepted": rows}:
        raise RuntimeError(f"{rows} rows should have been accepted, found {taken.counts}")
    return seconds


def lay_limit_tables():
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS limit_{table}")
            cursor.execute(f"CREATE TABLE limit_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO limit_{table} SELECT * FROM {table}")
            cursor.execute(f"ANALYZE limit_{table}")


def limit(rows):
    """Seconds of the bare inserts of the rows that the product has just written."""
    seconds = 0
    for table, model in TABLES.items():
        columns = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id DESC LIMIT {rows}")
            written = sorted(cursor.fetchall(), key=lambda row: row[0])
        began = time.perf_counter()
        with transaction.atomic():
            insert_rows(f"limit_{table}", columns, written)
        seconds += time.perf_counter() - began
        del written
    return seconds


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    if connection.vendor != "postgresql":
        raise SystemExit("set DATABASE_URL to a PostgreSQL database of the benchmark's own")
    call_command("migrate", verbosity=0)
    if not Standards.objects.exists():
        generate(people=10, lines=100)
    lay_limit_tables()
    rng, ratios = random.Random(2903), []
    print(f"{LedgerLine.objects.count():,} lines at the beginning")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            path = Path(folder) / f"hours-{number}.csv"
            rows = write_file(path, new_people(options.people, number), options.rows, rng)
            taken = product(path, rows)
            if number == 0:  # before the limit holds all rows in memory
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            bare = limit(rows)
            ratios.append(taken / bare)
            print(f"round {number + 1}: {rows:,} rows, product {taken:.2f} s, limit {bare:.2f} s, {taken / bare:.2f} ×")
    print(f"median {statistics.median(ratios):.2f} × the limit, {min(ratios):.2f} to {max(ratios):.2f}")
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
