from django.db import migrations

from imt.triggers import lay_triggers, lift_triggers


def lay(apps, schema_editor):
    lay_triggers(schema_editor.connection)


def lift(apps, schema_editor):
    lift_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = (
        ("apprentices", "0001_initial"),
        ("audit", "0001_initial"),
        ("employers", "0001_initial"),
    )
    operations = (migrations.RunPython(lay, lift),)
