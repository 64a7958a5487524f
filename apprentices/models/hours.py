"""Claims: hours that somebody says were worked. A claim counts for nothing until its week is approved.

A timesheet is one apprenticeship and one week. Its `version` counts what is put up for a decision; each version gets at
most one. An entry carries the version that it is, or was, decided with: entries below the timesheet's version, and all
of an approved one, are decided and posted; the rest are live claims."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import user_key
from imt.fields import HoursField


class TimesheetQuerySet(models.QuerySet):
    def awaiting_decision(self):
        return self.filter(state=Timesheet.State.SUBMITTED)


class Timesheet(models.Model):
    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        SUBMITTED = "SUBMITTED", _("Submitted")
        RETURNED = "RETURNED", _("Returned")
        APPROVED = "APPROVED", _("Approved")

    class ZeroReason(models.TextChoices):
        LAYOFF = "LAYOFF", _("Layoff")
        LEAVE = "LEAVE", _("Leave")
        PLANT_CLOSED = "PLANT_CLOSED", _("Plant closed")
        OTHER = "OTHER", _("Another reason")

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="timesheets",
        db_index=False,  # leads the unique index of (apprenticeship, week)
        verbose_name=_("apprenticeship"),
    )
    week_starts_on = models.DateField(_("week starts on"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    edit_number = models.PositiveIntegerField(_("edit number"), default=1)
    zero_reason = models.CharField(_("reason for no hours"), max_length=12, choices=ZeroReason, blank=True)
    zero_note = models.CharField(_("note on it"), max_length=200, blank=True, db_default="")
    late_reason = models.CharField(_("why so late"), max_length=300, blank=True, db_default="")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = user_key(_("submitted by"), null=True, blank=True, db_index=False)

    objects = TimesheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("timesheet")
        verbose_name_plural = _("timesheets")
        ordering = ("week_starts_on",)
        constraints = (
            models.UniqueConstraint(name="timesheet_is_one_per_week", fields=("apprenticeship", "week_starts_on")),
            models.CheckConstraint(
                name="timesheet_submitted_at_and_by_go_together",
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="timesheet_another_reason_for_no_hours_is_said",
                condition=~Q(zero_reason="OTHER") | ~Q(zero_note=""),
            ),
            models.CheckConstraint(
                name="timesheet_waiting_or_decided_was_submitted",
                condition=Q(state="DRAFT") | Q(submitted_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                name="timesheet_awaiting_decision",
                fields=("apprenticeship", "week_starts_on"),
                condition=Q(state="SUBMITTED"),
            ),
        )

    def __str__(self):
        return f"{self.apprenticeship} {self.week_starts_on}"


class TimesheetDecision(models.Model):
    class Verdict(models.TextChoices):
        APPROVED = "APPROVED", _("Approved")
        RETURNED = "RETURNED", _("Returned")

    timesheet = models.ForeignKey(
        Timesheet,
        models.PROTECT,
        related_name="decisions",
        db_index=False,  # leads the unique index of (timesheet, version)
        verbose_name=_("timesheet"),
    )
    version = models.PositiveIntegerField(_("version"))
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = user_key(_("decided by"), db_index=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = user_key(_("undone by"), null=True, blank=True, db_index=False)

    class Meta:
        verbose_name = _("decision on a timesheet")
        verbose_name_plural = _("decisions on timesheets")
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(name="timesheet_version_is_decided_once", fields=("timesheet", "version")),
            models.CheckConstraint(
                name="timesheet_is_returned_with_a_reason", condition=Q(verdict="APPROVED") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="timesheet_decision_undone_at_and_by_go_together",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(
                name="timesheet_only_an_approval_is_undone",
                condition=Q(verdict="APPROVED") | Q(undone_at__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.timesheet} v{self.version} {self.verdict}"


# Begins the reference of an entry that was posted, whose approval was undone, and which was then taken out of its week.
TAKEN_BACK = "taken back "


class HourEntryQuerySet(models.QuerySet):
    def in_their_weeks(self):
        """Not taken out after their approval was undone."""
        return self.exclude(entry_ref__startswith=TAKEN_BACK)

    def live_claims(self):
        """Not yet decided: drafts, waiting, and returned entries."""
        return self.filter(version=F("timesheet__version")).exclude(timesheet__state=Timesheet.State.APPROVED)


class HourEntry(models.Model):
    """`apprenticeship` and `employer` repeat the timesheet's, so that one index can say what is unique and one read can
    find a person's day; `ledger_check` compares them (I7)."""

    class Source(models.TextChoices):
        LOGGED = "LOGGED", _("Logged")
        IMPORTED = "IMPORTED", _("Imported")
        SPLIT = "SPLIT", _("Split from a total")
        WEEK_TOTAL = "WEEK_TOTAL", _("Given as a week's total")

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="entries", verbose_name=_("timesheet"))
    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="hour_entries",
        db_index=False,  # leads the index of (apprenticeship, day)
        db_constraint=False,  # the timesheet's is checked; a second check costs 4 s per million rows
        verbose_name=_("apprenticeship"),
    )
    employer = models.ForeignKey(
        "employers.Employer",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # the apprenticeship's is checked
        verbose_name=_("employer"),
    )
    work_process = models.ForeignKey(
        "employers.WorkProcess",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,  # a process of published standards refuses to be deleted (imt/triggers.py)
        verbose_name=_("work process"),
    )
    worked_on = models.DateField(_("worked on"))
    hours = HoursField(_("hours"))
    note = models.TextField(_("note"), blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True)
    entry_ref = models.CharField(_("reference"), max_length=100, blank=True)
    client_id = models.UUIDField(_("identifier made on the device"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    version = models.PositiveIntegerField(_("version of the timesheet"))
    logged_at = models.DateTimeField(_("logged"))
    logged_by = user_key(_("logged by"), db_index=False, db_constraint=False)
    batch = models.ForeignKey(
        "audit.ImportBatch",
        models.PROTECT,
        related_name="hour_entries",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        verbose_name=_("import batch"),
    )

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("hour entry")
        verbose_name_plural = _("hour entries")
        ordering = ("worked_on", "id")
        constraints = (
            models.CheckConstraint(
                name="hour_entry_is_above_0_and_at_most_24_hours", condition=Q(hours__gt=0, hours__lte=24)
            ),
            models.UniqueConstraint(
                name="hour_entry_reference_is_unique_in_employer",
                fields=("employer", "entry_ref"),
                condition=~Q(entry_ref=""),
            ),
            models.UniqueConstraint(
                name="hour_entry_without_reference_is_one_per_day_and_process",
                fields=("apprenticeship", "worked_on", "work_process"),
                condition=Q(entry_ref=""),
            ),
            models.UniqueConstraint(
                name="hour_entry_client_id_is_unique",
                fields=("client_id",),
                condition=Q(client_id__isnull=False),
            ),
        )
        indexes = (
            models.Index(name="hour_entry_of_day", fields=("apprenticeship", "worked_on")),
            models.Index(name="hour_entry_of_batch", fields=("batch",), condition=Q(batch__isnull=False)),
        )

    def __str__(self):
        return f"{self.apprenticeship_id} {self.worked_on} {self.hours}"
