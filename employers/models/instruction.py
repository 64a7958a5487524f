"""Who teaches, what they offer, and which required courses an offered course meets."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from imt.fields import HoursField


class TrainingProvider(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("training provider")
        verbose_name_plural = _("training providers")
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="training_provider_has_a_name", condition=~Q(name="")),)

    def __str__(self):
        return self.name


class OfferedCourse(models.Model):
    class Delivery(models.TextChoices):
        CLASSROOM = "CLASSROOM", _("Classroom")
        ONLINE = "ONLINE", _("Online")
        SELF_PACED = "SELF_PACED", _("Self-paced")

    provider = models.ForeignKey(
        TrainingProvider, models.PROTECT, related_name="offered_courses", verbose_name=_("provider")
    )
    code = models.CharField(_("code"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery)

    class Meta:
        verbose_name = _("offered course")
        verbose_name_plural = _("offered courses")
        ordering = ("provider", "code")
        constraints = (models.UniqueConstraint(name="offered_course_code_is_unique", fields=("provider", "code")),)

    def __str__(self):
        return f"{self.code} {self.title}"


class CrosswalkRow(models.Model):
    """An offered course meets the required course of this code, in all standards that require it, with these hours."""

    offered_course = models.ForeignKey(
        OfferedCourse, models.PROTECT, related_name="crosswalk", verbose_name=_("offered course")
    )
    meets = models.CharField(_("meets the required course"), max_length=100)
    hours = HoursField(_("with hours"))

    class Meta:
        verbose_name = _("crosswalk row")
        verbose_name_plural = _("crosswalk rows")
        ordering = ("offered_course", "id")
        constraints = (
            models.UniqueConstraint(name="crosswalk_meets_a_course_once", fields=("offered_course", "meets")),
            models.CheckConstraint(name="crosswalk_hours_are_positive", condition=Q(hours__gt=0)),
        )

    def __str__(self):
        return f"{self.offered_course} → {self.meets}"
