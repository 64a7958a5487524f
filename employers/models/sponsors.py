"""Who holds the registered standards, and the agencies that they are registered with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from imt.fields import HoursField


class RegistrationAgency(models.Model):
    """A state's or the federal office, with its rules as data. `source` names where a rule was read; an agency is
    unverified until someone of the staff has named it."""

    class Kind(models.TextChoices):
        FEDERAL = "OA", _("Federal office of apprenticeship")
        STATE = "SAA", _("State apprenticeship agency")

    class Weight(models.TextChoices):
        RECOMMENDED = "RECOMMENDED", _("Recommended: warn")
        REQUIRED = "REQUIRED", _("Required: refuse")

    code = models.CharField(_("code"), max_length=8, unique=True, help_text=_("WI, PA, …; OA for the federal office"))
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=2, blank=True)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    system = models.CharField(_("its system"), max_length=20, default="RAPIDS")
    notice_days = models.PositiveSmallIntegerField(_("days to report a change"), default=45)
    ojl_floor = HoursField(_("least OJL hours of standards"), default=2000)
    ri_hours_a_year = HoursField(_("RI hours a year"), default=144)
    ri_weight = models.CharField(_("RI hours a year are"), max_length=11, choices=Weight, default=Weight.RECOMMENDED)
    probation_percent = models.PositiveSmallIntegerField(_("probation: at most percent of the term"), default=25)
    probation_days = models.PositiveSmallIntegerField(_("probation: at most days"), default=365)
    source = models.TextField(_("source of these rules"), blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("registration agency")
        verbose_name_plural = _("registration agencies")
        ordering = ("code",)

    def __str__(self):
        return self.name


class SponsorQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_authenticated and (user.is_staff or user.is_auditor):
            return self
        if user.is_authenticated:
            return self.filter(pk__in=user.sponsor_memberships.in_force().values("sponsor"))
        return self.none()


class Sponsor(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    complaints_contact = models.CharField(_("complaints contact"), max_length=300, blank=True)

    objects = SponsorQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="sponsor_has_a_name", condition=~Q(name="")),)

    def __str__(self):
        return self.name


class Committee(models.Model):
    """A joint committee of labor and management: recommends people for the card, reviews progress."""

    sponsor = models.ForeignKey(Sponsor, models.PROTECT, related_name="committees", verbose_name=_("sponsor"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = (models.UniqueConstraint(name="committee_name_is_unique_in_sponsor", fields=("sponsor", "name")),)

    def __str__(self):
        return self.name


class StandardsRegistration(models.Model):
    """One version of standards as one agency holds it. Apprenticeships name the one they are filed under."""

    standards = models.ForeignKey(
        "employers.Standards", models.PROTECT, related_name="registrations", verbose_name=_("standards")
    )
    agency = models.ForeignKey(
        RegistrationAgency, models.PROTECT, related_name="registrations", verbose_name=_("agency")
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    updated_on = models.DateField(_("latest update on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("registration of standards")
        verbose_name_plural = _("registrations of standards")
        constraints = (
            models.UniqueConstraint(name="standards_are_registered_once_per_agency", fields=("standards", "agency")),
        )

    def __str__(self):
        return f"{self.standards} ({self.agency.code})"
