"""Real services for the tests marked `services`: the broker of REDIS_URL, and worker processes on the test database."""

import os
import signal
import subprocess
import sys

import pytest
import redis
from django.conf import settings
from django.db import connection

from imt import queue
from imt.celery import app
from imt.tests.waiting import eventually

# Where the broker keeps what is waiting and what is in flight. Not its whole database: connections know their bindings.
MESSAGES = ("celery", "unacked", "unacked_index", "unacked_mutex")


@pytest.fixture
def real_queue(transactional_db, monkeypatch):
    """An empty broker that takes messages, instead of tasks that run where they are asked for."""
    address = os.environ.get("REDIS_URL")
    if not address:
        pytest.fail("tests marked services need REDIS_URL", pytrace=False)
    client = redis.Redis.from_url(address)
    client.delete(*MESSAGES)
    monkeypatch.setattr(queue, "_quiet_until", 0.0)
    eager = app.conf.task_always_eager
    app.conf.task_always_eager = False  # Celery's settings cannot be deleted again, so no monkeypatch
    yield client
    app.conf.task_always_eager = eager
    client.delete(*MESSAGES)
    client.close()


@pytest.fixture
def start_worker(real_queue, tmp_path):
    """start_worker() starts a worker process on the test database and waits until it listens; returns the process,
    whose `name` is that of the worker. It may be killed at will; what still runs at the end of the test is stopped."""
    started = []

    def start_worker():
        name = f"test-{os.getpid()}-{len(started)}@localhost"
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "imt", "worker", "--concurrency", "2"]
        command += ["--hostname", name, "--without-gossip", "--without-mingle"]
        path = tmp_path / f"worker{len(started)}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": _address_of_the_test_database()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        process.name = name
        started.append(process)
        eventually(lambda: process.poll() is not None or app.control.ping(destination=[name], timeout=2), within=120)
        assert process.poll() is None, path.read_text()
        return process

    yield start_worker
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        process.wait(timeout=30)


def _address_of_the_test_database():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = ":".join(filter(None, (database["USER"], database["PASSWORD"])))
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
