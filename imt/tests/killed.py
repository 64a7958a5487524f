"""Run by test_crashes.py as a process of its own: an act that is killed before its commit, then at this and that
statement, then after its commit. Tells at first and after each time, in a line of JSON, what stands in the database.

    python -m imt.tests.killed SEED TIMES ACT [ARGUMENT …]
"""

import json
import os
import random
import signal
import sys
from datetime import date

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import Max, Sum

from apprentices.actions import hours
from apprentices.models import Apprenticeship, HourEntry, LedgerLine, Timesheet, TimesheetDecision
from apprentices.tasks import work_on_hour_file
from imt.accounts.models import User
from imt.audit.models import AuditEvent, ImportBatch, Run


def import_hours(path):
    call_command("import_hours", path, "--approve", stdout=sys.stderr)


def take_in_hour_file(key):
    """As a worker that finds the file's run; a run that died is fresh again, so that each kill meets a first start."""
    Run.objects.update(state=Run.State.QUEUED, starts=0, beat_at=None)
    work_on_hour_file(int(key))


def approve(email):
    waiting = list(Timesheet.objects.awaiting_decision().values_list("pk", flat=True))
    hours.approve(timesheets=waiting, by=User.objects.get(email=email), on=date(2026, 3, 9))


# the act, and which of its commits writes the hours
ACTS = {"import_hours": (import_hours, 1), "approve": (approve, 1), "take_in_hour_file": (take_in_hour_file, 2)}


class Countdown:
    """Counts the statements until the last of the commits. Kills this process before the one whose turn it is, at the
    latest before that commit; where there is no turn, after it."""

    def __init__(self, turn, commits):
        self.seen, self.turn, self.commits = 0, turn, commits

    def statement(self, execute, *arguments):
        self.seen += 1
        if self.seen == self.turn:
            _kill(self.seen)
        return execute(*arguments)

    def commit(self, commit):
        self.commits -= 1
        if self.commits:
            commit()
            return
        if self.turn is None:
            commit()
        _kill(self.seen)


def _kill(seen):
    tell(seen=seen)
    os.kill(os.getpid(), signal.SIGKILL)


def run_until(turn, act, commits):
    """Run the act in a child that is killed at that statement. Returns how many statements it came to."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(writing, sys.stdout.fileno())
        countdown = Countdown(turn, commits)
        commit = connection._commit
        connection._commit = lambda: countdown.commit(commit)
        with connection.execute_wrapper(countdown.statement):
            act()
        os._exit(0)
    os.close(writing)
    _pid, status = os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        lines = told.read()
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the act ended without a commit")
    return json.loads(lines)["seen"]


def state():
    """What an all-or-nothing act changes all of, or nothing."""
    return {
        "weeks": sorted(Timesheet.objects.values_list("state", "version")),
        "entries": HourEntry.objects.count(),
        "decisions": TimesheetDecision.objects.count(),
        "lines": list(LedgerLine.objects.aggregate(Max("position"), total=Sum("hours")).values()),
        "positions": sorted(Apprenticeship.objects.values_list("ledger_position", "facts_position")),
        "batches": ImportBatch.objects.count(),
        "events": AuditEvent.objects.count(),
    }


def tell(**what):
    sys.stdout.write(json.dumps(what, default=str) + "\n")
    sys.stdout.flush()


def main(seed, times, act, *arguments):
    function, commits = ACTS[act]

    def run():
        function(*arguments)

    tell(state=state())
    statements = run_until(sys.maxsize, run, commits)
    tell(seen=statements, state=state())
    for turn in random.Random(int(seed)).choices(range(1, statements + 1), k=int(times)):
        tell(seen=run_until(turn, run, commits), state=state())
    tell(seen=run_until(None, run, commits), state=state())


if __name__ == "__main__":
    main(*sys.argv[1:])
