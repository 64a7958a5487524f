"""Processes of their own on the tests' database."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection


def environment(**more):
    """The variables under which another process works on the database of this test."""
    return os.environ | {"DATABASE_URL": address_of_the_test_database()} | more


def address_of_the_test_database():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = ":".join(filter(None, (database["USER"], database["PASSWORD"])))
    return f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def python(*arguments, **more):
    """Start a Python process there; `more`: further variables. Its output is read as text."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def program(*command, log=os.devnull, **more):
    """Start a program there, in a group of its own that can be killed with all its children; `log`: for its output."""
    with open(log, "ab") as output:
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(**more),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
