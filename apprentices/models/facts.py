"""What every fact row has: the day it happened, when we learned it, and when it was taken back.

Nothing is overwritten: a corrected fact is a new row, and the old one is voided (contract: Who and what is known)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FactQuerySet(models.QuerySet):
    """Rows with `apprenticeship`, `recorded_at` and `voided_at`."""

    def known(self, known_at=None):
        """Recorded by `known_at` and not voided by then; without it: all that stand now."""
        if known_at is None:
            return self.filter(voided_at__isnull=True)
        return self.filter(Q(recorded_at__lte=known_at) & (Q(voided_at__isnull=True) | Q(voided_at__gt=known_at)))


def user_key(verbose_name, **options):
    """Who did it: always a user, never looked up backwards."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=verbose_name, **options
    )


def recorded_at():
    return models.DateTimeField(_("recorded"))


def voided_at():
    return models.DateTimeField(_("taken back"), null=True, blank=True)


def voided_by():
    return user_key(_("taken back by"), null=True, blank=True)


def voided_pair(name):
    """The named check that a row taken back names who took it back, and none other does."""
    return models.CheckConstraint(
        name=name,
        condition=Q(voided_at__isnull=True, voided_by__isnull=True)
        | Q(voided_at__isnull=False, voided_by__isnull=False),
    )
