"""Periodic reviews of progress: the apprentice's part first, then mentor, labor and management; each signs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apprentices.models.facts import FactQuerySet, recorded_at, user_key, voided_at, voided_by, voided_pair


class Part(models.TextChoices):
    """Whose part of a review it is, in the order in which they are written."""

    APPRENTICE = "APPRENTICE", _("Apprentice")
    MENTOR = "MENTOR", _("Mentor")
    LABOR = "LABOR", _("Labor")
    MANAGEMENT = "MANAGEMENT", _("Management")


class ReviewQuestion(models.Model):
    """What a part asks. A question that was answered once is retired rather than changed."""

    sponsor = models.ForeignKey(
        "employers.Sponsor", models.PROTECT, related_name="review_questions", verbose_name=_("sponsor")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("question"), max_length=300)
    is_wish = models.BooleanField(_("the answer is a wish for the committee"), default=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of reviews")
        verbose_name_plural = _("questions of reviews")
        ordering = ("part", "position", "id")
        constraints = (models.CheckConstraint(name="review_question_asks_something", condition=~Q(text="")),)

    def __str__(self):
        return self.text


class Review(models.Model):
    """One review. `held_on` is the day of the last signature; without it the review is under way."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship", models.PROTECT, related_name="reviews", verbose_name=_("apprenticeship")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    recorded_at = recorded_at()
    recorded_by = user_key(_("recorded by"))
    voided_at = voided_at()
    voided_by = voided_by()

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("held_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="review_is_under_way_once",
                fields=("apprenticeship",),
                condition=Q(held_on__isnull=True, voided_at__isnull=True),
            ),
            voided_pair("review_voided_at_and_by_go_together"),
        )

    def __str__(self):
        return f"{self.apprenticeship} {self.held_on or self.due_on}"


class ReviewPart(models.Model):
    """What one side said, signed. `answers` are [{"question", "text", "answer"}] as they were asked."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="parts", db_index=False, verbose_name=_("review"))
    part = models.CharField(_("part"), max_length=10, choices=Part)
    answers = models.JSONField(_("answers"), default=list)
    signed_at = models.DateTimeField(_("signed"))
    signed_by = user_key(_("signed by"))

    class Meta:
        verbose_name = _("part of a review")
        verbose_name_plural = _("parts of reviews")
        ordering = ("review", "id")
        constraints = (models.UniqueConstraint(name="review_part_is_signed_once", fields=("review", "part")),)

    def __str__(self):
        return f"{self.review} {self.part}"


class Wish(models.Model):
    """What somebody has not got to learn yet, until the committee has answered it."""

    apprenticeship = models.ForeignKey(
        "apprentices.Apprenticeship", models.PROTECT, related_name="wishes", verbose_name=_("apprenticeship")
    )
    review = models.ForeignKey(
        Review, models.PROTECT, related_name="wishes", null=True, blank=True, verbose_name=_("review")
    )
    text = models.CharField(_("wish"), max_length=500)
    wished_at = models.DateTimeField(_("wished"))
    wished_by = user_key(_("wished by"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = user_key(_("answered by"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ("wished_at", "id")
        constraints = (
            models.CheckConstraint(
                name="wish_is_answered_by_somebody_with_words",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        )

    def __str__(self):
        return self.text
