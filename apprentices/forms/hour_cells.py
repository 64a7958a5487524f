"""The cells of a grid: hours read from text, and the markup of a cell.

Cells are written as strings, not as form widgets: of a page with fifty people, rendering is the cost."""

from functools import lru_cache

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apprentices.models import HourEntry
from apprentices.rules.hours import HOURS_OF_A_DAY_EXPECTED, HoursError, exact_hours, parse_hours
from imt.fields import from_hundredths


def hours_of(text):
    """Text → (Decimal hours with two places, None where there are none to read, "" or what is wrong). Zero is 0."""
    text = text.strip()
    if not text:
        return None, ""
    try:
        return from_hundredths(parse_hours(text) if exact_hours(text) else 0), ""
    except HoursError as error:
        return None, _in_words(error)


def _in_words(error):
    if error.expected == HOURS_OF_A_DAY_EXPECTED:
        return _("“%(found)s”: hours of a day are above 0 and at most 24.") % {"found": error.found}
    return _("“%(found)s” is not hours. Write 8, 8.5, 8,5, 8:30, 2h30m or 90m.") % {"found": error.found}


class Markup:
    """Writes the rows of one page: words are translated and addresses made once, not once a cell."""

    def __init__(self, autofocus=""):
        self.autofocus = autofocus
        self.amend = reverse("amend_entry", args=[0]).split("0")
        self.words = {
            "amend": escape(_("approved; amend")),
            "approved": escape(_("approved")),
            "file": escape(_("from a file")),
            HourEntry.Source.SPLIT: escape(_("split")),
            HourEntry.Source.WEEK_TOTAL: escape(_("week total")),
            "choose": escape(_("Choose a work process")),
            "process": escape(_("Work process")),
        }
        self._options = {}

    def draw(self, sheet, *, may_amend):
        """Give each row of a WeekSheet its markup: `html`, the seven `<td>`, and `select` where its work process is
        still to be chosen."""
        codes = {process.pk: process.code for process in sheet.grid.processes}
        language = get_language()
        for row in sheet.rows:
            title = escape(f"{sheet.who}{row.title}")
            row.html = mark_safe(
                "".join(
                    self._cell(
                        cell,
                        escape(short_day(cell.day, language)),
                        f"{title}, {day_label(cell.day, language)}",
                        codes if may_amend else None,
                    )
                    for cell in row.cells
                )
            )
            if row.process is None and sheet.is_open:
                row.select = self._select(sheet, row)
        return sheet

    def _select(self, sheet, row):
        keys = tuple(process.pk for process in sheet.grid.processes)
        if keys not in self._options:
            self._options[keys] = [
                (str(process.pk), f">{escape(process.title)}</option>") for process in sheet.grid.processes
            ]
        options = "".join(
            f'<option value="{key}"{" selected" if key == row.chosen else ""}{rest}'
            for key, rest in self._options[keys]
        )
        name = sheet.process_name(row)
        wrong = f' aria-invalid="true" aria-describedby="id_{name}-error"' if row.error else ""
        label = escape(f"{sheet.who}{row.title}: ") + self.words["process"]
        error = f'<ul class="errorlist" id="id_{name}-error"><li>{escape(row.error)}</li></ul>' if row.error else ""
        return mark_safe(
            f'<select name="{name}" id="id_{name}" class="form-select process-select" aria-label="{label}"{wrong}>'
            f'<option value="">{self.words["choose"]}</option>{options}</select>{error}'
        )

    def _cell(self, sheet_cell, day, label, codes):
        cell = sheet_cell.cell
        inside = [f'<span class="day-label" aria-hidden="true">{day}</span>']
        for entry in cell.decided if cell else ():
            inside.append(self._decided(entry, codes))
        for entry in cell.others if cell else ():
            why = self.words["file"]
            inside.append(f'<span class="locked">{entry.hours:.2f} <span class="why">{why}</span></span>')
        if sheet_cell.is_input:
            inside.append(self._input(sheet_cell, label) + (self._source(cell.claim) if cell and cell.claim else ""))
        elif cell and cell.claim:
            inside.append(f'<span class="locked">{cell.claim.hours:.2f}{self._source(cell.claim)}</span>')
        elif not (cell and (cell.decided or cell.others)):
            inside.append('<span class="none" aria-hidden="true">·</span>')
        fixed = sheet_cell.fixed
        closed = " closed" if sheet_cell.closed else ""
        beside = f' data-fixed="{fixed:.2f}"' if fixed else ""
        return f'<td role="cell" class="num{closed}"{beside}>{"".join(inside)}</td>'

    def _source(self, entry):
        """That hours were laid from a total, wherever they are shown."""
        text = self.words.get(entry.source)
        return f' <span class="why source-mark">{text}</span>' if text else ""

    def _decided(self, entry, codes):
        number = f"{entry.counts:.2f}"
        if codes is not None:
            address = f"{self.amend[0]}{entry.pk}{self.amend[1]}"
            shown = f'<a href="{address}">{number}<span class="visually-hidden"> {self.words["amend"]}</span></a>'
        else:
            shown = f'{number}<span class="visually-hidden"> {self.words["approved"]}</span>'
        shown += self._source(entry)
        if not entry.is_amended:
            return f'<span class="decided">{shown}</span>'
        if entry.counts_as not in (None, entry.process):
            why = _("counts in %(code)s") % {"code": (codes or {}).get(entry.counts_as, _("another process"))}
        else:
            why = _("was %(hours)s") % {"hours": f"{entry.hours:.2f}"}
        return f'<span class="decided">{shown} <span class="why">{escape(why)}</span></span>'

    def _input(self, cell, label):
        about = [f"{cell.field_id}-{kind}" for kind, text in (("error", cell.error), ("now", cell.now)) if text]
        more = [
            f' data-stored="{cell.stored}"' if cell.text != cell.stored else "",
            ' aria-invalid="true"' if cell.error else "",
            f' aria-describedby="{" ".join(about)}"' if about else "",
            " autofocus" if self.autofocus == cell.name else "",
        ]
        shown = (
            f'<input type="text" name="{cell.name}" id="{cell.field_id}" class="form-control hours-input" '
            f'inputmode="decimal" autocomplete="off" maxlength="40" aria-label="{label}" '
            f'value="{escape(cell.text)}"{"".join(more)}>'
        )
        if cell.now:
            shown += f'<span class="why now" id="{cell.field_id}-now">{escape(cell.now)}</span>'
        if cell.error:
            shown += f'<ul class="errorlist" id="{cell.field_id}-error"><li>{escape(cell.error)}</li></ul>'
        return shown


@lru_cache(maxsize=256)
def day_label(day, language):
    """“Monday, March 2”, made once per language: it stands in every cell of a crew's day."""
    return date_format(day, "l, F j")


@lru_cache(maxsize=256)
def short_day(day, language):
    return date_format(day, "D j")
