"""The simple files: the first line names the columns, every other line is a row of text."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imt.sheets.cells import text_of
from imt.sheets.opening import open_table
from imt.sheets.refusals import FROM_A_COMMAND, HeaderMissing, TableRefused


class NamedRow(NamedTuple):
    line: int
    cells: dict[str, str]


def read_named(source, name, *, required, optional=(), sheet=None, limits=FROM_A_COMMAND):
    """Iterate NamedRow(line, {column: trimmed text}) over the lines below a header in the first line.

    Column names are compared without case and outer blanks, other columns are left out, an optional column that is
    missing is "", empty lines are skipped, short lines are filled up. The header is checked at once: TableRefused
    names each column that is missing or stands there twice."""
    wanted = {_key(column): column for column in (*required, *optional)}
    needed = set(map(_key, required))

    def is_header(cells):
        return needed <= set(map(_key, cells))

    try:
        table = open_table(source, name, is_header=is_header, within=1, sheet=sheet, limits=limits)
    except HeaderMissing as error:
        raise _columns_missing(name, required, error.tops) from error
    places = [(wanted[_key(cell)], index) for index, cell in enumerate(table.header.cells) if _key(cell) in wanted]
    columns = [column for column, _index in places]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise TableRefused(
            _("%(name)s, line 1: column %(columns)s stands there twice. Remove or rename one.")
            % {"name": name, "columns": ", ".join(twice)}
        )
    absent = dict.fromkeys(set(wanted.values()) - set(columns), "")
    return _rows(table, places, absent)


def _rows(table, places, absent):
    for line, cells in table:
        texts = list(map(text_of, cells))
        if any(texts):
            width = len(texts)
            yield NamedRow(
                line, {**absent, **{column: texts[index] if index < width else "" for column, index in places}}
            )


def _columns_missing(name, required, tops):
    """Said of the reading that finds the most of them: another delimiter, or another sheet, would miss more."""
    missing, found = min(
        (_missing_of(required, cells) for top in tops for _line, cells in top[:1]),
        key=lambda outcome: len(outcome[0]),
        default=(list(required), []),
    )
    return TableRefused(
        ngettext(
            "%(name)s, line 1: no column %(missing)s; found are: %(found)s.",
            "%(name)s, line 1: no columns %(missing)s; found are: %(found)s.",
            len(missing),
        )
        % {"name": name, "missing": ", ".join(missing), "found": ", ".join(found)[:400]}
    )


def _missing_of(required, cells):
    names = [text_of(cell) for cell in cells]
    present = set(map(_key, names))
    return [column for column in required if _key(column) not in present], [name for name in names if name]


def _key(column):
    return column.strip().casefold()
