"""Files of hours that are taken in through the browser: how an employer's files look, what their words mean, and the
file itself from its upload until its good rows are in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import user_key, voided_at, voided_by, voided_pair
from employers.models import Employer
from imt.fields import HoursField


class HourFileShape(models.Model):
    """How the files of a time clock or payroll look. Without an employer: a preset, for everybody. `columns` is
    {name of the file's column: our field}, `day_first` how its days with slashes are read."""

    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        related_name="hour_file_shapes",
        null=True,
        blank=True,
        verbose_name=_("employer"),
    )
    name = models.CharField(_("name"), max_length=100)
    columns = models.JSONField(_("columns"), default=dict)
    day_first = models.BooleanField(_("days come before months"), default=False)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("shape of an hour file")
        verbose_name_plural = _("shapes of hour files")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(name="hour_file_shape_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(name="hour_file_shape_is_named_once", fields=("employer", "name")),
            models.UniqueConstraint(
                name="hour_file_preset_is_named_once", fields=("name",), condition=Q(employer__isnull=True)
            ),
        )

    def __str__(self):
        return self.name


class HourFileWord(models.Model):
    """What a job code or a badge in an employer's files means here, remembered from file to file."""

    class Field(models.TextChoices):
        PERSON = "apprentice_ref", _("Person")
        PROCESS = "work_process", _("Work process")

    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        related_name="hour_file_words",
        db_index=False,
        verbose_name=_("employer"),
    )
    field = models.CharField(_("field"), max_length=14, choices=Field)
    written = models.CharField(_("as written"), max_length=200)
    means = models.CharField(_("means"), max_length=200, help_text=_("a reference, or the code of a work process"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = user_key(_("recorded by"))

    class Meta:
        verbose_name = _("word of hour files")
        verbose_name_plural = _("words of hour files")
        ordering = ("field", "written")
        constraints = (
            models.UniqueConstraint(name="hour_file_word_has_one_meaning", fields=("employer", "field", "written")),
        )

    def __str__(self):
        return f"{self.written} = {self.means}"


class HourFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff and auditors all; others those of the employers that they see, drafts of a colleague included: who may
        open its lines is `permissions.opens_hour_file`."""
        return self.filter(employer__in=Employer.objects.visible_to(user))


class HourFile(models.Model):
    """An uploaded file on its way in: mapped, previewed, repaired, then taken in by a run. `repairs` is
    {line: {our field: text}}; `outcomes` what was said of each line (JSON lines, compressed)."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", _("Columns to be named")
        READING = "READING", _("Being read")
        PREVIEWED = "PREVIEWED", _("Ready to be taken in")
        TAKING_IN = "TAKING_IN", _("Being taken in")
        TAKEN_IN = "TAKEN_IN", _("Taken in")
        DISCARDED = "DISCARDED", _("Discarded")
        FAILED = "FAILED", _("Failed")

    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="hour_files", verbose_name=_("employer")
    )
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.UPLOADED)
    columns = models.JSONField(_("columns"), default=dict)
    day_first = models.BooleanField(_("days come before months"), default=False)
    approve = models.BooleanField(_("approve what it brings"), default=False)
    partial = models.BooleanField(_("take in the good part"), default=False)
    repairs = models.JSONField(_("repairs"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    outcomes = models.BinaryField(_("outcomes"), default=bytes)
    error = models.TextField(_("error"), blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = user_key(_("uploaded by"))
    run = models.ForeignKey("audit.Run", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("run"))
    batch = models.ForeignKey(
        "audit.ImportBatch", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("import batch")
    )

    objects = HourFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("hour file")
        verbose_name_plural = _("hour files")
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="hour_file_taken_in_has_its_batch",
                condition=~Q(state="TAKEN_IN") | Q(batch__isnull=False),
            ),
        )

    def __str__(self):
        return self.file_name


class PayrollTotalQuerySet(models.QuerySet):
    def known(self):
        """Neither taken back nor replaced by a later total of that week."""
        return self.filter(voided_at__isnull=True)


class PayrollTotal(models.Model):
    """What payroll paid for a week: a second source beside the log. It counts for nothing; a difference is settled
    with a reason."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="payroll_totals",
        db_index=False,
        verbose_name=_("apprenticeship"),
    )
    week_starts_on = models.DateField(_("week starts on"))
    hours = HoursField(_("hours"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = user_key(_("recorded by"))
    settled_reason = models.CharField(_("why they differ"), max_length=500, blank=True)
    settled_hours = HoursField(_("logged hours when it was settled"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = user_key(_("settled by"), null=True, blank=True)
    voided_at = voided_at()
    voided_by = voided_by()

    objects = PayrollTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("payroll total")
        verbose_name_plural = _("payroll totals")
        ordering = ("week_starts_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="payroll_total_is_one_per_week",
                fields=("apprenticeship", "week_starts_on"),
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(name="payroll_total_is_not_negative", condition=Q(hours__gte=0)),
            models.CheckConstraint(
                name="payroll_total_is_settled_by_somebody_for_a_reason",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, settled_hours__isnull=True)
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, settled_hours__isnull=False)
                    & ~Q(settled_reason="")
                ),
            ),
            voided_pair("payroll_total_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.apprenticeship_id} {self.week_starts_on} {self.hours}"
