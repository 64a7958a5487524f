"""Weeks as they are typed, kept until they are saved: a crash, a lost session or a dead phone then loses nothing.

No claims, and nobody but who typed them sees them: so no row in the history, and no lock."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apprentices.models import TypedWeek
from apprentices.permissions import loggable_by
from apprentices.rules.week_names import LONGEST_TYPED, is_name_of_week


@dataclass(frozen=True, slots=True)
class Typed:
    """`texts`: {name of the field: text}; empty where everything is as it stands."""

    apprenticeship_id: int
    week_starts_on: date
    edit_number: int
    texts: dict


class NotYours(PermissionError):
    """The actor may not log hours of one of these apprenticeships."""


@transaction.atomic
def keep_typed(*, weeks, apprenticeships, by, on):
    """Keep each Typed in place of what `by` typed into that week before. `apprenticeships`: the queryset they are of.

    Fields that no week has are left out, texts longer than any field are cut."""
    permitted = set(loggable_by(by, apprenticeships, on=on).values_list("pk", flat=True))
    if {week.apprenticeship_id for week in weeks} - permitted:
        raise NotYours
    moment = timezone.now()
    rows = [
        TypedWeek(
            user=by,
            apprenticeship_id=week.apprenticeship_id,
            week_starts_on=week.week_starts_on,
            edit_number=week.edit_number,
            typed={name: text[:LONGEST_TYPED] for name, text in week.texts.items() if is_name_of_week(name)},
            typed_at=moment,
        )
        for week in weeks
    ]
    for row in rows:
        if not row.typed:
            forget_typed(apprenticeships=[row.apprenticeship_id], starts=[row.week_starts_on], by=by)
    TypedWeek.objects.bulk_create(
        [row for row in rows if row.typed],
        update_conflicts=True,
        unique_fields=["user", "apprenticeship", "week_starts_on"],
        update_fields=["edit_number", "typed", "typed_at"],
    )


def forget_typed(*, apprenticeships, starts, by):
    """Nothing stays of what `by` typed into these weeks: of apprenticeships (ids), starting on one of `starts`."""
    TypedWeek.objects.filter(user=by, apprenticeship__in=apprenticeships, week_starts_on__in=starts).delete()
