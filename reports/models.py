"""What it adds up to, kept for fast lists: rebuilt from the facts by a task, never the source of a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from imt.fields import HoursField


class ProgressSnapshot(models.Model):
    """One per apprenticeship. It is behind when its `facts_position` is lower than the apprenticeship's, or its `as_of`
    is before today."""

    apprenticeship = models.OneToOneField(
        "apprentices.Apprenticeship",
        models.CASCADE,
        primary_key=True,
        related_name="progress_snapshot",
        verbose_name=_("apprenticeship"),
    )
    facts_position = models.PositiveIntegerField(_("position of its facts"))
    as_of = models.DateField(_("as of"))
    ojl_hours = HoursField(_("OJL hours"))
    ri_hours = HoursField(_("RI hours"))
    waiting_hours = HoursField(_("hours waiting for a decision"))
    processes = models.JSONField(_("hours by process"))
    eligible = models.BooleanField(_("eligible"))
    missing = models.JSONField(_("what is missing"))
    expected_on = models.DateField(_("expected finish"), null=True)
    earliest_on = models.DateField(_("earliest finish"), null=True)
    latest_on = models.DateField(_("latest finish"), null=True)
    refreshed_at = models.DateTimeField(_("refreshed"))

    class Meta:
        verbose_name = _("progress snapshot")
        verbose_name_plural = _("progress snapshots")

    def __str__(self):
        return f"{self.apprenticeship_id} {self.as_of}"
