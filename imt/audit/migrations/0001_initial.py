import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=60, verbose_name="event")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("origin", models.CharField(blank=True, max_length=200, verbose_name="from where")),
                ("subject_type", models.CharField(max_length=60, verbose_name="kind of subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit event",
                "verbose_name_plural": "audit events",
                "indexes": [models.Index(fields=["subject_type", "subject_id", "id"], name="audit_event_of_subject")],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the file")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                ("warnings", models.JSONField(default=list, verbose_name="warnings")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import batch",
                "verbose_name_plural": "import batches",
                "indexes": [models.Index(fields=["kind", "recorded_at"], name="import_batch_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "state",
                    models.CharField(
                        choices=[("QUEUED", "Queued"), ("RUNNING", "Running"), ("DONE", "Done"), ("FAILED", "Failed")],
                        default="QUEUED",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="total")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("starts", models.PositiveSmallIntegerField(default=0, verbose_name="starts")),
                ("arguments", models.JSONField(default=dict, verbose_name="arguments")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="queued")),
                ("beat_at", models.DateTimeField(null=True, verbose_name="last sign of life")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                (
                    "queued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="queued by",
                    ),
                ),
            ],
            options={
                "verbose_name": "run",
                "verbose_name_plural": "runs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="run_done_is_within_total"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("state__in", ("QUEUED", "RUNNING"))),
                            models.Q(("finished_at__isnull", False), ("state__in", ("DONE", "FAILED"))),
                            _connector="OR",
                        ),
                        name="run_is_finished_when_it_ended",
                    ),
                ],
            },
        ),
    ]
