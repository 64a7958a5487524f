import pytest
from django.core.management import call_command
from django.db import connection

from imt.triggers import all_triggers, laid_triggers

pytestmark = pytest.mark.django_db


def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_triggers_stand_after_the_migrations():
    assert laid_triggers(connection) == all_triggers(connection.vendor)
