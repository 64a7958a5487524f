"""What stands beside the hours: credentials held, competencies signed off, the committee's recommendation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair


class Credential(models.Model):
    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="credentials",
        verbose_name=_("apprenticeship"),
    )
    code = models.CharField(_("credential"), max_length=100)
    earned_on = models.DateField(_("earned on"))
    expires_on = models.DateField(_("last day it is good"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ("earned_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="credential_is_recorded_once_a_day",
                fields=("apprenticeship", "code", "earned_on"),
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="credential_does_not_expire_before_it_is_earned",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("earned_on")),
            ),
            voided_pair("credential_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return self.code


class SignOff(models.Model):
    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="sign_offs",
        verbose_name=_("apprenticeship"),
    )
    competency = models.ForeignKey(
        "employers.Competency", models.PROTECT, related_name="+", verbose_name=_("competency")
    )
    signed_on = models.DateField(_("signed on"))
    signed_by = models.CharField(_("signed by"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True, db_default="")
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ("signed_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="sign_off_is_one_per_competency",
                fields=("apprenticeship", "competency"),
                condition=Q(voided_at__isnull=True),
            ),
            voided_pair("sign_off_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.competency} {self.signed_on}"


class Recommendation(models.Model):
    """The committee recommends the person for the card."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="recommendations",
        verbose_name=_("apprenticeship"),
    )
    committee = models.ForeignKey(
        "employers.Committee", models.PROTECT, related_name="recommendations", verbose_name=_("committee")
    )
    decided_on = models.DateField(_("decided on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("decided_on", "id")
        constraints = (voided_pair("recommendation_voided_at_and_by_go_together"),)

    def __str__(self):
        return f"{self.committee} {self.decided_on}"
