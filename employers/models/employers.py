"""Firms: where they are and how their week runs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EmployerQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_authenticated and (user.is_staff or user.is_auditor):
            return self
        if user.is_authenticated:
            return self.filter(
                Q(pk__in=user.employer_memberships.in_force().values("employer"))
                | Q(pk__in=user.local_memberships.in_force().covered_employers())
            )
        return self.none()


class Employer(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/Chicago")

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="employer_has_a_name", condition=~Q(name="")),)

    def __str__(self):
        return self.name


class EmployerSettings(models.Model):
    """How an employer's hours run, from a day on. Without a row: weeks start on Monday, apprentices log nothing."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="settings", verbose_name=_("employer"))
    from_on = models.DateField(_("from"))
    week_starts_on = models.PositiveSmallIntegerField(_("week starts on"), choices=Weekday, default=Weekday.MONDAY)
    apprentices_log_hours = models.BooleanField(_("apprentices log their own hours"), default=False)

    class Meta:
        verbose_name = _("employer's settings")
        verbose_name_plural = _("employers' settings")
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(name="employer_settings_are_one_row_a_day", fields=("employer", "from_on")),
            models.CheckConstraint(name="employer_week_starts_on_a_weekday", condition=Q(week_starts_on__lte=6)),
        )

    def __str__(self):
        return f"{self.employer} {self.from_on}"


class Worksite(models.Model):
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="worksites", verbose_name=_("employer"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("worksite")
        verbose_name_plural = _("worksites")
        constraints = (models.UniqueConstraint(name="worksite_name_is_unique", fields=("employer", "name")),)

    def __str__(self):
        return self.name


class JourneyworkerCount(models.Model):
    """How many journeyworkers a worksite has from a day on: the other half of the ratio."""

    worksite = models.ForeignKey(Worksite, models.PROTECT, related_name="journeyworker_counts")
    from_on = models.DateField(_("from"))
    count = models.PositiveIntegerField(_("journeyworkers"))

    class Meta:
        verbose_name = _("number of journeyworkers")
        verbose_name_plural = _("numbers of journeyworkers")
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(name="journeyworkers_are_counted_once_a_day", fields=("worksite", "from_on")),
        )

    def __str__(self):
        return f"{self.worksite}: {self.count}"
