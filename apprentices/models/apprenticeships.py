"""One registered agreement of a person with an employer under one version of standards, and what becomes of it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair
from employers.models import EmployerMembership
from employers.models.dates import DatedQuerySet, dated_constraint
from imt.fields import MoneyField


class Cohort(models.Model):
    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="cohorts", verbose_name=_("employer")
    )
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = (
            models.UniqueConstraint(name="cohort_name_is_unique_in_employer", fields=("employer", "name")),
            models.CheckConstraint(name="cohort_has_a_name", condition=~Q(name="")),
        )

    def __str__(self):
        return self.name


class ApprenticeshipQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_staff or user.is_auditor:
            return self
        return self.filter(
            Q(apprentice__user=user)
            | Q(employer__in=user.employer_memberships.in_force().values("employer"))
            | Q(employer__in=user.local_memberships.in_force().covered_employers())
            | Q(standards__sponsor__in=user.sponsor_memberships.in_force().values("sponsor"))
            # a mentor need not belong to the employer's office
            | Q(pk__in=Supervision.objects.in_force().filter(user=user).values("apprenticeship"))
        )

    def of_employers_of(self, user):
        """Those whose hours the user may log or decide as a manager or supervisor."""
        return self.filter(employer__in=user.employer_memberships.in_force().values("employer"))


class Apprenticeship(models.Model):
    """`facts_position` goes up by one with every action that changes a fact; `ledger_position` is the position of the
    last ledger line. Both are counted under the lock of this row."""

    ref = models.CharField(_("reference"), max_length=60, unique=True)
    apprentice = models.ForeignKey(
        "apprentices.Apprentice", models.PROTECT, related_name="apprenticeships", verbose_name=_("apprentice")
    )
    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="apprenticeships", verbose_name=_("employer")
    )
    standards = models.ForeignKey(
        "employers.Standards",
        models.PROTECT,
        related_name="apprenticeships",
        verbose_name=_("standards"),
        help_text=_("the version at registration; later ones stand in the moves"),
    )
    registration = models.ForeignKey(
        "employers.StandardsRegistration",
        models.PROTECT,
        related_name="apprenticeships",
        null=True,
        blank=True,
        verbose_name=_("filed under"),
    )
    cohort = models.ForeignKey(
        Cohort,
        models.PROTECT,
        related_name="apprenticeships",
        null=True,
        blank=True,
        verbose_name=_("cohort"),
    )
    registered_on = models.DateField(_("registered on"))
    journeyworker_rate = MoneyField(_("journeyworker rate"), null=True, blank=True)
    facts_position = models.PositiveIntegerField(_("position of its facts"), default=0, editable=False)
    ledger_position = models.PositiveIntegerField(_("position in its ledger"), default=0, editable=False)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))

    objects = ApprenticeshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("apprenticeship")
        verbose_name_plural = _("apprenticeships")
        ordering = ("ref",)
        constraints = (models.CheckConstraint(name="apprenticeship_has_a_reference", condition=~Q(ref="")),)

    def __str__(self):
        return self.ref


class StatusChange(models.Model):
    """A status holds from the start of its day until the next change."""

    class Status(models.TextChoices):
        REGISTERED = "REGISTERED", _("Registered")
        ACTIVE = "ACTIVE", _("Active")
        SUSPENDED = "SUSPENDED", _("Suspended")
        COMPLETED = "COMPLETED", _("Completed")
        CANCELLED = "CANCELLED", _("Cancelled")
        TRANSFERRED = "TRANSFERRED", _("Transferred")

    apprenticeship = models.ForeignKey(
        Apprenticeship, models.PROTECT, related_name="status_changes", verbose_name=_("apprenticeship")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    happened_on = models.DateField(_("from the start of"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reported_on = models.DateField(_("reported to the agency on"), null=True, blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ("happened_on", "recorded_at", "id")
        constraints = (
            models.UniqueConstraint(
                name="status_change_is_recorded_once_a_day",
                fields=("apprenticeship", "happened_on", "status"),
                condition=Q(voided_at__isnull=True),
            ),
            voided_pair("status_change_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.apprenticeship} {self.status} {self.happened_on}"


class StandardsMove(models.Model):
    """An explicit act: from this day the apprenticeship is judged under another version. What each requirement said
    before and after stands with it."""

    apprenticeship = models.ForeignKey(
        Apprenticeship, models.PROTECT, related_name="standards_moves", verbose_name=_("apprenticeship")
    )
    standards = models.ForeignKey(
        "employers.Standards", models.PROTECT, related_name="moves_here", verbose_name=_("to the standards")
    )
    happened_on = models.DateField(_("in force from"))
    reason = models.CharField(_("reason"), max_length=300)
    before = models.JSONField(_("assessment before"))
    after = models.JSONField(_("assessment after"))
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("move to other standards")
        verbose_name_plural = _("moves to other standards")
        ordering = ("happened_on", "recorded_at", "id")
        constraints = (voided_pair("standards_move_voided_at_and_by_go_together"),)

    def __str__(self):
        return f"{self.apprenticeship} → {self.standards}"


class SupervisionQuerySet(DatedQuerySet):
    def in_force(self, on=None):
        """Also not of those who have left the employer: whoever ends a membership need not remember whom the person
        supervised. A mentor who never was a member stays one."""
        on = on or timezone.localdate()
        memberships = EmployerMembership.objects.filter(
            user=OuterRef("user"), employer=OuterRef("apprenticeship__employer")
        )
        has_left = Exists(memberships.filter(until_on__lt=on)) & ~Exists(memberships.in_force(on))
        return super().in_force(on).exclude(has_left)


class Supervision(models.Model):
    """Who supervises, mentors or stands in for an apprenticeship, from a day to a day: decides queues and mails."""

    class Role(models.TextChoices):
        SUPERVISOR = "SUPERVISOR", _("Supervisor")
        MENTOR = "MENTOR", _("Mentor")
        SUBSTITUTE = "SUBSTITUTE", _("Substitute")

    apprenticeship = models.ForeignKey(
        Apprenticeship, models.PROTECT, related_name="supervisions", verbose_name=_("apprenticeship")
    )
    user = user_key(_("user"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        constraints = (
            dated_constraint("supervision_does_not_end_before_it_begins"),
            models.UniqueConstraint(
                name="supervision_is_open_once",
                fields=("apprenticeship", "user", "role"),
                condition=Q(until_on__isnull=True),
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.apprenticeship}"
