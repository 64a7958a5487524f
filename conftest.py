"""What every test stands on: triggers that step aside for the flush alone, no queue, quick passwords."""

import os

import hypothesis
import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import override_settings

from imt.celery import app
from imt.triggers import lay_triggers, lift_triggers

# How long an example takes says more about the machine than about the code. A campaign looks further and elsewhere.
hypothesis.settings.register_profile("every day", deadline=None, max_examples=30, derandomize=True)
hypothesis.settings.register_profile("campaign", deadline=None, max_examples=500)
hypothesis.settings.load_profile("campaign" if "IMT_CAMPAIGN" in os.environ else "every day")

_flush = TransactionTestCase._fixture_teardown


def _flush_past_the_triggers(self):
    """Emptying the tables is refused by the triggers, rightly: they are lifted for it and laid again."""
    databases = [connections[alias] for alias in self._databases_names(include_mirrors=False)]
    for database in databases:
        lift_triggers(database)
    try:
        _flush(self)
    finally:
        for database in databases:
            lay_triggers(database)


# TestCase rolls back instead and has a teardown of its own
TransactionTestCase._fixture_teardown = _flush_past_the_triggers


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test's database need not outlive a power cut: SQLite does not wait for the disk at each commit."""
    for database in connections.all():
        if database.vendor == "sqlite":
            options = database.settings_dict["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True, scope="session")
def _at_home(tmp_path_factory):
    """Tasks run where they are asked for, even while a broker runs on this machine; files go to a folder that ends
    with the run; passwords are hashed quickly."""
    eager = app.conf.task_always_eager
    app.conf.task_always_eager = True
    hasher = f"{MD5PasswordHasher.__module__}.{MD5PasswordHasher.__qualname__}"
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
        PASSWORD_HASHERS=[hasher],
        WHITENOISE_AUTOREFRESH=True,  # looks static files up when asked, instead of scanning for each test's client
    ):
        yield
    app.conf.task_always_eager = eager


# The standing cast (Ana, Sam, Oscar, Priya, Ada, Lee) has its fixtures below.

pytest_plugins = ["apprentices.tests.cast", "apprentices.tests.ready"]
