"""The queue with nothing in its place: a real broker and real worker processes."""

import os
import signal

import pytest

from imt.celery import app
from imt.queue import wake
from imt.tests.waiting import eventually

pytestmark = pytest.mark.services
# a task that Celery itself brings, and that does nothing
NOTHING = "celery.accumulate"


def done_by(worker):
    """How often that worker has run NOTHING."""
    stats = app.control.inspect(destination=[worker.name], timeout=1).stats() or {}
    return stats.get(worker.name, {}).get("total", {}).get(NOTHING, 0)


def test_a_worker_takes_up_what_it_is_woken_for(start_worker):
    worker = start_worker()
    wake(NOTHING)
    assert eventually(lambda: done_by(worker)) == 1


def test_a_message_sent_while_no_worker_runs_waits_for_the_next_one(start_worker):
    first = start_worker()
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    wake(NOTHING)
    second = start_worker()
    assert eventually(lambda: done_by(second)) == 1
