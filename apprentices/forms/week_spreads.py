"""Totals laid over a week: the hours of each day split over work processes by shares, or one total per process laid
over the days of the shift."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.actions.weeks import Cell
from apprentices.models import HourEntry, Timesheet
from apprentices.rules.hours import HoursError, exact_hours, hours_text
from apprentices.rules.spreading import MOST_OF_A_DAY, DoesNotFit, split_by_shares, week_laid
from employers.models import WorkProcess
from imt.fields import from_hundredths

MILLISECONDS_PER_HUNDREDTH = 36_000
MOST_OF_A_WEEK = 7 * MOST_OF_A_DAY
LONGEST_NOTE = 1000


class HundredthsField(forms.CharField):
    """Text in any notation of hours → hundredths, at most `most` of them; None where it is empty or zero."""

    def __init__(self, *, most, **options):
        attributes = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "40"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **options)
        self.most = most

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            exact = exact_hours(text)
        except HoursError as error:
            found = {"found": error.found}
            text = _("“%(found)s” is not hours. Write 8, 8.5, 8,5, 8:30, 2h30m or 90m.") % found
            raise forms.ValidationError(text) from error
        hundredths = (exact + MILLISECONDS_PER_HUNDREDTH // 2) // MILLISECONDS_PER_HUNDREDTH
        if hundredths > self.most:
            raise forms.ValidationError(_("At most %(most)s hours.") % {"most": self.most // 100})
        return hundredths or None


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A work process and its hundredths on each day of the week."""

    process: WorkProcess
    parts: list[int]

    @property
    def hours(self):
        return [from_hundredths(part) for part in self.parts]

    @property
    def total(self):
        return from_hundredths(sum(self.parts))


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid, and which claims it replaces: keys of WeekRoom.claims."""

    rows: list[LaidRow]
    replaced: frozenset

    @property
    def totals(self):
        return [sum(column) for column in zip(*(row.hours for row in self.rows), strict=True)]

    @property
    def total(self):
        return sum(row.total for row in self.rows)

    @property
    def mark(self):
        """By which the page that saves knows that it shows this."""
        said = ";".join(f"{row.process.pk}:{','.join(map(str, row.parts))}" for row in self.rows)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


class SpreadForm(forms.Form):
    """What both ways share. `laid` of a valid form is a Laid. `source` marks the entries."""

    source = ""
    department = forms.CharField(
        label=gettext_lazy("Department"),
        required=False,
        max_length=HourEntry._meta.get_field("department").max_length,
        widget=forms.TextInput(attrs={"list": "departments", "autocomplete": "off"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=LONGEST_NOTE)
    laid = None

    def __init__(self, data=None, *, room, asks_why_late, prefix):
        super().__init__(data, prefix=prefix)
        self.room = room
        if asks_why_late:
            self.fields["late_reason"] = forms.CharField(
                label=_("Why so late"),
                required=False,
                max_length=Timesheet._meta.get_field("late_reason").max_length,
                initial=room.grid.timesheet.late_reason,
                help_text=_("Hours this old need a reason and are decided on by a second person."),
            )

    def of_kind(self, kind):
        """The bound fields of a kind, as the page groups them."""
        return [self[name] for name in self.fields if name.startswith(f"{kind}-")]

    @property
    def days(self):
        return self.of_kind("day")

    @property
    def numbers(self):
        """What is written per work process: a total, or a share."""
        return self.of_kind("total") + self.of_kind("share")

    @property
    def others(self):
        return [self[name] for name in self.fields if "-" not in name]

    def cells(self):
        """The Cells of the whole week as it shall be: those laid, and the claims that stay."""
        stays = [(key, entry) for key, entry in self.room.claims().items() if key not in self.laid.replaced]
        cells = [
            Cell(process, day, entry.hours, entry.note, entry.department, entry.source)
            for (process, day), entry in stays
        ]
        note, department = self.cleaned_data["note"], self.cleaned_data["department"]
        for row in self.laid.rows:
            for one, part in zip(self.room.days, row.parts, strict=True):
                if part:
                    hours = from_hundredths(part)
                    cells.append(Cell(row.process.pk, one.day, hours, note, department, self.source))
        return cells

    def _numbers(self, kind, keys):
        """{key: number} of the fields of a kind that are filled."""
        found = {key: self.cleaned_data.get(f"{kind}-{key}") for key in keys}
        return {key: number for key, number in found.items() if number}


class TotalsForm(SpreadForm):
    """One total per work process, laid over the days of the shift; days on which the plant is closed take nothing."""

    source = HourEntry.Source.WEEK_TOTAL

    def __init__(self, data=None, *, room, asks_why_late):
        super().__init__(data, room=room, asks_why_late=asks_why_late, prefix="totals")
        own = {f"total-{one.pk}": HundredthsField(label=one.title, most=MOST_OF_A_WEEK) for one in room.processes}
        self.fields = own | self.fields

    def clean(self):
        totals = self._numbers("total", [one.pk for one in self.room.processes])
        if self.errors:
            return self.cleaned_data
        if not totals:
            self.add_error(None, _("Write the hours of at least one work process."))
            return self.cleaned_data
        processes = [one for one in self.room.processes if one.pk in totals]
        replaced = frozenset(key for key in self.room.claims() if key[0] in totals)
        places = [
            place
            for place, one in enumerate(self.room.days)
            if all(self.room.takes(process, one.day) for process in processes)
        ]
        room = self.room.room_beside(replaced)
        try:
            rows = week_laid([totals[one.pk] for one in processes], [room[place] for place in places])
        except DoesNotFit as error:
            text = _("The days of the shift hold %(room)s more hours; these are %(total)s.")
            said = {"room": hours_text(error.room), "total": hours_text(sum(totals.values()))}
            self.add_error(None, text % said)
            return self.cleaned_data
        self.laid = Laid(_laid_rows(processes, rows, places), replaced)
        return self.cleaned_data


class SplitForm(SpreadForm):
    """The hours of each day and the shares of the work processes in them. What stands on those days is replaced."""

    source = HourEntry.Source.SPLIT

    def __init__(self, data=None, *, room, asks_why_late):
        super().__init__(data, room=room, asks_why_late=asks_why_late, prefix="split")
        open_days = [one for one in room.days if one.closed in ("", "PLANT_CLOSED")]
        own = {
            f"day-{one.day:%Y%m%d}": HundredthsField(
                label=date_format(one.day, "D, M j"),
                most=MOST_OF_A_DAY,
                initial=hours_text(one.shift) if one.shift and not one.closed and not one.taken else "",
            )
            for one in open_days
        }
        for process in room.processes:
            own[f"share-{process.pk}"] = forms.DecimalField(
                label=process.title,
                required=False,
                min_value=0,
                max_value=1000,
                decimal_places=2,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.fields = own | self.fields

    def clean(self):
        days = self._numbers("day", [f"{one.day:%Y%m%d}" for one in self.room.days])
        shares = self._numbers("share", [one.pk for one in self.room.processes])
        if self.errors:
            return self.cleaned_data
        if not days:
            self.add_error(None, _("Write the hours of at least one day."))
        if not shares:
            self.add_error(None, _("Write the share of at least one work process: 60 and 40, or 2 and 1."))
        processes = [one for one in self.room.processes if one.pk in shares]
        places = [place for place, one in enumerate(self.room.days) if f"{one.day:%Y%m%d}" in days]
        for place in places:
            self._refuse_decided(processes, self.room.days[place].day)
        if self.errors:
            return self.cleaned_data
        totals = [days[f"{self.room.days[place].day:%Y%m%d}"] for place in places]
        rows = split_by_shares(totals, [int(shares[one.pk] * 100) for one in processes])
        named = {self.room.days[place].day for place in places}
        replaced = frozenset(key for key in self.room.claims() if key[1] in named)
        self.laid = Laid(_laid_rows(processes, rows, places), replaced)
        return self.cleaned_data

    def _refuse_decided(self, processes, day):
        """A process whose hours of the day are approved, or that is not in force on it, takes no further ones."""
        place = [one.day for one in self.room.days].index(day)
        for process in processes:
            if not self.room.grid.cells_of(process)[place].has_input:
                said = {"process": process.title, "day": date_format(day, "l, F j")}
                text = _("%(process)s takes no hours on this day: they are approved already, or not of its standards.")
                self.add_error(f"day-{day:%Y%m%d}", text % said)


def _laid_rows(processes, rows, places):
    """LaidRows of all seven days; `rows` hold the parts of the days at `places`."""
    found = []
    for process, row in zip(processes, rows, strict=True):
        parts = [0] * 7
        for place, part in zip(places, row, strict=True):
            parts[place] = part
        found.append(LaidRow(process, parts))
    return found
