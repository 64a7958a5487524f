"""The departments of a plant, as its people have written them before: offered where somebody types one."""

from datetime import timedelta

from apprentices.models import Apprenticeship, HourEntry, JobTitle

LOOKED_BACK = timedelta(days=180)


def departments_of(employer, *, on):
    """The names of the employer's departments, by name: those of the job titles that stand, and those that hours of the
    half year before `on` were worked in. Two queries."""
    people = Apprenticeship.objects.filter(employer=employer)
    titles = JobTitle.objects.known().filter(apprenticeship__in=people).exclude(department="")
    worked = HourEntry.objects.filter(
        apprenticeship__in=people.values("pk"), worked_on__range=(on - LOOKED_BACK, on)
    ).exclude(department="")
    rows = (titles, worked)
    return sorted({name for row in rows for name in row.order_by().values_list("department", flat=True).distinct()})
