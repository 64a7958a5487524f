"""Which columns of a file of hours are which fields (contract: Files of hours, Header).

A line is known as the header by its names; what the names leave open (a needed column is missing, two stand for one
field) is refused with the `--map COLUMN=FIELD` that settles it."""

import re

from django.utils.translation import gettext as _

from apprentices.rules.hour_lines import WEEKDAYS
from imt.sheets import TableRefused, text_of

NAMES = {
    "apprentice_ref": (
        "apprenticeref",
        "employee",
        "employeeno",
        "employeeid",
        "badge",
        "badgeid",
        "personalnummer",
    ),
    "worked_on": ("workedon", "date", "workdate", "punchdate", "day", "datum"),
    "work_process": ("workprocess", "process", "jobcode", "job", "task", "prozess"),
    "hours": ("hours", "worked", "duration", "stunden"),
    "overtime": (),  # these two only where they are named: what a list calls so may be in its hours already
    "doubletime": (),
    "time_in": ("in", "timein", "clockin", "punchin"),
    "time_out": ("out", "timeout", "clockout", "punchout"),
    "department": ("department", "dept"),  # of a punch list without a process: stands for it
    "note": ("note", "notes", "comment", "bemerkung"),
    "entry_ref": ("entryref", "reference"),
    "pay_code": ("paycode", "earningcode"),
    "week_ending": ("weekending", "weekendingdate"),
    "Mon": ("mon", "monday"),
    "Tue": ("tue", "tuesday"),
    "Wed": ("wed", "wednesday"),
    "Thu": ("thu", "thursday"),
    "Fri": ("fri", "friday"),
    "Sat": ("sat", "saturday"),
    "Sun": ("sun", "sunday"),
    "total": ("total", "weektotal", "totalhours"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
# the person where no other column is one, else the reference of the entry
ID = "id"
# these names win over another one for the same field, as does one with a number sign
IDENTIFYING = frozenset(("employeeno", "employeeid", "badgeid", "jobcode", "paycode", "earningcode", ID))

LIST_NEEDS = ("apprentice_ref", "worked_on", "work_process", "hours")
LIST_TAKES = (*LIST_NEEDS, "overtime", "doubletime", "note", "entry_ref", "pay_code")
PUNCH_NEEDS = ("apprentice_ref", "time_in", "time_out", "work_process")
PUNCH_TAKES = (*PUNCH_NEEDS, "worked_on", "note", "pay_code")
MATRIX_NEEDS = ("apprentice_ref", "week_ending", "work_process")
MATRIX_TAKES = (*MATRIX_NEEDS, *WEEKDAYS, "total", "note", "pay_code")

_LEFT_OUT = re.compile(r"[\s_#.]+")
_PLAIN = re.compile(r"[\w.-]+")


LIST, MATRIX, PUNCHES = "list", "matrix", "punches"
LEFT_OUT = ""  # a column that stands for nothing, whatever its name says

_NEEDS = {LIST: LIST_NEEDS, MATRIX: MATRIX_NEEDS, PUNCHES: PUNCH_NEEDS}
_TAKES = {LIST: LIST_TAKES, MATRIX: MATRIX_TAKES, PUNCHES: PUNCH_TAKES}


def checked_mapping(mapping, name):
    """{column: field} with the fields as they are called here; an unknown field, or one given twice, is refused. No
    field: the column is left out."""
    known = {field.casefold(): field for field in (*NAMES, LEFT_OUT)}
    checked = {}
    for column, field in mapping.items():
        if field.strip().casefold() not in known:
            raise TableRefused(
                _("%(name)s: --map names no field %(field)s. The fields are: %(fields)s.")
                % {"name": name, "field": field, "fields": ", ".join(NAMES)}
            )
        checked[column] = known[field.strip().casefold()]
    twice = [field for field in NAMES if list(checked.values()).count(field) > 1]
    if twice:
        raise TableRefused(
            _("%(name)s: --map gives %(field)s to several columns. Keep one.") % {"name": name, "field": twice[0]}
        )
    return checked


def is_header(cells, mapping):
    """Are a person, a day (or weekdays) and hours recognized among these names?"""
    fields = _recognized(cells, mapping)
    has_days = _is_list(fields) or _is_punches(fields) or any(weekday in fields for weekday in WEEKDAYS)
    return "apprentice_ref" in fields and has_days


def find_columns(header, mapping, name):
    """({field: index}, LIST, MATRIX or PUNCHES) of a recognized header; TableRefused with the --map that settles it."""
    _refuse_absent_columns(header, mapping, name)
    fields = _recognized(header.cells, mapping)
    kind = kind_of(fields)
    if kind == PUNCHES and "work_process" not in fields and "department" in fields:
        fields["work_process"] = fields["department"]
    missing = [field for field in _NEEDS[kind] if field not in fields]
    if missing:
        raise _missing_columns(header.line, header.cells, missing, mapping, name)
    places = {}
    for field in _TAKES[kind]:
        if len(fields.get(field, ())) > 1:
            raise _several_columns(header, field, fields[field], name)
        if field in fields:
            places[field] = fields[field][0]
    return places, kind


def kind_of(fields):
    """LIST, MATRIX or PUNCHES by the fields of its columns: hours of a day go before punches of a day."""
    has_weekdays = any(weekday in fields for weekday in WEEKDAYS)
    if has_weekdays and ("week_ending" in fields or not _is_list(fields)):
        return MATRIX
    return PUNCHES if _is_punches(fields) and not _is_list(fields) else LIST


def needed(kind):
    """The fields that a LIST, MATRIX or PUNCHES cannot do without."""
    return _NEEDS[kind]


def recognized(cells, mapping):
    """{index of the column: field} of what names and mapping say, for a person to correct; columns that are left out
    have none."""
    return {
        index: field for field, indexes in _recognized(cells, mapping).items() for index in indexes if field != LEFT_OUT
    }


def _is_list(fields):
    return "worked_on" in fields and "hours" in fields


def _is_punches(fields):
    return "time_in" in fields and "time_out" in fields


def missing_header(tops, mapping, name):
    """The refusal of a file without a header: it speaks of the line that comes nearest to one."""
    nearest = max(
        ((line, tuple(map(text_of, cells))) for top in tops for line, cells in top),
        key=lambda row: len(_recognized(row[1], mapping)),
        default=(1, ()),
    )
    fields = _recognized(nearest[1], mapping)
    if not fields:
        return TableRefused(
            _(
                "%(name)s: no header in the first 20 lines. Columns for %(fields)s are expected, or for a week's days; "
                "name those that are called otherwise with --map COLUMN=FIELD, each."
            )
            % {"name": name, "fields": ", ".join(LIST_NEEDS)}
        )
    missing = [field for field in LIST_NEEDS if field not in fields]
    return _missing_columns(*nearest, missing, mapping, name)


def _recognized(cells, mapping):
    """{field: indexes of the columns that stand for it}; one that is mapped, or identifies, stands alone."""
    fields, ids = {}, []
    mapped = {}
    for column, field in mapping.items():
        for index in _columns_called(column, cells):
            mapped[index] = field
            fields.setdefault(field, []).append(index)
    settled = set(fields) - {LEFT_OUT}
    for index, cell in enumerate(cells):
        compared = _compared(cell)
        if index in mapped:
            continue
        if compared == ID:
            ids.append(index)
        elif (field := FIELD_OF.get(compared)) and field not in settled:
            fields.setdefault(field, []).append(index)
    field_of_ids = "entry_ref" if "apprentice_ref" in fields else "apprentice_ref"
    if ids and field_of_ids not in settled:
        fields.setdefault(field_of_ids, []).extend(ids)
    return {field: _identifying(indexes, cells) for field, indexes in fields.items()}


def _identifying(indexes, cells):
    if len(indexes) == 1:
        return indexes
    winners = [index for index in indexes if "#" in cells[index] or _compared(cells[index]) in IDENTIFYING]
    return winners or indexes


def _columns_called(column, cells):
    """By the name as it is written; where none is, by the name as headers are compared."""
    written = " ".join(column.split()).casefold()
    found = [index for index, cell in enumerate(cells) if " ".join(cell.split()).casefold() == written]
    compared = _compared(column)
    return found or [index for index, cell in enumerate(cells) if compared and _compared(cell) == compared]


def _compared(text):
    return _LEFT_OUT.sub("", text).casefold()


def _refuse_absent_columns(header, mapping, name):
    for column in mapping:
        if not _columns_called(column, header.cells):
            raise TableRefused(
                _("%(name)s, line %(line)d: --map names a column %(column)s; found are: %(columns)s.")
                % {"name": name, "line": header.line, "column": column, "columns": _listed(header.cells)}
            )


def _missing_columns(line, cells, missing, mapping, name):
    taken = {index for indexes in _recognized(cells, mapping).values() for index in indexes}
    free = [cell for index, cell in enumerate(cells) if index not in taken]
    return TableRefused(
        _("%(name)s, line %(line)d: no column for %(fields)s. Name it with %(options)s, COLUMN being one of: %(free)s.")
        % {
            "name": name,
            "line": line,
            "fields": ", ".join(missing),
            "options": " ".join(f"--map COLUMN={field}" for field in missing),
            "free": _listed(free) or _("(no column is left)"),
        }
    )


def _several_columns(header, field, indexes, name):
    columns = [header.cells[index] for index in indexes]
    if len({" ".join(column.split()).casefold() for column in columns}) < len(columns):
        return TableRefused(
            _(
                "%(name)s, line %(line)d: several columns are called %(column)s. Rename all but one, "
                "or name another column with --map COLUMN=%(field)s."
            )
            % {"name": name, "line": header.line, "column": columns[0], "field": field}
        )
    return TableRefused(
        _("%(name)s, line %(line)d: %(columns)s all stand for %(field)s. Say which one: %(options)s.")
        % {
            "name": name,
            "line": header.line,
            "columns": _listed(columns),
            "field": field,
            "options": _(" or ").join(_option(column, field) for column in columns),
        }
    )


def _option(column, field):
    pair = f"{column}={field}"
    return f"--map {pair}" if _PLAIN.fullmatch(column) else f'--map "{pair}"'


def _listed(names):
    """Names for a message, cut where a file has them by the hundred."""
    text = ", ".join(name for name in names if name)
    return text if len(text) <= 400 else f"{text[:399]}…"
