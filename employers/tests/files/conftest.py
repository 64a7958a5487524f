"""The example workbook: as it is, and to be changed cell by cell."""

import io
from pathlib import Path

import openpyxl
import pytest

from employers.files.faults import StandardsRefused
from employers.files.published_sheets import SHEETS
from employers.files.standards import read_standards

EXAMPLE = Path(__file__).parent.parent / "data" / "imt_standards.xlsx"


class Draft:
    """The example workbook, changed cell by cell: draft[sheet, row, column name] = value."""

    def __init__(self):
        self.workbook = openpyxl.load_workbook(EXAMPLE)

    def __setitem__(self, place, value):
        sheet, row, column = place
        self.workbook[sheet].cell(row, SHEETS[sheet].index(column) + 1).value = value

    def read(self):
        stream = io.BytesIO()
        self.workbook.save(stream)
        return read_standards(stream, "changed.xlsx")

    def faults(self):
        with pytest.raises(StandardsRefused) as refused:
            self.read()
        return refused.value.faults

    def fault(self):
        """(sheet, row, column, found) of the only fault."""
        (fault,) = self.faults()
        return fault.sheet, fault.row, fault.column, fault.found


@pytest.fixture
def draft():
    return Draft()


@pytest.fixture(scope="session")
def example():
    return read_standards(EXAMPLE, "imt_standards.xlsx")
