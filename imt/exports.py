"""What goes out: documents to the byte, and tables. A spreadsheet program runs text that begins like a formula:
such text gets a mark in front."""

import contextlib
import csv
import os
from pathlib import Path

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def neutralized(value):
    """Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets a leading `'`; whoever reads such a
    file takes one mark off again. Text that carries marks before such a sign gets one more, so that the way back is
    exact. Anything but text stays as it is: numbers are numbers."""
    if isinstance(value, str) and value.lstrip(MARK).startswith(FORMULA_STARTS):
        return MARK + value
    return value


def write_csv(stream, header, rows):
    """A CSV with neutralized cells; None is an empty cell. Rows are written as they come, so that memory stays flat."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([neutralized(cell) for cell in row])


def put_out(text, *, stdout, file=None):
    """Write a document as UTF-8 with its line feeds as they are: to the file of this name, whole or not at all, else to
    a command's standard output."""
    if file:
        draft = Path(f"{file}.{os.getpid()}.part")
        draft.write_bytes(text.encode())
        draft.replace(file)
        return
    with contextlib.suppress(AttributeError):  # a test's StringIO has no bytes below it
        stdout.reconfigure(encoding="utf-8", newline="\n")
    stdout.write(text, ending="")
