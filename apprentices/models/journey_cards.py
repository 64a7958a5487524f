"""The sponsor's card, with the assessment as it stood. Not the agency's certificate of completion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import user_key


class JourneyCardQuerySet(models.QuerySet):
    def live(self):
        """Not revoked."""
        return self.filter(revoked_at__isnull=True)


class JourneyCard(models.Model):
    """`assessment` is the canonical answer (contract: Eligibility) that the card rests on; its digest stands in it."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship",
        models.PROTECT,
        related_name="journey_cards",
        verbose_name=_("apprenticeship"),
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(_("issued"))
    issued_by = user_key(_("issued by"))
    assessment = models.JSONField(_("assessment"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = user_key(_("revoked by"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason for revoking"), max_length=500, blank=True)

    objects = JourneyCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("journey card")
        verbose_name_plural = _("journey cards")
        ordering = ("issued_at",)
        constraints = (
            models.UniqueConstraint(
                name="journey_card_is_one_live_card",
                fields=("apprenticeship",),
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="journey_card_is_revoked_by_someone_with_a_reason",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
            ),
        )

    def __str__(self):
        return self.number
