"""Hours that count. One row per line, for good: a correction is a further line (append-only, imt/triggers.py)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import user_key
from imt.fields import HoursField

ORIGINS = ("entry", "instruction_record", "credit", "transfer", "opening_balance")


def _exactly_one_origin():
    condition = Q()
    for origin in ORIGINS:
        condition |= Q(**{f"{other}__isnull": other != origin for other in ORIGINS})
    return condition


class LedgerLineQuerySet(models.QuerySet):
    def known(self, known_at=None):
        """Posted by `known_at`; without it: all."""
        return self if known_at is None else self.filter(posted_at__lte=known_at)

    def standing(self):
        """Neither a reversal nor reversed."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)


class LedgerLine(models.Model):
    """`position` counts from 1 within the apprenticeship. `work_process` names the process of an OJL line,
    `course_code` the course of an RI line; neither: hours that are not tied. A reversal repeats its line with the
    hours negative."""

    class Kind(models.TextChoices):
        OJL = "OJL", _("On-the-job learning")
        RI = "RI", _("Related instruction")

    class Source(models.TextChoices):
        LOGGED = "LOGGED", _("Logged")
        IMPORTED = "IMPORTED", _("Imported")
        SPLIT = "SPLIT", _("Split from a total")
        WEEK_TOTAL = "WEEK_TOTAL", _("Given as a week's total")
        OPENING = "OPENING", _("Opening balance")
        CREDIT = "CREDIT", _("Credit")
        TRANSFER = "TRANSFER", _("Transfer")
        INSTRUCTION = "INSTRUCTION", _("Related instruction")
        REVERSAL = "REVERSAL", _("Reversal")

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="ledger_lines",
        db_index=False,  # leads three indexes below
        db_constraint=False,  # the origin's is checked
        verbose_name=_("apprenticeship"),
    )
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    work_process = models.ForeignKey(
        "employers.WorkProcess",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,  # the entry's, credit's or opening balance's is checked
        verbose_name=_("work process"),
    )
    course_code = models.CharField(_("course"), max_length=100, blank=True)
    hours = HoursField(_("hours"))
    happened_on = models.DateField(_("happened on"))
    source = models.CharField(_("source"), max_length=11, choices=Source)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    posted_at = models.DateTimeField(_("posted"))
    posted_by = user_key(_("posted by"), db_index=False, db_constraint=False)
    reverses = models.OneToOneField(
        "self", models.PROTECT, related_name="reversed_by", null=True, verbose_name=_("reverses")
    )
    entry = models.ForeignKey(
        "apprentices.HourEntry", models.PROTECT, related_name="lines", null=True, verbose_name=_("hour entry")
    )
    instruction_record = models.ForeignKey(
        "apprentices.InstructionRecord",
        models.PROTECT,
        related_name="lines",
        null=True,
        db_index=False,
        verbose_name=_("instruction record"),
    )
    credit = models.ForeignKey(
        "apprentices.Credit",
        models.PROTECT,
        related_name="lines",
        null=True,
        db_index=False,
        verbose_name=_("credit"),
    )
    transfer = models.ForeignKey(
        "apprentices.Transfer",
        models.PROTECT,
        related_name="lines",
        null=True,
        db_index=False,
        verbose_name=_("transfer"),
    )
    opening_balance = models.ForeignKey(
        "apprentices.OpeningBalance",
        models.PROTECT,
        related_name="lines",
        null=True,
        db_index=False,
        verbose_name=_("opening balance"),
    )

    objects = LedgerLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        ordering = ("apprenticeship", "position")
        constraints = (
            models.UniqueConstraint(name="ledger_line_position_is_unique", fields=("apprenticeship", "position")),
            models.CheckConstraint(
                name="ledger_line_only_reversals_are_negative",
                condition=Q(source="REVERSAL", hours__lt=0, reverses__isnull=False)
                | (~Q(source="REVERSAL") & Q(hours__gt=0, reverses__isnull=True)),
            ),
            models.CheckConstraint(name="ledger_line_has_exactly_one_origin", condition=_exactly_one_origin()),
            models.CheckConstraint(
                name="ledger_line_is_tied_by_its_kind",
                condition=Q(kind="OJL", course_code="") | Q(kind="RI", work_process__isnull=True),
            ),
            models.CheckConstraint(
                name="ledger_line_reversal_has_a_reason", condition=~Q(source="REVERSAL", reason="")
            ),
            models.CheckConstraint(name="ledger_line_positions_count_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="ledger_line_does_not_reverse_itself",
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
            ),
        )
        indexes = (
            # the sums by process; hours last, so that the index alone answers (SQLite has no INCLUDE)
            models.Index(
                name="ledger_line_by_process",
                fields=("apprenticeship", "work_process", "happened_on", "hours"),
                condition=Q(kind="OJL"),
            ),
            # the hours that a person worked on a day
            models.Index(
                name="ledger_line_by_day",
                fields=("apprenticeship", "happened_on", "hours"),
                condition=Q(entry__isnull=False),
            ),
            models.Index(
                name="ledger_line_of_instruction",
                fields=("apprenticeship", "course_code"),
                condition=Q(kind="RI"),
            ),
        )

    def __str__(self):
        return f"{self.apprenticeship_id}/{self.position} {self.hours}"
