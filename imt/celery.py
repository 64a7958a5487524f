"""The queue's app. Rows say what is to do; a message only says *look now* (see imt/queue.py)."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")

app = Celery("imt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_once(sender, **kwargs):
    """Whatever was left lying while no worker ran: look now, and not only when the clock next says so."""
    for name in ("sweep", "notices", "hour files"):
        sender.app.signature(app.conf.beat_schedule[name]["task"]).apply_async(retry=False)
