"""What a table file must keep to, and the error that says where it does not."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


class TableRefused(ValueError):
    """The whole file cannot be read. The message names the place, what was found, what is expected and the repair."""


class HeaderMissing(TableRefused):
    """No line among the first ones is the header that was looked for.

    `tops`: for each way to read the file (a delimiter, a sheet) its first lines, each (line, cells)."""

    def __init__(self, message, tops):
        super().__init__(message)
        self.tops = tops


@dataclass(frozen=True)
class Limits:
    """How much of a file is taken; None: any size. Lines count below the header, columns where they are filled;
    `elements`: of the XML of a workbook, empty cells included."""

    file_bytes: int | None = None
    unpacked_bytes: int | None = None
    elements: int | None = None
    lines: int | None = None
    columns: int = 1_024


FROM_A_PAGE = Limits(
    file_bytes=5 * MEGABYTE,
    unpacked_bytes=50 * MEGABYTE,
    elements=3_000_000,  # 20,000 lines of 64 cells, each with its value
    lines=20_000,
    columns=64,
)
FROM_A_COMMAND = Limits()
