import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PERSON", "Person"),
                            ("LINK", "Signed link"),
                            ("INTEGRATION", "Integration"),
                            ("SYSTEM", "This system"),
                        ],
                        default="PERSON",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="intermediary staff")),
                ("is_auditor", models.BooleanField(default=False, verbose_name="auditor")),
                ("is_equal_opportunity", models.BooleanField(default=False, verbose_name="equal-opportunity officer")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created")),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", True),
                            models.Q(
                                ("email", django.db.models.functions.text.Lower("email")),
                                models.Q(("email", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="user_email_is_lower_case_and_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "PERSON"),
                            models.Q(("is_auditor", False), ("is_equal_opportunity", False), ("is_staff", False)),
                            _connector="OR",
                        ),
                        name="user_only_a_person_holds_a_house_role",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "SYSTEM")), fields=("kind",), name="user_there_is_one_system"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("QUEUED", "Queued"),
                            ("SENT", "Sent"),
                            ("FAILED", "Failed"),
                            ("NO_ADDRESS", "No address"),
                        ],
                        default="QUEUED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("queued_at", models.DateTimeField(verbose_name="queued")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "indexes": [models.Index(condition=models.Q(("state", "QUEUED")), fields=["id"], name="notice_unsent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "SENT")),
                            models.Q(models.Q(("state", "SENT"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="notice_is_sent_when_it_says_so",
                    )
                ],
            },
        ),
    ]
