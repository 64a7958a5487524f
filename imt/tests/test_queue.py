import socket
import time

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction

from imt import queue
from imt.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen():
    """The keyword arguments with which the task `tests.look` was run."""
    seen = []

    @app.task(name="tests.look")
    def look(**ids):
        seen.append(ids)

    yield seen
    app.tasks.unregister("tests.look")


@pytest.fixture(autouse=True)
def _no_quiet_time(monkeypatch):
    monkeypatch.setattr(queue, "_quiet_until", 0.0)


@pytest.fixture
def broker_that_is_away(monkeypatch):
    """Counts how often somebody tried."""
    tries = []

    def refuse(*args, **kwargs):
        tries.append(kwargs)
        raise ConnectionError("nobody listens")

    monkeypatch.setattr("celery.canvas.Signature.apply_async", refuse)
    return tries


def test_a_task_is_woken_with_its_ids_after_the_commit(seen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.wake("tests.look", apprenticeship_ids=[1, 2])
        assert seen == []
    assert seen == [{"apprenticeship_ids": [1, 2]}]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_woken_by_what_was_rolled_back(seen):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue.wake("tests.look")
        raise ZeroDivisionError
    assert seen == []


def test_a_broker_that_is_away_fails_nobody(broker_that_is_away, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.wake("tests.look")
    assert broker_that_is_away == [{"retry": False}]


def test_after_a_failed_publish_there_is_no_second_try_within_five_seconds(
    broker_that_is_away, django_capture_on_commit_callbacks, monkeypatch
):
    now = [1000.0]
    monkeypatch.setattr(queue.time, "monotonic", lambda: now[0])
    for moment, tries in ((1000.0, 1), (1004.9, 1), (1005.0, 2)):
        now[0] = moment
        with django_capture_on_commit_callbacks(execute=True):
            queue.wake("tests.look")
        assert len(broker_that_is_away) == tries


@pytest.mark.parametrize("is_hung", [False, True], ids=["away", "hung"])
def test_one_try_is_all_that_a_request_waits_for(is_hung, monkeypatch):
    """The broker's port is nobody's, or somebody's who takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as broker:
        port = broker.getsockname()[1]
        if not is_hung:
            broker.close()
        client = Celery(broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
        client.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        monkeypatch.setattr(queue, "current_app", client)
        began = time.monotonic()
        queue._publish("tests.look", {})
        assert queue._quiet_until > began
        assert time.monotonic() - began < 4  # a second's time-out, where kombu left to itself tries for six


def test_a_task_that_fails_in_eager_mode_fails_nobody(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.wake("tests.no_such_task")
