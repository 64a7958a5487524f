"""Related instruction: every attempt at a course, under way or with a result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair
from imt.fields import HoursField


class InstructionRecord(models.Model):
    """One attempt. Only a passed one posts ledger lines; an open one is shown apart, and voided by its result."""

    class Result(models.TextChoices):
        IN_PROGRESS = "IN_PROGRESS", _("Under way")
        PASSED = "PASSED", _("Passed")
        FAILED = "FAILED", _("Failed")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="instruction_records",
        verbose_name=_("apprenticeship"),
    )
    course_code = models.CharField(_("course"), max_length=100)
    provider = models.ForeignKey(
        "employers.TrainingProvider",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("provider"),
    )
    offered_course = models.ForeignKey(
        "employers.OfferedCourse",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("offered course"),
        help_text=_("where the provider offers the course under this code; else the required course is meant"),
    )
    term = models.CharField(_("term"), max_length=40, blank=True)
    hours = HoursField(_("hours"))
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=11, choices=Result)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("instruction record")
        verbose_name_plural = _("instruction records")
        ordering = ("completed_on", "id")
        constraints = (
            models.CheckConstraint(name="instruction_hours_are_not_negative", condition=Q(hours__gte=0)),
            models.CheckConstraint(
                name="instruction_with_a_result_has_its_day",
                condition=Q(result="IN_PROGRESS", completed_on__isnull=True)
                | (~Q(result="IN_PROGRESS") & Q(completed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="instruction_offered_course_has_its_provider",
                condition=Q(offered_course__isnull=True) | Q(provider__isnull=False),
            ),
            voided_pair("instruction_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.course_code} {self.result}"
