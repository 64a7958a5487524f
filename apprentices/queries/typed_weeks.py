"""What somebody typed into weeks and has not saved."""

from apprentices.models import TypedWeek


def typed_weeks(user, grids):
    """{apprenticeship id: TypedWeek} of what the user typed into the weeks of these WeekGrids."""
    starts = {grid.apprenticeship.pk: grid.starts_on for grid in grids}
    found = TypedWeek.objects.filter(
        user=user, apprenticeship__in=starts, week_starts_on__in=set(starts.values())
    ).order_by()
    return {row.apprenticeship_id: row for row in found if starts[row.apprenticeship_id] == row.week_starts_on}
