"""What the pages of imports send: the file, what its columns are, what its words mean, repaired cells."""

import io

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.files.hour_headers import LEFT_OUT, kind_of, needed
from apprentices.files.hour_shapes import look_at, open_by_columns
from apprentices.models import HourFileShape
from apprentices.queries.hour_file_words import NOBODY, PERSON
from imt.sheets import FROM_A_PAGE, TableRefused
from imt.sheets.refusals import MEGABYTE

FIELDS = {
    "apprentice_ref": gettext_lazy("Person (reference or badge)"),
    "worked_on": gettext_lazy("Day"),
    "work_process": gettext_lazy("Work process, job code or department"),
    "hours": gettext_lazy("Hours"),
    "overtime": gettext_lazy("Overtime hours, counted hour for hour"),
    "doubletime": gettext_lazy("Double-time hours, counted hour for hour"),
    "time_in": gettext_lazy("Time in"),
    "time_out": gettext_lazy("Time out"),
    "note": gettext_lazy("Note"),
    "entry_ref": gettext_lazy("Reference of the line"),
    "pay_code": gettext_lazy("Pay code"),
    "week_ending": gettext_lazy("Week ending on"),
    "Mon": gettext_lazy("Hours of Monday"),
    "Tue": gettext_lazy("Hours of Tuesday"),
    "Wed": gettext_lazy("Hours of Wednesday"),
    "Thu": gettext_lazy("Hours of Thursday"),
    "Fri": gettext_lazy("Hours of Friday"),
    "Sat": gettext_lazy("Hours of Saturday"),
    "Sun": gettext_lazy("Hours of Sunday"),
    "total": gettext_lazy("Total of the week, to compare"),
}
DAY_ORDERS = (("mdy", gettext_lazy("month first: 11/09/2026 is November 9")), ("dmy", gettext_lazy("day first")))
NO_APPRENTICE = "-"
LONGEST_CELL = 500


def shapes_of(employer):
    """The shapes to try on a file of the employer: its own, the last used first, then the presets."""
    own = HourFileShape.objects.filter(employer=employer).order_by("-used_at", "-pk")
    return [*own, *HourFileShape.objects.filter(employer__isnull=True)]


class UploadForm(forms.Form):
    """`looked`: the Columns of the file, once it is valid."""

    employer = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Employer"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("File of hours"),
        help_text=gettext_lazy("CSV, TSV or XLSX, at most 5 MB and 20,000 lines"),
        allow_empty_file=True,
    )

    def __init__(self, *args, employers, **options):
        super().__init__(*args, **options)
        self.fields["employer"].queryset = employers
        self.looked = None

    def clean(self):
        data = super().clean()
        file, employer = data.get("file"), data.get("employer")
        if file is None or employer is None:
            return data
        if file.size > FROM_A_PAGE.file_bytes:
            limit = FROM_A_PAGE.file_bytes // MEGABYTE
            message = _("%(name)s is larger than %(limit)d MB. Split the file into several.")
            self.add_error("file", message % {"name": file.name, "limit": limit})
            return data
        data["content"] = file.read()
        try:
            self.looked = look_at(io.BytesIO(data["content"]), file.name, shapes_of(employer))
        except TableRefused as error:
            self.add_error("file", str(error))
        return data


class ColumnsForm(forms.Form):
    """A select per column of the file. `looked`: its Columns; `content` and `name` the file's."""

    dates = forms.ChoiceField(
        label=gettext_lazy("Days written with slashes"), choices=DAY_ORDERS, widget=forms.RadioSelect
    )
    remember_as = forms.CharField(
        label=gettext_lazy("Remember these columns as"),
        help_text=gettext_lazy("Files that look alike are recognized from then on. Empty: only this once."),
        max_length=100,
        required=False,
    )

    def __init__(self, data=None, *, looked, content, name, initial=None):
        super().__init__(data, initial=initial)
        self.looked, self.content, self.name = looked, content, name
        self.names = list(looked.columns)
        choices = [(LEFT_OUT, _("is left out")), *FIELDS.items()]
        for place, column in enumerate(self.names):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column, choices=choices, required=False, initial=looked.columns[column]
            )

    def rows(self):
        """[(bound field, name of the column, its first cells)]."""
        samples = dict(zip(self.looked.header.cells, self.looked.samples, strict=True))
        return [(self[f"column-{place}"], column, samples.get(column, [])) for place, column in enumerate(self.names)]

    def columns(self):
        return {column: self.cleaned_data.get(f"column-{place}", LEFT_OUT) for place, column in enumerate(self.names)}

    def clean(self):
        data = super().clean()
        fields = {}
        for place, _column in enumerate(self.names):
            if field := data.get(f"column-{place}"):
                fields.setdefault(field, []).append(place)
        for field, places in fields.items():
            if len(places) > 1:
                text = _("Two columns are “%(field)s”. Keep one.") % {"field": FIELDS[field]}
                self.add_error(f"column-{places[1]}", text)
        missing = [field for field in needed(kind_of(fields)) if field not in fields]
        if missing:
            said = ", ".join(f"“{FIELDS[field]}”" for field in missing)
            self.add_error(None, _("No column is %(fields)s. Say which one.") % {"fields": said})
        if not self.errors:
            self._open()
        return data

    def _open(self):
        try:
            open_by_columns(io.BytesIO(self.content), self.name, self.columns())
        except TableRefused as error:
            self.add_error(None, str(error))


class WordsForm(forms.Form):
    """A select per word that nobody knows yet. `people`, `processes`: what there is to choose from, (value, label)."""

    def __init__(self, data=None, *, words, people, processes):
        super().__init__(data)
        self.words = words
        whose = [("", _("not settled: an error")), (NO_APPRENTICE, _("no apprentice: pass the lines over")), *people]
        which = [("", _("not settled: an error")), *processes]
        for place, word in enumerate(words):
            choices = whose if word.field == PERSON else which
            self.fields[f"word-{place}"] = forms.ChoiceField(label=word.written, choices=choices, required=False)

    def people(self):
        """[(bound field, UnknownWord)]."""
        return [row for row in self._rows() if row[1].field == PERSON]

    def processes(self):
        return [row for row in self._rows() if row[1].field != PERSON]

    def _rows(self):
        return [(self[f"word-{place}"], word) for place, word in enumerate(self.words)]

    def settled(self):
        """{(field, as written): meaning} of those that were chosen."""
        chosen = {}
        for place, word in enumerate(self.words):
            means = self.cleaned_data.get(f"word-{place}")
            if means:
                chosen[word.field, word.written] = NOBODY if means == NO_APPRENTICE else means
        return chosen


def repairs_of(data, preview):
    """{line: {field: text}} of the cells of a preview that were sent with another text."""
    repairs = {}
    for line in preview:
        sent = data.get(f"cell-{line.line}")
        if line.place and sent is not None and sent[:LONGEST_CELL].strip() != line.cells[line.place]:
            repairs[line.line] = {line.place: sent[:LONGEST_CELL].strip()}
    return repairs
