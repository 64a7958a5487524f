import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import imt.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegistrationAgency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="WI, PA, …; OA for the federal office", max_length=8, unique=True, verbose_name="code"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("state", models.CharField(blank=True, max_length=2, verbose_name="state")),
                (
                    "kind",
                    models.CharField(
                        choices=[("OA", "Federal office of apprenticeship"), ("SAA", "State apprenticeship agency")],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("system", models.CharField(default="RAPIDS", max_length=20, verbose_name="its system")),
                ("notice_days", models.PositiveSmallIntegerField(default=45, verbose_name="days to report a change")),
                ("ojl_floor", imt.fields.HoursField(default=2000, verbose_name="least OJL hours of standards")),
                ("ri_hours_a_year", imt.fields.HoursField(default=144, verbose_name="RI hours a year")),
                (
                    "ri_weight",
                    models.CharField(
                        choices=[("RECOMMENDED", "Recommended: warn"), ("REQUIRED", "Required: refuse")],
                        default="RECOMMENDED",
                        max_length=11,
                        verbose_name="RI hours a year are",
                    ),
                ),
                (
                    "probation_percent",
                    models.PositiveSmallIntegerField(default=25, verbose_name="probation: at most percent of the term"),
                ),
                (
                    "probation_days",
                    models.PositiveSmallIntegerField(default=365, verbose_name="probation: at most days"),
                ),
                ("source", models.TextField(blank=True, verbose_name="source of these rules")),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
            ],
            options={
                "verbose_name": "registration agency",
                "verbose_name_plural": "registration agencies",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="UnionLocal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "union local",
                "verbose_name_plural": "union locals",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Employer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("state", models.CharField(blank=True, max_length=2, verbose_name="state")),
                ("time_zone", models.CharField(default="America/Chicago", max_length=60, verbose_name="time zone")),
            ],
            options={
                "verbose_name": "employer",
                "verbose_name_plural": "employers",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="employer_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sponsor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("complaints_contact", models.CharField(blank=True, max_length=300, verbose_name="complaints contact")),
            ],
            options={
                "verbose_name": "sponsor",
                "verbose_name_plural": "sponsors",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="sponsor_has_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Standards",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occupation", models.CharField(max_length=200, verbose_name="occupation")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("existing_title", models.CharField(blank=True, max_length=200, verbose_name="existing title")),
                ("onet_code", models.CharField(blank=True, max_length=20, verbose_name="O*NET code")),
                ("rapids_code", models.CharField(blank=True, max_length=20, verbose_name="RAPIDS code")),
                (
                    "approach",
                    models.CharField(
                        choices=[
                            ("TIME_BASED", "Time-based"),
                            ("COMPETENCY_BASED", "Competency-based"),
                            ("HYBRID", "Hybrid"),
                        ],
                        max_length=16,
                        verbose_name="approach",
                    ),
                ),
                ("term_months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term in months")),
                ("ojl_minimum", imt.fields.HoursField(verbose_name="least OJL hours")),
                ("ojl_maximum", imt.fields.HoursField(blank=True, null=True, verbose_name="most OJL hours")),
                ("ri_minimum", imt.fields.HoursField(verbose_name="least RI hours")),
                ("ri_maximum", imt.fields.HoursField(blank=True, null=True, verbose_name="most RI hours")),
                (
                    "ratio",
                    models.CharField(blank=True, max_length=40, verbose_name="ratio of apprentices to journeyworkers"),
                ),
                ("probation", models.CharField(blank=True, max_length=60, verbose_name="probation")),
                (
                    "review_interval_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days between reviews"),
                ),
                (
                    "asks_for_committee",
                    models.BooleanField(default=False, verbose_name="asks for the committee's recommendation"),
                ),
                (
                    "allows_week_totals",
                    models.BooleanField(default=False, verbose_name="allows hours given as one total per week"),
                ),
                (
                    "content_digest",
                    models.CharField(editable=False, max_length=64, verbose_name="digest of the content"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="employers.sponsor",
                        verbose_name="sponsor",
                    ),
                ),
            ],
            options={
                "verbose_name": "standards",
                "verbose_name_plural": "standards",
                "ordering": ("sponsor__name", "occupation", "version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsor", "occupation", "version"), name="standards_version_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="standards_versions_count_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ojl_minimum__gte", 0), ("ri_minimum__gte", 0)),
                        name="standards_hours_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CredentialRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("issuer", models.CharField(blank=True, max_length=200, verbose_name="issuer")),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credential_requirements",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
            ],
            options={
                "verbose_name": "required credential",
                "verbose_name_plural": "required credentials",
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("standards", "code"), name="credential_requirement_code_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("organization", models.CharField(blank=True, max_length=200, verbose_name="training organization")),
                ("hours", imt.fields.HoursField(blank=True, null=True, verbose_name="hours")),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
                "verbose_name_plural": "courses",
                "ordering": ("position", "id"),
                "constraints": [models.UniqueConstraint(fields=("standards", "code"), name="course_code_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="StandardsRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="registered on")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="latest update on")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="employers.registrationagency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration of standards",
                "verbose_name_plural": "registrations of standards",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("standards", "agency"), name="standards_are_registered_once_per_agency"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingProvider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "training provider",
                "verbose_name_plural": "training providers",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="training_provider_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferedCourse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "delivery",
                    models.CharField(
                        choices=[("CLASSROOM", "Classroom"), ("ONLINE", "Online"), ("SELF_PACED", "Self-paced")],
                        max_length=10,
                        verbose_name="delivery",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_courses",
                        to="employers.trainingprovider",
                        verbose_name="provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "offered course",
                "verbose_name_plural": "offered courses",
                "ordering": ("provider", "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "code"), name="offered_course_code_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "local",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="employers.unionlocal",
                        verbose_name="local",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership in a local",
                "verbose_name_plural": "memberships in locals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="local_membership_does_not_end_before_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("user", "local"),
                        name="local_membership_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalCoverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_coverages",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
                (
                    "local",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="employers.unionlocal",
                        verbose_name="local",
                    ),
                ),
            ],
            options={
                "verbose_name": "local's coverage",
                "verbose_name_plural": "locals' coverages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="local_coverage_does_not_end_before_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("local", "employer"),
                        name="local_coverage_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WageStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("ojl_hours", imt.fields.HoursField(blank=True, null=True, verbose_name="OJL hours")),
                ("ri_hours", imt.fields.HoursField(blank=True, null=True, verbose_name="RI hours")),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months")),
                (
                    "percentage",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        verbose_name="percent of the journeyworker rate",
                    ),
                ),
                ("hourly_rate", imt.fields.MoneyField(blank=True, null=True, verbose_name="hourly rate")),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wage_steps",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
            ],
            options={
                "verbose_name": "wage step",
                "verbose_name_plural": "wage steps",
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("standards", "position"), name="wage_step_position_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkProcess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("sub_category", models.CharField(blank=True, max_length=200, verbose_name="sub-category")),
                ("minimum", imt.fields.HoursField(verbose_name="least hours")),
                ("maximum", imt.fields.HoursField(blank=True, null=True, verbose_name="most hours that count")),
                (
                    "standards",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_processes",
                        to="employers.standards",
                        verbose_name="standards",
                    ),
                ),
            ],
            options={
                "verbose_name": "work process",
                "verbose_name_plural": "work processes",
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("standards", "code"), name="work_process_code_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("minimum__gte", 0)), name="work_process_minimum_is_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("maximum__isnull", True), ("minimum__lte", models.F("maximum")), _connector="OR"
                        ),
                        name="work_process_minimum_is_not_above_maximum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "work_process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competencies",
                        to="employers.workprocess",
                        verbose_name="work process",
                    ),
                ),
            ],
            options={
                "verbose_name": "competency",
                "verbose_name_plural": "competencies",
                "ordering": ("work_process", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("work_process", "number"), name="competency_number_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Worksite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="worksites",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "worksite",
                "verbose_name_plural": "worksites",
                "constraints": [models.UniqueConstraint(fields=("employer", "name"), name="worksite_name_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="JourneyworkerCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("count", models.PositiveIntegerField(verbose_name="journeyworkers")),
                (
                    "worksite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="journeyworker_counts",
                        to="employers.worksite",
                    ),
                ),
            ],
            options={
                "verbose_name": "number of journeyworkers",
                "verbose_name_plural": "numbers of journeyworkers",
                "ordering": ("from_on",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("worksite", "from_on"), name="journeyworkers_are_counted_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("MANAGER", "Manager"), ("SUPERVISOR", "Supervisor")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employer_memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership in an employer",
                "verbose_name_plural": "memberships in employers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="employer_membership_does_not_end_before_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("user", "employer", "role"),
                        name="employer_membership_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                (
                    "week_starts_on",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=0,
                        verbose_name="week starts on",
                    ),
                ),
                (
                    "apprentices_log_hours",
                    models.BooleanField(default=False, verbose_name="apprentices log their own hours"),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settings",
                        to="employers.employer",
                        verbose_name="employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "employer's settings",
                "verbose_name_plural": "employers' settings",
                "ordering": ("from_on",),
                "constraints": [
                    models.UniqueConstraint(fields=("employer", "from_on"), name="employer_settings_are_one_row_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("week_starts_on__lte", 6)), name="employer_week_starts_on_a_weekday"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrosswalkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meets", models.CharField(max_length=100, verbose_name="meets the required course")),
                ("hours", imt.fields.HoursField(verbose_name="with hours")),
                (
                    "offered_course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crosswalk",
                        to="employers.offeredcourse",
                        verbose_name="offered course",
                    ),
                ),
            ],
            options={
                "verbose_name": "crosswalk row",
                "verbose_name_plural": "crosswalk rows",
                "ordering": ("offered_course", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("offered_course", "meets"), name="crosswalk_meets_a_course_once"),
                    models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="crosswalk_hours_are_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "sponsor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committees",
                        to="employers.sponsor",
                        verbose_name="sponsor",
                    ),
                ),
            ],
            options={
                "verbose_name": "committee",
                "verbose_name_plural": "committees",
                "constraints": [
                    models.UniqueConstraint(fields=("sponsor", "name"), name="committee_name_is_unique_in_sponsor")
                ],
            },
        ),
        migrations.CreateModel(
            name="SponsorMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "sponsor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="employers.sponsor",
                        verbose_name="sponsor",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsor_memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership in a sponsor",
                "verbose_name_plural": "memberships in sponsors",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="sponsor_membership_does_not_end_before_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("user", "sponsor"),
                        name="sponsor_membership_is_open_once",
                    ),
                ],
            },
        ),
    ]
