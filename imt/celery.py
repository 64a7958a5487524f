"""The queue's app. Rows say what is to do; a message only says *look now* (see imt/queue.py)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imt.settings")

app = Celery("imt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
