"""Rows that hold from a day until a day."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day until a day; an open end is null."""

    def in_force(self, on=None):
        on = on or timezone.localdate()
        return self.filter(Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on)))


def dated_constraint(name):
    """The named check that a dated row does not end before it begins."""
    return models.CheckConstraint(name=name, condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")))
