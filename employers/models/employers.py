"""Firms: where they are and how their week runs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from imt.fields import HoursField


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

    class OwnLogging(models.TextChoices):
        DECIDED = "DECIDED", _("is decided like any other week")
        AT_ONCE = "AT_ONCE", _("counts as approved at once")
        SECOND_PERSON = "SECOND_PERSON", _("needs a second person")

    class PayPeriod(models.TextChoices):
        WEEK = "WEEK", _("a week")
        TWO_WEEKS = "TWO_WEEKS", _("two weeks")
        HALF_MONTH = "HALF_MONTH", _("half a month")
        MONTH = "MONTH", _("a month")

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="settings", verbose_name=_("employer"))
    from_on = models.DateField(_("from"))
    week_starts_on = models.PositiveSmallIntegerField(_("week starts on"), choices=Weekday, default=Weekday.MONDAY)
    apprentices_log_hours = models.BooleanField(_("apprentices log their own hours"), default=False)
    own_logging = models.CharField(
        _("what a supervisor logs for others"), max_length=13, choices=OwnLogging, default=OwnLogging.DECIDED
    )
    late_after_days = models.PositiveSmallIntegerField(
        _("older entries need a reason and a second person"),
        null=True,
        blank=True,
        help_text=_("days after which; empty: never"),
    )
    pay_period = models.CharField(_("pay period"), max_length=10, choices=PayPeriod, default=PayPeriod.WEEK)
    pay_period_starts_on = models.DateField(
        _("a day on which a pay period starts"), null=True, blank=True, help_text=_("needed for two weeks")
    )
    due_after_days = models.PositiveSmallIntegerField(_("weeks are due days after the pay period"), default=2)
    decide_within_days = models.PositiveSmallIntegerField(
        _("days to decide"),
        default=3,
        help_text=_("an undecided week then passes to the substitute, and after as many again to the manager"),
    )

    class Meta:
        verbose_name = _("employer's settings")
        verbose_name_plural = _("employers' settings")
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(name="employer_settings_are_one_row_a_day", fields=("employer", "from_on")),
            models.CheckConstraint(name="employer_week_starts_on_a_weekday", condition=Q(week_starts_on__lte=6)),
            models.CheckConstraint(
                name="employer_pay_period_of_two_weeks_has_a_start",
                condition=~Q(pay_period="TWO_WEEKS") | Q(pay_period_starts_on__isnull=False),
            ),
            models.CheckConstraint(name="employer_days_to_decide_are_positive", condition=Q(decide_within_days__gte=1)),
        )

    def __str__(self):
        return f"{self.employer} {self.from_on}"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _shift(verbose_name, hours):
    return HoursField(verbose_name, default=hours)


class ShiftPattern(models.Model):
    """How many hours the plant's shift has on each weekday, from a day on. Without a row: Monday to Friday, 8 hours."""

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="shift_patterns", db_index=False, verbose_name=_("employer")
    )
    from_on = models.DateField(_("from"))
    monday = _shift(_("Monday"), 8)
    tuesday = _shift(_("Tuesday"), 8)
    wednesday = _shift(_("Wednesday"), 8)
    thursday = _shift(_("Thursday"), 8)
    friday = _shift(_("Friday"), 8)
    saturday = _shift(_("Saturday"), 0)
    sunday = _shift(_("Sunday"), 0)

    class Meta:
        verbose_name = _("shift pattern")
        verbose_name_plural = _("shift patterns")
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(name="shift_pattern_is_one_a_day", fields=("employer", "from_on")),
            models.CheckConstraint(
                name="shift_is_between_0_and_24_hours",
                condition=Q(
                    **{f"{day}__{bound}": hours for day in WEEKDAYS for bound, hours in (("gte", 0), ("lte", 24))}
                ),
            ),
        )

    def __str__(self):
        return f"{self.employer} {self.from_on}"

    @property
    def hours(self):
        """Seven Decimals, Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


class ClosedDay(models.Model):
    """A day of the plant's calendar on which nobody works: a holiday, a shutdown."""

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="closed_days", db_index=False, verbose_name=_("employer")
    )
    closed_on = models.DateField(_("closed on"))
    title = models.CharField(_("title"), max_length=100)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ("closed_on",)
        constraints = (models.UniqueConstraint(name="day_is_closed_once", fields=("employer", "closed_on")),)

    def __str__(self):
        return f"{self.employer} {self.closed_on}"


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
