"""The table of the database cache (limits on sign-in live there): without it the first sign-in would fail, and nobody
remembers a second command after `migrate`."""

from django.core.management import call_command
from django.db import migrations


def make_the_cache_table(apps, schema_editor):
    # by Django's own command, which does nothing where the table stands already
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_invite_people")]
    operations = [migrations.RunPython(make_the_cache_table, migrations.RunPython.noop)]
