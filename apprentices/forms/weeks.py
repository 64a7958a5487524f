"""The grid of one week: a cell per work process and day, hours in any notation, one note per row."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apprentices.actions.weeks import Cell
from apprentices.rules.hours import HOURS_OF_A_DAY_EXPECTED, HoursError, exact_hours, parse_hours
from imt.fields import from_hundredths

LONGEST_NOTE = 1000  # HourEntry.note


class HoursCellField(forms.CharField):
    """Text → Decimal hours with two places, 0.00 where it says zero; None where the cell is empty."""

    def __init__(self, **kwargs):
        attributes = {"class": "form-control hours-input", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes | {"maxlength": "40"}), **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return from_hundredths(parse_hours(text) if exact_hours(text) else 0)
        except HoursError as error:
            raise forms.ValidationError(_in_words(error)) from error


def _in_words(error):
    if error.expected == HOURS_OF_A_DAY_EXPECTED:
        return _("“%(found)s”: hours of a day are above 0 and at most 24.") % {"found": error.found}
    return _("“%(found)s” is not hours. Write 8, 8.5, 8,5, 8:30, 2h30m or 90m.") % {"found": error.found}


class WeekForm(forms.Form):
    """Fields `hours-<work process>-<yyyymmdd>` for the cells of a WeekGrid that can be changed, `note-<work process>`
    for their rows, and `edit_number`, by which a second editor is noticed."""

    edit_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, grid):
        super().__init__(data, initial={"edit_number": grid.timesheet.edit_number})
        self.grid = grid
        self.open_cells = {}
        for process, cells in grid.rows if grid.is_editable else ():
            changeable = [cell for cell in cells if cell.has_input]
            for cell in changeable:
                self._add_cell(cell)
            if changeable:
                self._add_note(process, cells)

    def _add_cell(self, cell):
        name = cell_name(cell.process.pk, cell.day)
        self.open_cells[name] = cell
        self.fields[name] = HoursCellField(
            label=f"{cell.process.title}, {date_format(cell.day, 'l, F j')}",
            initial=f"{cell.claim.hours:.2f}" if cell.claim else "",
        )
        self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def _add_note(self, process, cells):
        name = note_name(process.pk)
        label = _("Note for %(process)s") % {"process": process.title}
        self.fields[name] = forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST_NOTE,
            initial=row_note(cells),
            widget=forms.TextInput(attrs={"class": "form-control note-input", "aria-label": label}),
        )

    def cells(self):
        """The Cells to save, of a valid form. A row's note goes to its cells; a note that was not touched leaves each
        cell its own."""
        cells = []
        for name, cell in self.open_cells.items():
            hours = self.cleaned_data[name]
            if hours:
                note = self.cleaned_data[note_name(cell.process.pk)]
                kept = cell.claim is not None and note_name(cell.process.pk) not in self.changed_data
                cells.append(
                    Cell(
                        work_process_id=cell.process.pk,
                        worked_on=cell.day,
                        hours=hours,
                        note=cell.claim.note if kept else note,
                        department=cell.claim.department if cell.claim else "",
                    )
                )
        return cells

    def add_cell_errors(self, errors):
        """Show what the action refused, {(work process id, day): text}, at the cells."""
        for (process, day), text in errors.items():
            name = cell_name(process, day)
            self.add_error(name if name in self.fields else None, text)

    def changed_meanwhile(self):
        """{field name: hours text} of cells that hold something else now than what was typed."""
        stored = {name: f"{cell.claim.hours:.2f}" if cell.claim else "" for name, cell in self.open_cells.items()}
        typed = {name: self.cleaned_data.get(name) for name in stored}
        return {
            name: text or "0.00"
            for name, text in stored.items()
            if (f"{typed[name]:.2f}" if typed[name] else "") != text
        }


def cell_name(process, day):
    return f"hours-{process}-{day:%Y%m%d}"


def note_name(process):
    return f"note-{process}"


def row_note(cells):
    """The note that the row's claims share; several different ones are shown after one another."""
    return "; ".join(dict.fromkeys(cell.claim.note for cell in cells if cell.claim and cell.claim.note))[:LONGEST_NOTE]
