"""Hours that were not logged here: granted for prior experience, earned on paper before, or taken over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair
from imt.fields import HoursField

KINDS = (("OJL", _("On-the-job learning")), ("RI", _("Related instruction")))


def _tied_by_kind(name):
    return models.CheckConstraint(
        name=name, condition=Q(kind="OJL", course_code="") | Q(kind="RI", work_process__isnull=True)
    )


class Credit(models.Model):
    """A decision: hours counted for prior experience. Not tied to a process or course when neither is named."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship", models.PROTECT, related_name="credits", verbose_name=_("apprenticeship")
    )
    kind = models.CharField(_("kind"), max_length=3, choices=KINDS)
    work_process = models.ForeignKey(
        "employers.WorkProcess",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("work process"),
    )
    course_code = models.CharField(_("course"), max_length=100, blank=True)
    hours = HoursField(_("hours"))
    decided_on = models.DateField(_("decided on"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ("decided_on", "id")
        constraints = (
            models.CheckConstraint(name="credit_hours_are_positive", condition=Q(hours__gt=0)),
            _tied_by_kind("credit_is_tied_by_its_kind"),
            voided_pair("credit_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.kind} {self.hours} {self.decided_on}"


class OpeningBalance(models.Model):
    """What was earned on paper before the first day here. Counts like logged hours, dated `through_on`; no credit."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="opening_balances",
        verbose_name=_("apprenticeship"),
    )
    kind = models.CharField(_("kind"), max_length=3, choices=KINDS)
    work_process = models.ForeignKey(
        "employers.WorkProcess",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("work process"),
    )
    course_code = models.CharField(_("course"), max_length=100, blank=True)
    hours = HoursField(_("hours"))
    through_on = models.DateField(_("earned through"))
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    approved_by_text = models.CharField(_("approved by, as written"), max_length=200, blank=True)
    approved_by = user_key(_("approved by"), null=True, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        ordering = ("through_on", "id")
        constraints = (
            models.CheckConstraint(name="opening_balance_hours_are_positive", condition=Q(hours__gt=0)),
            _tied_by_kind("opening_balance_is_tied_by_its_kind"),
            voided_pair("opening_balance_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.kind} {self.hours} {self.through_on}"


class Transfer(models.Model):
    """A new agreement takes over the posted hours of an earlier one of the same person."""

    from_apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship", models.PROTECT, related_name="transfers_out", verbose_name=_("from")
    )
    apprenticeship = models.OneToOneField(
        "apprentices.Apprenticeship", models.PROTECT, related_name="transfer_in", verbose_name=_("to")
    )
    happened_on = models.DateField(_("happened on"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = (
            models.CheckConstraint(
                name="transfer_goes_to_another_apprenticeship",
                condition=~Q(from_apprenticeship=models.F("apprenticeship")),
            ),
        )

    def __str__(self):
        return f"{self.from_apprenticeship} → {self.apprenticeship}"
