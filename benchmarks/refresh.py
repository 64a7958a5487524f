"""How fast progress is refreshed: of everybody, and of one person after an approval, beside the bare SQL that any
program would need.

`python -m benchmarks.generate --people 1450 --lines 1000`, then `python -m benchmarks.refresh`, both with
DATABASE_URL at a PostgreSQL database of the benchmark's own. In every round limit and product alternate; what is
printed is the median of the rounds' ratios. Before anything is timed, row counts and totals are compared."""

import argparse
import multiprocessing
import os
import statistics
import time
from collections import defaultdict

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")
    os.environ.setdefault("IMT_STATEMENT_SECONDS", "0")
    os.environ.setdefault("IMT_IDLE_IN_TRANSACTION_SECONDS", "0")
    django.setup()

from django.db import connection, connections, transaction
from django.db.models import Max, Sum

from apprentices.models import Apprenticeship, LedgerLine
from apprentices.queries.facts import facts_for
from imt.fields import to_hundredths
from imt.moments import consistent_read
from reports.actions.snapshots import refresh, upsert
from reports.models import ProgressSnapshot
from reports.queries.snapshots import behind, snapshots_of
from reports.tasks import chunks_of

FEW = 50  # how often a short act is done in a round
AGGREGATE = """
SELECT apprenticeship_id, work_process_id, SUM(hours) FROM apprentices_ledgerline
 WHERE kind = 'OJL' AND happened_on <= %s GROUP BY 1, 2
"""
ONE_PERSON = """
SELECT work_process_id, SUM(hours) FROM apprentices_ledgerline
 WHERE apprenticeship_id = %s AND kind = 'OJL' AND happened_on <= %s GROUP BY 1
"""


def fetched(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def seconds(action):
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


class Bench:
    """One database, one day, everybody in it."""

    def __init__(self, workers):
        self.as_of = LedgerLine.objects.aggregate(last=Max("happened_on"))["last"]
        self.keys = list(Apprenticeship.objects.order_by("pk").values_list("pk", flat=True))
        self.one = self.keys[len(self.keys) // 2]
        self.pool = None
        if workers > 1:
            connections.close_all()  # children must not share it
            self.pool = multiprocessing.get_context("fork").Pool(workers)
        with consistent_read():
            self.rows = snapshots_of(self.keys, as_of=self.as_of)

    def compare(self):
        """The bare sums, the facts and the ledger agree, and a refresh writes one row each."""
        bare = fetched(AGGREGATE, self.as_of)
        known = facts_for(Apprenticeship.objects.all(), as_of=self.as_of)
        by_facts = sum(to_hundredths(hours) for one in known.values() for hours in one.facts.ojl_by_process.values())
        worked = LedgerLine.objects.filter(kind="OJL").aggregate(total=Sum("hours"))["total"]
        assert sum(total for *_key, total in bare) == by_facts == to_hundredths(worked)
        ProgressSnapshot.objects.all().delete()
        self.everybody()
        assert ProgressSnapshot.objects.count() == len(self.keys) == len(self.rows)
        assert not behind(today=self.as_of).exists()
        return f"{len(self.keys)} apprenticeships, {LedgerLine.objects.count()} lines, {by_facts / 100:.2f} hours"

    def bare_aggregate(self):
        fetched(AGGREGATE, self.as_of)

    def bare_upsert(self):
        with transaction.atomic():
            upsert(self.rows)

    def everybody(self):
        for chunk in chunks_of(self.keys):
            refresh(apprenticeships=chunk, as_of=self.as_of)

    def everybody_by_workers(self):
        self.pool.starmap(_refresh, [(chunk, self.as_of) for chunk in chunks_of(self.keys)], chunksize=1)

    def bare_person(self):
        fetched(ONE_PERSON, self.one, self.as_of)

    def bare_snapshot(self):
        upsert(self.rows[:1])

    def after_an_approval(self):
        """As the woken worker does it for whom the message names (reports.tasks.refresh_progress)."""
        refresh(apprenticeships=[self.one], as_of=self.as_of)


def _refresh(keys, as_of):
    refresh(apprenticeships=keys, as_of=as_of)


def measure(bench, rounds):
    """{name: [seconds of each round]}; one round warms up and is not counted. Short acts are the median of fifty, which
    alternate one by one: an answer takes longer after a pause than right after another one, for either side."""
    long = [bench.bare_aggregate, bench.bare_upsert, bench.everybody]
    if bench.pool:
        long.append(bench.everybody_by_workers)
    short = [bench.bare_person, bench.bare_snapshot, bench.after_an_approval]
    found = defaultdict(list)
    for number in range(rounds + 1):
        for act in long:
            found[act.__name__].append(seconds(act))
        times = [[seconds(act) for act in short] for _time in range(FEW)]
        for act, its_times in zip(short, zip(*times, strict=True), strict=True):
            found[act.__name__].append(statistics.median(its_times))
        if number == 0:
            found.clear()
    return found


def say(name, times, limits):
    """A line with the median of the times, and of their ratios to the limits of the same rounds with its spread."""
    ratios = [one / limit for one, limit in zip(times, limits, strict=True)]
    print(
        f"{name:44} {statistics.median(times) * 1000:10.2f} ms   {statistics.median(ratios):8.2f} × the limit "
        f"({min(ratios):.2f} to {max(ratios):.2f})"
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--workers", type=int, default=2, help="processes that share the chunks, as a worker's do")
    options = parser.parse_args(arguments)
    bench = Bench(options.workers)
    print(bench.compare())
    found = measure(bench, options.rounds)
    limits = [sum(pair) for pair in zip(found["bare_aggregate"], found["bare_upsert"], strict=True)]
    say("limit: bare aggregate + bare upsert", limits, limits)
    say("full refresh, one process", found["everybody"], limits)
    if bench.pool:
        say(f"full refresh, {options.workers} processes", found["everybody_by_workers"], limits)
    say("limit: one person's sums", found["bare_person"], found["bare_person"])
    say("refresh after one approval", found["after_an_approval"], found["bare_person"])
    both = [sum(pair) for pair in zip(found["bare_person"], found["bare_snapshot"], strict=True)]
    say("limit: one person's sums + one bare upsert", both, both)
    say("refresh after one approval", found["after_an_approval"], both)
    cheaper = [full / one for full, one in zip(found["everybody"], found["after_an_approval"], strict=True)]
    print(f"after one approval {statistics.median(cheaper):.0f} × cheaper than a full refresh")


if __name__ == "__main__":
    main()
