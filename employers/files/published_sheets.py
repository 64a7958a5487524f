"""The sheets of a standards workbook: four as ApprenticeshipStandards.org publishes them, and one of credentials."""

from django.utils.translation import gettext as _

from employers.files.faults import Fault, Row, StandardsRefused
from imt.sheets import TableRefused, open_table, text_of

SHEETS = {
    "Details": (
        "Registration State",
        "OA or SAA",
        "Sponsor Name",
        "Occupation Title",
        "Existing Title",
        "Onet Code",
        "RAPIDS Code",
        "Type",
        "Term (in months)",
        "Minimum OJT Hours",
        "Maximum OJT Hours",
        "Minimum RSI Hours",
        "Maximum RSI Hours",
        "Ratio of Apprentice to Journeyworker",
        "Probationary Period",
        "Registration Date",
        "Latest Registration Update",
    ),
    "WorkProcesses": (
        "Work Process Sort Order",
        "Work Process Title",
        "Work Process Description",
        "Work Process Sub Category",
        "Minimum Hours",
        "Maximum Hours",
        "Skill Sort Order",
        "Skill Title",
    ),
    "RelatedInstruction": (
        "Course Sort Order",
        "Course Name",
        "Course Description",
        "Course Code",
        "Related Training Organization",
        "Course Hours",
    ),
    "WageSchedule": (
        "Step Sort Order",
        "Step Level Title",
        "Step OJT Hours",
        "Step OJT Percentage",
        "Step Duration",
        "Step RSI Hours",
    ),
    "Credentials": (
        "Credential Sort Order",
        "Credential Title",
        "Credential Code",
        "Credential Issuer",
    ),
}


def read_sheets(source, name, limits, faults):
    """{sheet: its filled rows}; what is found wrong with them later goes to `faults`.

    TableRefused for a missing sheet, StandardsRefused for columns that are missing or stand there twice."""
    rows = {sheet: _rows_of(source, name, sheet, limits, faults) for sheet in SHEETS}
    refuse(faults)
    return rows


def refuse(faults):
    """StandardsRefused where there is a fault, each once, in the order of the sheets and rows."""
    if faults:
        order = list(SHEETS)
        raise StandardsRefused(sorted(dict.fromkeys(faults), key=lambda fault: (order.index(fault.sheet), fault.row)))


def _rows_of(source, name, sheet, limits, faults):
    """The filled rows of one sheet; a missing column, or one that stands there twice, is a fault."""
    table = open_table(source, name, sheet=sheet, limits=limits)
    if not table.is_workbook:
        raise TableRefused(_("%(name)s is no workbook: the standards are read from .xlsx files.") % {"name": name})
    header = [_key(cell) for cell in table.header.cells]
    columns = {}
    for column in SHEETS[sheet]:
        count = header.count(_key(column))
        if count == 1:
            columns[column] = header.index(_key(column))
        else:
            found = ", ".join(filter(None, table.header.cells))[:200] if count == 0 else column
            expected = _("this column") if count == 0 else _("this column once")
            faults.append(Fault(sheet, table.header.line, column, found, expected))
    return [
        Row(sheet, line, {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}, faults)
        for line, cells in table
        if any(text_of(cell) for cell in cells)
    ]


def _key(column):
    return " ".join(column.split()).casefold()
