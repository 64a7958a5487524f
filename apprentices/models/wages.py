"""The firm's own words and money beside the IMT title: dated, and they go on after the card."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair
from imt.fields import MoneyField


class JobTitle(models.Model):
    """The firm's job title and department from a day on ("dual classification")."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="job_titles",
        verbose_name=_("apprenticeship"),
    )
    from_on = models.DateField(_("from"))
    title = models.CharField(_("job title"), max_length=200)
    department = models.CharField(_("department"), max_length=200, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        ordering = ("from_on", "recorded_at", "id")
        constraints = (voided_pair("job_title_voided_at_and_by_go_together"),)

    def __str__(self):
        return self.title


class WageRate(models.Model):
    """What the firm pays per hour from a day on."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="wage_rates",
        verbose_name=_("apprenticeship"),
    )
    from_on = models.DateField(_("from"))
    hourly_rate = MoneyField(_("hourly rate"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage rate")
        verbose_name_plural = _("wage rates")
        ordering = ("from_on", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(name="wage_rate_is_positive", condition=Q(hourly_rate__gt=0)),
            voided_pair("wage_rate_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.hourly_rate} {self.from_on}"
