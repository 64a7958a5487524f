"""The person, once, however many apprenticeships; and what the person said of themselves, kept apart."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair
from imt.fields import EncryptedTextField


class Apprentice(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="apprentice",
        null=True,
        blank=True,
        verbose_name=_("user"),
    )
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    date_of_birth = EncryptedTextField(_("birth date"), blank=True, help_text=_("yyyy-mm-dd, encrypted"))
    recorded_at = recorded_at()

    class Meta:
        verbose_name = _("apprentice")
        verbose_name_plural = _("apprentices")
        constraints = (
            models.UniqueConstraint(name="apprentice_email_is_unique", fields=("email",), condition=~Q(email="")),
            models.CheckConstraint(name="apprentice_email_is_lower_case", condition=Q(email=Lower("email"))),
        )

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()


class SelfIdentification(models.Model):
    """Voluntary, one live row a person, each answer encrypted; seen only by the equal-opportunity role, reported only
    in sums. An empty answer is: did not self-identify (29 CFR 30.11)."""

    SEX = ("Male", "Female")
    ETHNICITY = ("Hispanic or Latino", "Not Hispanic or Latino")
    RACE = (
        "American Indian or Alaska Native",
        "Asian",
        "Black or African American",
        "Native Hawaiian or Other Pacific Islander",
        "White",
    )
    VETERAN = ("Veteran", "Non-Veteran")
    DISABILITY = ("Yes", "No")
    DID_NOT = "Did not self-identify"

    apprentice = models.ForeignKey(
        Apprentice, models.PROTECT, related_name="self_identifications", verbose_name=_("apprentice")
    )
    sex = EncryptedTextField(_("sex"), blank=True)
    ethnicity = EncryptedTextField(_("ethnicity"), blank=True)
    race = EncryptedTextField(_("race"), blank=True, help_text=_("several are separated by “;”"))
    veteran = EncryptedTextField(_("veteran"), blank=True)
    disability = EncryptedTextField(_("disability"), blank=True)
    education = EncryptedTextField(_("education"), blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-identification")
        verbose_name_plural = _("self-identifications")
        constraints = (
            models.UniqueConstraint(
                name="self_identification_is_one_live_row",
                fields=("apprentice",),
                condition=Q(voided_at__isnull=True),
            ),
            voided_pair("self_identification_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return str(_("self-identification %(number)s") % {"number": self.pk})
