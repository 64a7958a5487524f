"""What happened, and what ran: the audit log, import batches, and long runs with their progress."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One subject of one event. Append-only, in the database too (imt/triggers.py)."""

    event = models.CharField(_("event"), max_length=60)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    origin = models.CharField(_("from where"), max_length=200, blank=True)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.BigIntegerField(_("subject"))
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = (models.Index(fields=("subject_type", "subject_id", "id"), name="audit_event_of_subject"),)

    def __str__(self):
        return f"{self.event} {self.subject_type}:{self.subject_id}"


class ImportBatch(models.Model):
    """One file that was taken in: which, by whom, with how many rows, and every warning that it gave."""

    kind = models.CharField(_("kind"), max_length=40)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    counts = models.JSONField(_("counts"), default=dict)
    warnings = models.JSONField(_("warnings"), default=list)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        constraints = (
            models.CheckConstraint(
                name="import_batch_undone_at_and_by_go_together",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("kind", "recorded_at"), name="import_batch_by_kind"),)

    def __str__(self):
        return f"{self.kind} {self.file_name}"


class Run(models.Model):
    """Long work whose progress can be watched. The rows to be done say what is left; this row says how far it is.

    A run that dies is started again by the sweep; the third start that dies marks it failed."""

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("Queued")
        RUNNING = "RUNNING", _("Running")
        DONE = "DONE", _("Done")
        FAILED = "FAILED", _("Failed")

    kind = models.CharField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    total = models.PositiveIntegerField(_("total"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    starts = models.PositiveSmallIntegerField(_("starts"), default=0)
    arguments = models.JSONField(_("arguments"), default=dict)
    error = models.TextField(_("error"), blank=True)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    beat_at = models.DateTimeField(_("last sign of life"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("queued by")
    )

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = (
            models.CheckConstraint(name="run_done_is_within_total", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="run_is_finished_when_it_ended",
                condition=Q(state__in=("QUEUED", "RUNNING"), finished_at__isnull=True)
                | Q(state__in=("DONE", "FAILED"), finished_at__isnull=False),
            ),
        )

    def __str__(self):
        return f"{self.kind} {self.state} {self.done}/{self.total}"
