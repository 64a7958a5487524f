"""Reading table files: CSV and XLSX, told apart by their content, as a stream of lines below a header.

`open_table` is the door; `read_named` reads the simple files whose first line names the columns. Whatever cannot be
read is a TableRefused that says where, what was found, what is expected and how to repair it."""

from imt.sheets.cells import text_of, unmarked
from imt.sheets.named import NamedRow, read_named
from imt.sheets.opening import Header, Table, open_table
from imt.sheets.refusals import FROM_A_COMMAND, FROM_A_PAGE, HeaderMissing, Limits, TableRefused

__all__ = [
    "FROM_A_COMMAND",
    "FROM_A_PAGE",
    "Header",
    "HeaderMissing",
    "Limits",
    "NamedRow",
    "Table",
    "TableRefused",
    "open_table",
    "read_named",
    "text_of",
    "unmarked",
]
