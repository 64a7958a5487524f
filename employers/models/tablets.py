"""Signing in on the floor without an e-mail: by badge and PIN, on a tablet paired with the employer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.models.dates import DatedQuerySet, dated_constraint
from employers.models.employers import Employer


class Badge(models.Model):
    """The number on somebody's badge at an employer, from a day to a day. `pin` is hashed like a password; empty where
    none was set yet."""

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="badges", db_index=False, verbose_name=_("employer")
    )
    number = models.CharField(_("badge number"), max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="badges", verbose_name=_("user"))
    pin = models.CharField(_("PIN, hashed"), max_length=128, blank=True, editable=False)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ("number", "from_on")
        constraints = (
            dated_constraint("badge_does_not_end_before_it_begins"),
            models.CheckConstraint(name="badge_has_a_number", condition=~Q(number="")),
            models.UniqueConstraint(
                name="badge_number_is_held_by_one_person",
                fields=("employer", "number"),
                condition=Q(until_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="person_holds_one_badge_of_an_employer",
                fields=("employer", "user"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.number}, {self.user}"


class PairedDevice(models.Model):
    """A tablet on the floor that may ask for badge and PIN. It holds a token; here is only the token's SHA-256."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="paired_devices", verbose_name=_("employer"))
    name = models.CharField(_("name"), max_length=100)
    token_digest = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, editable=False)
    paired_at = models.DateTimeField(_("paired"))
    paired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("paired by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("paired device")
        verbose_name_plural = _("paired devices")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="paired_device_withdrawn_at_and_by_go_together",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        )

    def __str__(self):
        return self.name
