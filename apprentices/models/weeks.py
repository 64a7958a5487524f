"""What stands around a week of claims: what was typed and not saved yet, evidence, links to approve it, and what was
answered to a hint. None of it counts, and none of it changes what counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import user_key, voided_at, voided_by, voided_pair


class TypedWeek(models.Model):
    """A week as somebody typed it, bad cells included, until it is saved: kept so that a crash loses nothing.
    `typed` is {field name of the form: text}; `edit_number` the timesheet's when the typing began."""

    user = user_key(_("user"), db_index=False)
    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship", models.PROTECT, related_name="+", verbose_name=_("apprenticeship")
    )
    week_starts_on = models.DateField(_("week starts on"))
    edit_number = models.PositiveIntegerField(_("edit number"))
    typed = models.JSONField(_("as typed"), default=dict)
    typed_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("typed week")
        verbose_name_plural = _("typed weeks")
        constraints = (
            models.UniqueConstraint(
                name="typed_week_is_one_per_user", fields=("user", "apprenticeship", "week_starts_on")
            ),
        )

    def __str__(self):
        return f"{self.user} {self.apprenticeship_id} {self.week_starts_on}"


class Evidence(models.Model):
    """A file or photo that shows the hours of a week. Its bytes stand in the row: one backup, one transaction."""

    timesheet = models.ForeignKey(
        "apprentices.Timesheet", models.PROTECT, related_name="evidence", verbose_name=_("timesheet")
    )
    file_name = models.CharField(_("file"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added"))
    added_by = user_key(_("added by"))
    voided_at = voided_at()
    voided_by = voided_by()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("added_at", "id")
        constraints = (
            voided_pair("evidence_voided_at_and_by_go_together"),
            models.UniqueConstraint(
                name="evidence_is_added_once", fields=("timesheet", "sha256"), condition=Q(voided_at__isnull=True)
            ),
        )

    def __str__(self):
        return self.file_name


class ApprovalLink(models.Model):
    """Lets a named mentor without an account decide on one version of one week, once. Only the token's SHA-256 is kept.
    `user` is the LINK user who acts through it."""

    timesheet = models.ForeignKey(
        "apprentices.Timesheet", models.PROTECT, related_name="approval_links", verbose_name=_("timesheet")
    )
    version = models.PositiveIntegerField(_("version"))
    user = user_key(_("mentor"))
    token_digest = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    made_by = user_key(_("made by"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to approve")
        verbose_name_plural = _("links to approve")
        ordering = ("made_at", "id")

    def __str__(self):
        return f"{self.user} {self.timesheet}"


class HintAnswer(models.Model):
    """What somebody said to a sign of habit in a week. Hours, figures and cards never depend on it."""

    timesheet = models.ForeignKey(
        "apprentices.Timesheet",
        models.PROTECT,
        related_name="hint_answers",
        db_index=False,
        verbose_name=_("timesheet"),
    )
    hint = models.CharField(_("hint"), max_length=40)
    answer = models.CharField(_("answer"), max_length=500)
    answered_at = models.DateTimeField(_("answered"))
    answered_by = user_key(_("answered by"))

    class Meta:
        verbose_name = _("answer to a hint")
        verbose_name_plural = _("answers to hints")
        ordering = ("answered_at", "id")
        indexes = (models.Index(name="hint_answer_of_timesheet", fields=("timesheet", "hint")),)
        constraints = (models.CheckConstraint(name="hint_answer_says_something", condition=~Q(answer="")),)

    def __str__(self):
        return f"{self.hint} {self.timesheet}"
