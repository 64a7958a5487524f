"""Waking the workers. What is to do stands in rows; the message only says *look now*, so losing it loses nothing."""

import time

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)

QUIET_SECONDS = 5
_quiet_until = 0.0


def wake(name, **ids):
    """After the commit, ask a worker to run the task registered under `name` with the keyword arguments `ids`.

    Never raises for the queue's sake: with the broker away the request goes on and the sweep finds the work later.
    After a failed publish this process does not try again for five seconds, so that a hung broker costs one
    time-out and not one per request. Without a broker (`task_always_eager`) the task runs here and now."""
    # a lambda: functools.partial breaks robust mode in Django 5.2 when the call fails
    transaction.on_commit(lambda: _publish(name, ids), robust=True)


def _publish(name, ids):
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        # a signature and not send_task, which would ignore eager mode
        current_app.signature(name, kwargs=ids).apply_async(retry=False)
    except Exception as error:
        # whatever a broken broker throws (connection, time-out, protocol): no request may fail for it
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("queue.publish_failed", task=name, error=repr(error))
