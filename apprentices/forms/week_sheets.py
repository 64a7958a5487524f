"""A week as it stands in somebody's browser: what the database has, with what was typed laid over it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apprentices.actions.weeks import Cell, WeekToSave
from apprentices.forms.hour_cells import day_label, hours_of
from apprentices.queries.week_grids import GridCell
from apprentices.rules.journey_cards import ZERO
from apprentices.rules.week_names import cell_name, day_of, is_name_of_week, row_name, row_of
from employers.models import WorkProcess

LONGEST_NOTE = 1000  # HourEntry.note
LONGEST_DEPARTMENT = 200
LONGEST_LATE_REASON = 300
MOST_NEW_ROWS = 20


@dataclass(slots=True)
class SheetCell:
    """`key`: the name of the field without a prefix; `text`: what the field holds; `stored`: what the database has;
    `now`: the same in words, where somebody else changed it meanwhile; `hours`: the text read, None where it is empty
    or wrong."""

    key: str
    day: date
    name: str
    field_id: str
    cell: GridCell | None
    is_input: bool
    closed: str
    text: str = ""
    stored: str = ""
    error: str = ""
    now: str = ""
    hours: Decimal | None = None

    @property
    def counted(self):
        """What the totals count: the field's hours, and what stands beside it."""
        return self.fixed + (self.hours or ZERO)

    @property
    def fixed(self):
        """The hours that stand here and not in the field."""
        return ZERO if self.cell is None else self.cell.fixed_hours if self.is_input else self.cell.hours


@dataclass(slots=True)
class SheetRow:
    """A work process and seven cells; without a `process` one of which it is still to be chosen."""

    key: str
    process: WorkProcess | None
    cells: list[SheetCell]
    chosen: str = ""
    error: str = ""
    note: str = ""
    department: str = ""
    texts: dict = field(default_factory=dict)
    html: str = ""
    select: str = ""

    @property
    def title(self):
        return self.process.title if self.process else _("New row")

    @property
    def total(self):
        return sum((cell.counted for cell in self.cells), ZERO)

    @property
    def process_key(self):
        """The id of its work process; 0 while none is chosen."""
        if self.process:
            return self.process.pk
        return int(self.chosen) if self.chosen.isdecimal() and len(self.chosen) < 19 else 0

    @property
    def has_inputs(self):
        return any(cell.is_input for cell in self.cells)


class WeekSheet:
    """`typed`: {name without the prefix: text} laid over what is stored; `base`: {cell: text} that the editor began
    with, None where it is not known; `new_rows`: how many rows without a process are offered."""

    def __init__(self, grid, *, may_log, typed=None, base=None, prefix="", who="", new_rows=0, shows_all=False):
        self.options = {"may_log": may_log, "prefix": prefix, "who": who, "new_rows": new_rows, "shows_all": shows_all}
        self.grid, self.prefix = grid, prefix
        self.who = who  # stands before the label of each cell
        self.apprenticeship = grid.apprenticeship
        self.may_log = may_log
        self.typed = typed or {}
        self.base = base
        self.is_picked, self.kept_at = False, None
        self.own_closed = []  # why no hours can stand on days of this person alone, [{"closed", "days"}]
        self.errors = []  # [(id of the field or "", its label, text)]
        self.is_open = may_log and grid.is_editable
        self.late_reason = self.typed.get("late_reason", grid.timesheet.late_reason)[:LONGEST_LATE_REASON]
        self.rows = self._rows(new_rows, shows_all)
        self.by_name = {cell.name: cell for row in self.rows for cell in row.cells}
        for row in self.rows:
            for cell in row.cells:
                if cell.is_input:
                    cell.hours, cell.error = hours_of(cell.text)

    def with_typed(self, typed):
        """The same sheet with other texts laid over it."""
        return WeekSheet(self.grid, typed=typed, base=self.base, **self.options)

    def _rows(self, new_rows, shows_all):
        shown = {one.pk for one in self.grid.shown} or ({one.pk for one in self.grid.processes} if shows_all else set())
        named = {row_of(name) for name, text in self.typed.items() if text}
        processes = [one for one in self.grid.processes if one.pk in shown or str(one.pk) in named]
        rows = [self._row(str(process.pk), process, self.grid.cells_of(process)) for process in processes]
        count = max([new_rows, *(int(key[1:]) for key in named if key.startswith("n"))])
        if self.is_open:
            rows += [self._row(f"n{number}", None, [None] * 7) for number in range(1, min(count, MOST_NEW_ROWS) + 1)]
        return rows or [self._row("n1", None, [None] * 7)]

    def _row(self, key, process, cells):
        row = SheetRow(key, process, [])
        row.chosen = self.typed.get(row_name("process", key), "") if process is None else ""
        for one, cell in zip(self.grid.days, cells, strict=True):
            is_input = self.is_open and (not one.closed if cell is None else cell.has_input)
            name = cell_name(key, one.day)
            stored = f"{cell.claim.hours:.2f}" if cell and cell.claim else ""
            shown = cell_name(key, one.day, self.prefix)
            text = self.typed.get(name, stored) if is_input else ""
            row.cells.append(SheetCell(name, one.day, shown, f"id_{shown}", cell, is_input, one.closed, text, stored))
        row.texts = {"note": shared(cells, "note"), "department": shared(cells, "department")}
        row.note = self.typed.get(row_name("note", key), row.texts["note"])
        row.department = self.typed.get(row_name("department", key), row.texts["department"])
        return row

    # --- what was typed --------------------------------------------------------------------------------------

    @property
    def is_touched(self):
        """Whether the editor changed anything of what was there to begin with."""
        return bool(
            any(self._is_touched(cell) for row in self.rows for cell in row.cells)
            or any(row.note != row.texts["note"] or row.department != row.texts["department"] for row in self.rows)
        )

    def _is_touched(self, cell):
        if not cell.is_input or cell.key not in self.typed:
            return False
        began = cell.stored if self.base is None else self.base.get(cell.key, "")
        return bool(cell.error) or (cell.hours or ZERO) != (hours_of(began)[0] or ZERO)

    @property
    def differs(self):
        """Whether anything that was typed is not what is stored."""
        return (
            bool(self.lost)
            or any(
                cell.error or (cell.hours or ZERO) != (hours_of(cell.stored)[0] or ZERO)
                for row in self.rows
                for cell in row.cells
            )
            or any(row.note != row.texts["note"] or row.department != row.texts["department"] for row in self.rows)
        )

    @property
    def lost(self):
        """[(work process or "", day, text)]: typed into what takes no hours any more, and does not stand there."""
        found = []
        standing = {cell.key: cell.fixed for row in self.rows for cell in row.cells}
        inputs = {cell.key for row in self.rows for cell in row.cells if cell.is_input}
        titles = {str(process.pk): process.title for process in self.grid.processes}
        for name, text in self.typed.items():
            day = day_of(name)
            if not day or not text or name in inputs or (self.base or {}).get(name, "") == text:
                continue
            if hours_of(text)[0] != standing.get(name):
                found.append((titles.get(row_of(name), ""), day, text))
        return found

    def is_valid(self):
        """Whether it can be saved as it is typed; `errors` then lists what is wrong."""
        self.errors = []
        taken = {row.process.pk for row in self.rows if row.process}
        for row in self.rows:
            if row.process is None:
                self._choose(row, taken)
            if len(row.note) > LONGEST_NOTE or len(row.department) > LONGEST_DEPARTMENT:
                self.add_error("", _("A note has at most 1,000 letters, a department 200."))
        self.errors += [
            (cell.field_id, self.label(row, cell), cell.error) for row in self.rows for cell in row.cells if cell.error
        ]
        return not self.errors

    def _choose(self, row, taken):
        """Read which work process a new row has."""
        found = next((one for one in self.grid.processes if str(one.pk) == row.chosen), None)
        is_filled = any(cell.text.strip() for cell in row.cells)
        if found is None and is_filled:
            row.error = _("Choose a work process for these hours.")
        elif found is not None and is_filled and found.pk in taken:
            row.error = _("This work process has a row already: write its hours there.")
        if found is not None:
            taken.add(found.pk)
        if row.error:
            self.errors.append((self.process_id(row), _("Work process"), row.error))

    def process_name(self, row):
        return row_name("process", row.key, self.prefix)

    def process_id(self, row):
        return f"id_{self.process_name(row)}"

    def to_save(self, edit_number):
        """The WeekToSave, of a valid sheet. A row's note goes to its cells; one that was not touched leaves each cell
        its own."""
        cells = []
        for row in self.rows:
            for cell in row.cells:
                if cell.is_input and cell.hours:
                    claim = cell.cell.claim if cell.cell else None
                    cells.append(
                        Cell(
                            work_process_id=row.process_key,
                            worked_on=cell.day,
                            hours=cell.hours,
                            note=self._text(row, claim, "note"),
                            department=self._text(row, claim, "department"),
                        )
                    )
        open_days = [one.day for one in self.grid.days if not one.closed]
        return WeekToSave(
            self.apprenticeship,
            (open_days or [self.grid.starts_on])[-1],
            cells,
            edit_number,
            self.late_reason if "late_reason" in self.typed else None,
        )

    def _text(self, row, claim, kind):
        text = getattr(row, kind)
        return getattr(claim, kind) if claim and text == row.texts[kind] else text

    # --- what came of it -------------------------------------------------------------------------------------

    def add_error(self, field_id, text, label=""):
        self.errors.append((field_id, label, text))

    def add_cell_errors(self, errors):
        """Show what the action refused, {(work process id, day): text}, at the cells."""
        by_key = {(row.process_key, cell.day): (row, cell) for row in self.rows for cell in row.cells if cell.is_input}
        for key, text in errors.items():
            row, cell = by_key.get(key, (None, None))
            if cell is not None:
                cell.error = text
                self.errors.append((cell.field_id, self.label(row, cell), text))
            else:
                self.add_error("", text)

    def show_both(self, names):
        """Somebody else saved meanwhile: cells that the editor did not touch show what stands now, the others what was
        typed, with what stands beside it. `names`: those of `loggers_of` the grid."""
        for row in self.rows:
            for cell in row.cells:
                if not cell.is_input:
                    continue
                if not self._is_touched(cell) and self.base is not None:
                    cell.text = cell.stored
                    cell.hours, cell.error = hours_of(cell.text)
                elif cell.error or (cell.hours or ZERO) != (hours_of(cell.stored)[0] or ZERO):
                    cell.now = self._now(cell, names)

    @staticmethod
    def _now(cell, names):
        claim = cell.cell.claim if cell.cell else None
        if claim is None:
            return _("now empty")
        return _("now %(hours)s (%(who)s)") % {"hours": cell.stored, "who": names[claim.logged_by]}

    def label(self, row, cell):
        return f"{self.who}{row.title}, {day_label(cell.day, get_language())}"

    # --- totals ----------------------------------------------------------------------------------------------

    @property
    def totals(self):
        """The hours of each day, as they stand in the fields."""
        return [sum((row.cells[number].counted for row in self.rows), ZERO) for number in range(7)]

    @property
    def total(self):
        return sum(self.totals, ZERO)

    @property
    def seen(self):
        """What the editor begins with, for the next save: every cell with hours as <row>-<yyyymmdd>=<text>."""
        return " ".join(
            f"{cell.key.removeprefix('hours-')}={cell.stored}"
            for row in self.rows
            for cell in row.cells
            if cell.is_input and cell.stored
        )


def shared(cells, kind):
    """The note or department that a row's claims share; several different ones are shown after one another."""
    texts = dict.fromkeys(getattr(cell.claim, kind) for cell in cells if cell and cell.claim)
    return "; ".join(text for text in texts if text)[:LONGEST_NOTE]


def posted_crew(data, keys):
    """{apprenticeship id: {name without the prefix: text}} of a crew's post."""
    found = {key: {} for key in keys}
    for name, text in data.items():
        kind, _dash, rest = name.partition("-")
        key, _dash, rest = rest.partition("-")
        if key.isdecimal() and int(key) in found:
            found[int(key)][f"{kind}-{rest}" if rest else kind] = text
    return found


def base_of(seen):
    """{name: text} of what `WeekSheet.seen` said; None where it was not sent."""
    if seen is None:
        return None
    pairs = (part.partition("=") for part in seen.split())
    return {f"hours-{name}": text for name, _sign, text in pairs if name}


def week_fields(typed):
    """Of posted or kept fields those that a WeekSheet knows."""
    return {name: text for name, text in typed.items() if is_name_of_week(name)}
