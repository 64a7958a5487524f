import django.db.models.deletion
from django.db import migrations, models

import imt.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("apprentices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProgressSnapshot",
            fields=[
                (
                    "apprenticeship",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress_snapshot",
                        serialize=False,
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                ("facts_position", models.PositiveIntegerField(verbose_name="position of its facts")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("ojl_hours", imt.fields.HoursField(verbose_name="OJL hours")),
                ("ri_hours", imt.fields.HoursField(verbose_name="RI hours")),
                ("waiting_hours", imt.fields.HoursField(verbose_name="hours waiting for a decision")),
                ("processes", models.JSONField(verbose_name="hours by process")),
                ("eligible", models.BooleanField(verbose_name="eligible")),
                ("missing", models.JSONField(verbose_name="what is missing")),
                ("expected_on", models.DateField(null=True, verbose_name="expected finish")),
                ("earliest_on", models.DateField(null=True, verbose_name="earliest finish")),
                ("latest_on", models.DateField(null=True, verbose_name="latest finish")),
                ("refreshed_at", models.DateTimeField(verbose_name="refreshed")),
            ],
            options={
                "verbose_name": "progress snapshot",
                "verbose_name_plural": "progress snapshots",
            },
        ),
    ]
