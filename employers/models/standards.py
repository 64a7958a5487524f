"""The registered program standards: numbered versions that no longer change once somebody is registered under one.

Numbers and codes of a published version refuse UPDATE, DELETE and INSERT in the database (imt/triggers.py)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from imt.fields import HoursField, MoneyField


class StandardsQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_authenticated and (user.is_staff or user.is_auditor):
            return self
        if user.is_authenticated:
            return self.filter(sponsor__in=user.sponsor_memberships.in_force().values("sponsor"))
        return self.none()


class Standards(models.Model):
    class Approach(models.TextChoices):
        TIME = "TIME_BASED", _("Time-based")
        COMPETENCY = "COMPETENCY_BASED", _("Competency-based")
        HYBRID = "HYBRID", _("Hybrid")

    sponsor = models.ForeignKey(
        "employers.Sponsor", models.PROTECT, related_name="standards", verbose_name=_("sponsor")
    )
    occupation = models.CharField(_("occupation"), max_length=200)
    version = models.PositiveIntegerField(_("version"))
    existing_title = models.CharField(_("existing title"), max_length=200, blank=True)
    onet_code = models.CharField(_("O*NET code"), max_length=20, blank=True)
    rapids_code = models.CharField(_("RAPIDS code"), max_length=20, blank=True)
    approach = models.CharField(_("approach"), max_length=16, choices=Approach)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    ojl_minimum = HoursField(_("least OJL hours"))
    ojl_maximum = HoursField(_("most OJL hours"), null=True, blank=True)
    ri_minimum = HoursField(_("least RI hours"))
    ri_maximum = HoursField(_("most RI hours"), null=True, blank=True)
    ratio = models.CharField(_("ratio of apprentices to journeyworkers"), max_length=40, blank=True)
    probation = models.CharField(_("probation"), max_length=60, blank=True)
    review_interval_days = models.PositiveSmallIntegerField(_("days between reviews"), null=True, blank=True)
    asks_for_committee = models.BooleanField(_("asks for the committee's recommendation"), default=False)
    allows_week_totals = models.BooleanField(_("allows hours given as one total per week"), default=False)
    content_digest = models.CharField(_("digest of the content"), max_length=64, editable=False)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = StandardsQuerySet.as_manager()

    class Meta:
        verbose_name = _("standards")
        verbose_name_plural = _("standards")
        ordering = ("sponsor__name", "occupation", "version")
        constraints = (
            models.UniqueConstraint(name="standards_version_is_unique", fields=("sponsor", "occupation", "version")),
            models.CheckConstraint(name="standards_versions_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="standards_hours_are_not_negative", condition=Q(ojl_minimum__gte=0, ri_minimum__gte=0)
            ),
        )

    def __str__(self):
        return f"{self.name} v{self.version}"

    @property
    def name(self):
        """Contract, Eligibility: sponsor name, comma, blank, occupation title."""
        return f"{self.sponsor.name}, {self.occupation}"

    @property
    def needs_competencies(self):
        return self.approach != self.Approach.TIME


class WorkProcess(models.Model):
    standards = models.ForeignKey(Standards, models.PROTECT, related_name="work_processes", verbose_name=_("standards"))
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    sub_category = models.CharField(_("sub-category"), max_length=200, blank=True)
    minimum = HoursField(_("least hours"))
    maximum = HoursField(_("most hours that count"), null=True, blank=True)

    class Meta:
        verbose_name = _("work process")
        verbose_name_plural = _("work processes")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(name="work_process_code_is_unique", fields=("standards", "code")),
            models.CheckConstraint(name="work_process_minimum_is_not_negative", condition=Q(minimum__gte=0)),
            models.CheckConstraint(
                name="work_process_minimum_is_not_above_maximum",
                condition=Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
            ),
        )

    def __str__(self):
        return self.title


class Competency(models.Model):
    work_process = models.ForeignKey(
        WorkProcess, models.PROTECT, related_name="competencies", verbose_name=_("work process")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ("work_process", "number")
        constraints = (models.UniqueConstraint(name="competency_number_is_unique", fields=("work_process", "number")),)

    def __str__(self):
        return self.title


class Course(models.Model):
    """A course that the standards require. What colleges offer stands in OfferedCourse."""

    standards = models.ForeignKey(Standards, models.PROTECT, related_name="courses", verbose_name=_("standards"))
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    organization = models.CharField(_("training organization"), max_length=200, blank=True)
    hours = HoursField(_("hours"), null=True, blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(name="course_code_is_unique", fields=("standards", "code")),)

    def __str__(self):
        return self.title


class CredentialRequirement(models.Model):
    standards = models.ForeignKey(
        Standards, models.PROTECT, related_name="credential_requirements", verbose_name=_("standards")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("required credential")
        verbose_name_plural = _("required credentials")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(name="credential_requirement_code_is_unique", fields=("standards", "code")),
        )

    def __str__(self):
        return self.title


class WageStep(models.Model):
    """One step of the progressive wage scale; a step may ask for hours, months or both."""

    standards = models.ForeignKey(Standards, models.PROTECT, related_name="wage_steps", verbose_name=_("standards"))
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    ojl_hours = HoursField(_("OJL hours"), null=True, blank=True)
    ri_hours = HoursField(_("RI hours"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    percentage = models.DecimalField(
        _("percent of the journeyworker rate"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    hourly_rate = MoneyField(_("hourly rate"), null=True, blank=True)

    class Meta:
        verbose_name = _("wage step")
        verbose_name_plural = _("wage steps")
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(name="wage_step_position_is_unique", fields=("standards", "position")),)

    def __str__(self):
        return self.title
