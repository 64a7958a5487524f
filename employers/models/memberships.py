"""Who belongs to an employer, a union local or a sponsor, from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from employers.models.dates import DatedQuerySet, dated_constraint
from employers.models.employers import Employer


class EmployerMembership(models.Model):
    class Role(models.TextChoices):
        MANAGER = "MANAGER", _("Manager")
        SUPERVISOR = "SUPERVISOR", _("Supervisor")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="employer_memberships", verbose_name=_("user")
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="memberships", verbose_name=_("employer"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership in an employer")
        verbose_name_plural = _("memberships in employers")
        constraints = (
            dated_constraint("employer_membership_does_not_end_before_it_begins"),
            models.UniqueConstraint(
                name="employer_membership_is_open_once",
                fields=("user", "employer", "role"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.employer}"


class UnionLocal(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("union local")
        verbose_name_plural = _("union locals")
        ordering = ("name",)

    def __str__(self):
        return self.name


class LocalCoverage(models.Model):
    """The local represents the employer's people from a day to a day."""

    local = models.ForeignKey(UnionLocal, models.PROTECT, related_name="coverages", verbose_name=_("local"))
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="local_coverages", verbose_name=_("employer"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("local's coverage")
        verbose_name_plural = _("locals' coverages")
        constraints = (
            dated_constraint("local_coverage_does_not_end_before_it_begins"),
            models.UniqueConstraint(
                name="local_coverage_is_open_once",
                fields=("local", "employer"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.local}, {self.employer}"


class LocalMembershipQuerySet(DatedQuerySet):
    def covered_employers(self):
        """Keys of the employers that these members' locals cover today."""
        return LocalCoverage.objects.in_force().filter(local__in=self.values("local")).values("employer")


class LocalMembership(models.Model):
    """A LABOR member: reads the progress of the people of every employer that the local covers."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="local_memberships", verbose_name=_("user")
    )
    local = models.ForeignKey(UnionLocal, models.PROTECT, related_name="memberships", verbose_name=_("local"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = LocalMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership in a local")
        verbose_name_plural = _("memberships in locals")
        constraints = (
            dated_constraint("local_membership_does_not_end_before_it_begins"),
            models.UniqueConstraint(
                name="local_membership_is_open_once",
                fields=("user", "local"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.local}"


class SponsorMembership(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sponsor_memberships", verbose_name=_("user")
    )
    sponsor = models.ForeignKey(
        "employers.Sponsor", models.PROTECT, related_name="memberships", verbose_name=_("sponsor")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership in a sponsor")
        verbose_name_plural = _("memberships in sponsors")
        constraints = (
            dated_constraint("sponsor_membership_does_not_end_before_it_begins"),
            models.UniqueConstraint(
                name="sponsor_membership_is_open_once",
                fields=("user", "sponsor"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.sponsor}"
