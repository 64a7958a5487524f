import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import imt.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("audit", "0001_initial"),
        ("employers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Apprentice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(max_length=100, verbose_name="first name")),
                ("last_name", models.CharField(max_length=100, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "date_of_birth",
                    imt.fields.EncryptedTextField(
                        blank=True, help_text="yyyy-mm-dd, encrypted", verbose_name="birth date"
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprentice",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "apprentice",
                "verbose_name_plural": "apprentices",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("email",),
                        name="apprentice_email_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="apprentice_email_is_lower_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "cohort",
                "verbose_name_plural": "cohorts",
                "constraints": [
                    models.UniqueConstraint(fields=("employer", "name"), name="cohort_name_is_unique_in_employer"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="cohort_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Apprenticeship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=60, unique=True, verbose_name="reference")),
                ("registered_on", models.DateField(verbose_name="registered on")),
                ("journeyworker_rate", imt.fields.MoneyField(blank=True, null=True, verbose_name="journeyworker rate")),
                (
                    "facts_position",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="position of its facts"),
                ),
                (
                    "ledger_position",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="position in its ledger"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "apprentice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprenticeships",
                        to="apprentices.apprentice",
                        verbose_name="apprentice",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprenticeships",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprenticeships",
                        to="employers.standardsregistration",
                        verbose_name="filed under",
                    ),
                ),
                (
                    "standards",
                    models.ForeignKey(
                        help_text="the version at registration; later ones stand in the moves",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprenticeships",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apprenticeships",
                        to="apprentices.cohort",
                        verbose_name="cohort",
                    ),
                ),
            ],
            options={
                "verbose_name": "apprenticeship",
                "verbose_name_plural": "apprenticeships",
                "ordering": ("ref",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="apprenticeship_has_a_reference"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, verbose_name="credential")),
                ("earned_on", models.DateField(verbose_name="earned on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="last day it is good")),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="number")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "credential",
                "verbose_name_plural": "credentials",
                "ordering": ("earned_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("apprenticeship", "code", "earned_on"),
                        name="credential_is_recorded_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gte", models.F("earned_on")), _connector="OR"
                        ),
                        name="credential_does_not_expire_before_it_is_earned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="credential_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("OJL", "On-the-job learning"), ("RI", "Related instruction")],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("course_code", models.CharField(blank=True, max_length=100, verbose_name="course")),
                ("hours", imt.fields.HoursField(verbose_name="hours")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "credit",
                "verbose_name_plural": "credits",
                "ordering": ("decided_on", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="credit_hours_are_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("course_code", ""), ("kind", "OJL")),
                            models.Q(("kind", "RI"), ("work_process__isnull", True)),
                            _connector="OR",
                        ),
                        name="credit_is_tied_by_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="credit_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstructionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_code", models.CharField(max_length=100, verbose_name="course")),
                ("term", models.CharField(blank=True, max_length=40, verbose_name="term")),
                ("hours", imt.fields.HoursField(verbose_name="hours")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="completed on")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("IN_PROGRESS", "Under way"),
                            ("PASSED", "Passed"),
                            ("FAILED", "Failed"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        max_length=11,
                        verbose_name="result",
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=20, verbose_name="grade")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruction_records",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "offered_course",
                    models.ForeignKey(
                        blank=True,
                        help_text="where the provider offers the course under this code; else the required course is meant",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.offeredcourse",
                        verbose_name="offered course",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.trainingprovider",
                        verbose_name="provider",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "instruction record",
                "verbose_name_plural": "instruction records",
                "ordering": ("completed_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 0)), name="instruction_hours_are_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_on__isnull", True), ("result", "IN_PROGRESS")),
                            models.Q(
                                models.Q(("result", "IN_PROGRESS"), _negated=True), ("completed_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="instruction_with_a_result_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("offered_course__isnull", True), ("provider__isnull", False), _connector="OR"
                        ),
                        name="instruction_offered_course_has_its_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="instruction_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JobTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("title", models.CharField(max_length=200, verbose_name="job title")),
                ("department", models.CharField(blank=True, max_length=200, verbose_name="department")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="job_titles",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "job title",
                "verbose_name_plural": "job titles",
                "ordering": ("from_on", "recorded_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="job_title_voided_at_and_by_go_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JourneyCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("assessment", models.JSONField(verbose_name="assessment")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("revoked_reason", models.CharField(blank=True, max_length=500, verbose_name="reason for revoking")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journey_cards",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "journey card",
                "verbose_name_plural": "journey cards",
                "ordering": ("issued_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("apprenticeship",),
                        name="journey_card_is_one_live_card",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at__isnull", True), ("revoked_by__isnull", True), ("revoked_reason", "")
                            ),
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                                models.Q(("revoked_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="journey_card_is_revoked_by_someone_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("OJL", "On-the-job learning"), ("RI", "Related instruction")],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("course_code", models.CharField(blank=True, max_length=100, verbose_name="course")),
                ("hours", imt.fields.HoursField(verbose_name="hours")),
                ("through_on", models.DateField(verbose_name="earned through")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                (
                    "approved_by_text",
                    models.CharField(blank=True, max_length=200, verbose_name="approved by, as written"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_balances",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening balance",
                "verbose_name_plural": "opening balances",
                "ordering": ("through_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0)), name="opening_balance_hours_are_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("course_code", ""), ("kind", "OJL")),
                            models.Q(("kind", "RI"), ("work_process__isnull", True)),
                            _connector="OR",
                        ),
                        name="opening_balance_is_tied_by_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="opening_balance_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="employers.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ("decided_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recommendation_voided_at_and_by_go_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ("held_on", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_voided_at_and_by_go_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfIdentification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sex", imt.fields.EncryptedTextField(blank=True, verbose_name="sex")),
                ("ethnicity", imt.fields.EncryptedTextField(blank=True, verbose_name="ethnicity")),
                (
                    "race",
                    imt.fields.EncryptedTextField(
                        blank=True, help_text="several are separated by “;”", verbose_name="race"
                    ),
                ),
                ("veteran", imt.fields.EncryptedTextField(blank=True, verbose_name="veteran")),
                ("disability", imt.fields.EncryptedTextField(blank=True, verbose_name="disability")),
                ("education", imt.fields.EncryptedTextField(blank=True, verbose_name="education")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprentice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_identifications",
                        to="apprentices.apprentice",
                        verbose_name="apprentice",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "self-identification",
                "verbose_name_plural": "self-identifications",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("apprentice",),
                        name="self_identification_is_one_live_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="self_identification_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("signed_by", models.CharField(max_length=200, verbose_name="signed by")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-off",
                "verbose_name_plural": "sign-offs",
                "ordering": ("signed_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("apprenticeship", "competency"),
                        name="sign_off_is_one_per_competency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sign_off_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardsMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="in force from")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("before", models.JSONField(verbose_name="assessment before")),
                ("after", models.JSONField(verbose_name="assessment after")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards_moves",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_here",
                        to="employers.standards",
                        verbose_name="to the standards",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "move to other standards",
                "verbose_name_plural": "moves to other standards",
                "ordering": ("happened_on", "recorded_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="standards_move_voided_at_and_by_go_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("REGISTERED", "Registered"),
                            ("ACTIVE", "Active"),
                            ("SUSPENDED", "Suspended"),
                            ("COMPLETED", "Completed"),
                            ("CANCELLED", "Cancelled"),
                            ("TRANSFERRED", "Transferred"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="from the start of")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported to the agency on")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_changes",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "status change",
                "verbose_name_plural": "status changes",
                "ordering": ("happened_on", "recorded_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("apprenticeship", "happened_on", "status"),
                        name="status_change_is_recorded_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="status_change_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("SUPERVISOR", "Supervisor"), ("MENTOR", "Mentor"), ("SUBSTITUTE", "Substitute")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision",
                "verbose_name_plural": "supervisions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="supervision_does_not_end_before_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("apprenticeship", "user", "role"),
                        name="supervision_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Timesheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_starts_on", models.DateField(verbose_name="week starts on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "Submitted"),
                            ("RETURNED", "Returned"),
                            ("APPROVED", "Approved"),
                        ],
                        default="DRAFT",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("edit_number", models.PositiveIntegerField(default=1, verbose_name="edit number")),
                ("zero_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for no hours")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timesheets",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "timesheet",
                "verbose_name_plural": "timesheets",
                "ordering": ("week_starts_on",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "SUBMITTED")),
                        fields=["apprenticeship", "week_starts_on"],
                        name="timesheet_awaiting_decision",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("apprenticeship", "week_starts_on"), name="timesheet_is_one_per_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="timesheet_submitted_at_and_by_go_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "DRAFT"), ("submitted_at__isnull", False), _connector="OR"),
                        name="timesheet_waiting_or_decided_was_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HourEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("worked_on", models.DateField(verbose_name="worked on")),
                ("hours", imt.fields.HoursField(verbose_name="hours")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("department", models.CharField(blank=True, max_length=200, verbose_name="department")),
                ("entry_ref", models.CharField(blank=True, max_length=100, verbose_name="reference")),
                ("client_id", models.UUIDField(blank=True, null=True, verbose_name="identifier made on the device")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("LOGGED", "Logged"),
                            ("IMPORTED", "Imported"),
                            ("SPLIT", "Split from a total"),
                            ("WEEK_TOTAL", "Given as a week's total"),
                        ],
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version of the timesheet")),
                ("logged_at", models.DateTimeField(verbose_name="logged")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hour_entries",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hour_entries",
                        to="audit.importbatch",
                        verbose_name="import batch",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="logged by",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.workprocess",
                        verbose_name="work process",
                    ),
                ),
                (
                    "timesheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="apprentices.timesheet",
                        verbose_name="timesheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "hour entry",
                "verbose_name_plural": "hour entries",
                "ordering": ("worked_on", "id"),
                "indexes": [
                    models.Index(fields=["apprenticeship", "worked_on"], name="hour_entry_of_day"),
                    models.Index(
                        condition=models.Q(("batch__isnull", False)), fields=["batch"], name="hour_entry_of_batch"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                        name="hour_entry_is_above_0_and_at_most_24_hours",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entry_ref", ""), _negated=True),
                        fields=("employer", "entry_ref"),
                        name="hour_entry_reference_is_unique_in_employer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entry_ref", "")),
                        fields=("apprenticeship", "worked_on", "work_process"),
                        name="hour_entry_without_reference_is_one_per_day_and_process",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("client_id",),
                        name="hour_entry_client_id_is_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimesheetDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("APPROVED", "Approved"), ("RETURNED", "Returned")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "timesheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="apprentices.timesheet",
                        verbose_name="timesheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a timesheet",
                "verbose_name_plural": "decisions on timesheets",
                "ordering": ("version",),
                "constraints": [
                    models.UniqueConstraint(fields=("timesheet", "version"), name="timesheet_version_is_decided_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "APPROVED"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="timesheet_is_returned_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField(verbose_name="happened on")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "apprenticeship",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfer_in",
                        to="apprentices.apprenticeship",
                        verbose_name="to",
                    ),
                ),
                (
                    "from_apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_out",
                        to="apprentices.apprenticeship",
                        verbose_name="from",
                    ),
                ),
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
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_apprenticeship", models.F("apprenticeship")), _negated=True),
                        name="transfer_goes_to_another_apprenticeship",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[("OJL", "On-the-job learning"), ("RI", "Related instruction")],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("course_code", models.CharField(blank=True, max_length=100, verbose_name="course")),
                ("hours", imt.fields.HoursField(verbose_name="hours")),
                ("happened_on", models.DateField(verbose_name="happened on")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("LOGGED", "Logged"),
                            ("IMPORTED", "Imported"),
                            ("SPLIT", "Split from a total"),
                            ("WEEK_TOTAL", "Given as a week's total"),
                            ("OPENING", "Opening balance"),
                            ("CREDIT", "Credit"),
                            ("TRANSFER", "Transfer"),
                            ("INSTRUCTION", "Related instruction"),
                            ("REVERSAL", "Reversal"),
                        ],
                        max_length=11,
                        verbose_name="source",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("posted_at", models.DateTimeField(verbose_name="posted")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_lines",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "credit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="apprentices.credit",
                        verbose_name="credit",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="apprentices.hourentry",
                        verbose_name="hour entry",
                    ),
                ),
                (
                    "instruction_record",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="apprentices.instructionrecord",
                        verbose_name="instruction record",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posted by",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="apprentices.ledgerline",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "work_process",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.workprocess",
                        verbose_name="work process",
                    ),
                ),
                (
                    "opening_balance",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="apprentices.openingbalance",
                        verbose_name="opening balance",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="apprentices.transfer",
                        verbose_name="transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger line",
                "verbose_name_plural": "ledger lines",
                "ordering": ("apprenticeship", "position"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "OJL")),
                        fields=["apprenticeship", "work_process", "happened_on", "hours"],
                        name="ledger_line_by_process",
                    ),
                    models.Index(
                        condition=models.Q(("entry__isnull", False)),
                        fields=["apprenticeship", "happened_on", "hours"],
                        name="ledger_line_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "RI")),
                        fields=["apprenticeship", "course_code"],
                        name="ledger_line_of_instruction",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("apprenticeship", "position"), name="ledger_line_position_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__lt", 0), ("reverses__isnull", False), ("source", "REVERSAL")),
                            models.Q(
                                models.Q(("source", "REVERSAL"), _negated=True),
                                ("hours__gt", 0),
                                ("reverses__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_line_only_reversals_are_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("credit__isnull", True),
                                ("entry__isnull", False),
                                ("instruction_record__isnull", True),
                                ("opening_balance__isnull", True),
                                ("transfer__isnull", True),
                            ),
                            models.Q(
                                ("credit__isnull", True),
                                ("entry__isnull", True),
                                ("instruction_record__isnull", False),
                                ("opening_balance__isnull", True),
                                ("transfer__isnull", True),
                            ),
                            models.Q(
                                ("credit__isnull", False),
                                ("entry__isnull", True),
                                ("instruction_record__isnull", True),
                                ("opening_balance__isnull", True),
                                ("transfer__isnull", True),
                            ),
                            models.Q(
                                ("credit__isnull", True),
                                ("entry__isnull", True),
                                ("instruction_record__isnull", True),
                                ("opening_balance__isnull", True),
                                ("transfer__isnull", False),
                            ),
                            models.Q(
                                ("credit__isnull", True),
                                ("entry__isnull", True),
                                ("instruction_record__isnull", True),
                                ("opening_balance__isnull", False),
                                ("transfer__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_line_has_exactly_one_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("course_code", ""), ("kind", "OJL")),
                            models.Q(("kind", "RI"), ("work_process__isnull", True)),
                            _connector="OR",
                        ),
                        name="ledger_line_is_tied_by_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("source", "REVERSAL"), _negated=True),
                        name="ledger_line_reversal_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="ledger_line_positions_count_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", True),
                            models.Q(("reverses", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="ledger_line_does_not_reverse_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WageRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("hourly_rate", imt.fields.MoneyField(verbose_name="hourly rate")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "apprenticeship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wage_rates",
                        to="apprentices.apprenticeship",
                        verbose_name="apprenticeship",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "wage rate",
                "verbose_name_plural": "wage rates",
                "ordering": ("from_on", "recorded_at", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("hourly_rate__gt", 0)), name="wage_rate_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="wage_rate_voided_at_and_by_go_together",
                    ),
                ],
            },
        ),
    ]
