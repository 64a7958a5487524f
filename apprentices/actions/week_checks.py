"""Which cells of weeks can be saved: everything that the answer needs is read at once, for all the weeks together."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from apprentices.models import HourEntry, StandardsMove, Timesheet
from apprentices.queries.hours import status_histories, unsaved_week, worked_by_day
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.timesheets import status_on
from employers.models import WorkProcess

DAY_HOURS = Decimal(24)
LAST_DAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Known:
    """What the database has around the weeks of a save, read under its locks.

    `entries`: claims without a reference, {apprenticeship id: HourEntries}; `moves`: {apprenticeship id: (day,
    standards id) by day}; `processes`: {standards id: work process ids}; `histories`: {apprenticeship id: (day, status)
    by day}; `taken`: {(apprentice id, day): hours}, kept up while the weeks are gone through."""

    timesheets: dict
    entries: dict
    moves: dict
    processes: dict
    histories: dict
    taken: dict

    def week_of(self, apprenticeship, starts_on):
        """The Timesheet; an unsaved one where nobody has logged anything yet."""
        return self.timesheets.get((apprenticeship.pk, starts_on)) or unsaved_week(apprenticeship, starts_on)

    def standards_on(self, apprenticeship, day):
        moves = reversed(self.moves[apprenticeship.pk])
        return next((standards for since, standards in moves if since <= day), apprenticeship.standards_id)

    def take(self, apprenticeship, live, wanted):
        """The days of the person as they are once `wanted` stands in place of `live`; the next week sees them so."""
        person = apprenticeship.apprentice_id
        for entry in live:
            self.taken[person, entry.worked_on] -= entry.hours
        for cell in wanted:
            self.taken[person, cell.worked_on] += cell.hours

    def give_back(self, apprenticeship, live, wanted):
        """Undo `take`: the week was refused."""
        person = apprenticeship.apprentice_id
        for cell in wanted:
            self.taken[person, cell.worked_on] -= cell.hours
        for entry in live:
            self.taken[person, entry.worked_on] += entry.hours


def known_around(weeks):
    """Known of {(apprenticeship, week start)}, in a constant number of statements."""
    keys = {apprenticeship.pk for apprenticeship, _start in weeks}
    people = {apprenticeship.apprentice_id for apprenticeship, _start in weeks}
    since = min(start for _apprenticeship, start in weeks)
    until = max(start for _apprenticeship, start in weeks) + LAST_DAY
    timesheets = Timesheet.objects.filter(apprenticeship__among=keys, week_starts_on__range=(since, until))
    moves = defaultdict(list)
    rows = StandardsMove.objects.known().filter(apprenticeship__among=keys)
    for key, day, standards in rows.order_by("happened_on", "recorded_at", "pk").values_list(
        "apprenticeship", "happened_on", "standards"
    ):
        moves[key].append((day, standards))
    versions = {apprenticeship.standards_id for apprenticeship, _start in weeks}
    versions |= {standards for history in moves.values() for _day, standards in history}
    processes = defaultdict(set)
    for key, standards in WorkProcess.objects.filter(standards__in=versions).order_by().values_list("pk", "standards"):
        processes[standards].add(key)
    entries = defaultdict(list)
    for entry in HourEntry.objects.filter(apprenticeship__among=keys, worked_on__range=(since, until), entry_ref=""):
        entries[entry.apprenticeship_id].append(entry)
    return Known(
        timesheets={(week.apprenticeship_id, week.week_starts_on): week for week in timesheets},
        entries=entries,
        moves=moves,
        processes=processes,
        histories=status_histories(keys),
        taken=worked_by_day(people, since=since, until=until),
    )


def refused_cells(known, apprenticeship, week, changed, standing, today):
    """{(work process id, day): text} of the Cells that are new or have new hours, after `Known.take`.

    `standing`: {(work process id, day): timesheet id} of claims that this save leaves alone: approved ones, and those
    of another week, where the employer's weeks have started on another day meanwhile."""
    history = known.histories[apprenticeship.pk]
    errors = {}
    for key, cell in changed.items():
        process, day = key
        if not week.week_starts_on <= day <= week.week_starts_on + LAST_DAY:
            errors[key] = _("%(day)s is not a day of this week.") % {"day": day}
        elif process not in known.processes[known.standards_on(apprenticeship, day)]:
            errors[key] = _("This work process does not belong to the standards in force on that day.")
        elif not ZERO < cell.hours <= DAY_HOURS:
            errors[key] = _("Hours of a day are above 0 and at most 24.")
        elif key in standing and standing[key] == week.pk:
            errors[key] = _("These hours are approved already. A correction is an amendment.")
        elif key in standing:
            errors[key] = _(
                "Hours of this day and process stand in another week already: weeks started otherwise then."
            )
        elif day > today:
            errors[key] = _("%(day)s is still to come.") % {"day": day}
        elif day < apprenticeship.registered_on:
            errors[key] = _("The apprenticeship began on %(day)s.") % {"day": apprenticeship.registered_on}
        elif status_on(day, history) != "ACTIVE":
            errors[key] = _("The apprenticeship was not active on %(day)s.") % {"day": day}
        elif known.taken[apprenticeship.apprentice_id, day] > DAY_HOURS:
            hours = known.taken[apprenticeship.apprentice_id, day]
            errors[key] = _("With this the day would have %(hours)s hours.") % {"hours": hours}
    return errors
