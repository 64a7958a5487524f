"""Many rows at once, where a row at a time costs too much: COPY on PostgreSQL, one prepared insert on SQLite."""

import io
import re
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from uuid import UUID

from django.db import connection


def reserve_ids(model, count):
    """`count` primary keys that nobody else will be given, ascending. Call it inside the writing transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        if row:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        return list(range(last + 1, last + count + 1))


def insert_rows(table, columns, rows):
    """Insert tuples of plain values (text, int, bool, date, aware datetime, UUID, None) as the columns name them.

    The values go in as they are, past the model's fields: hours as hundredths. Constraints and triggers hold as ever.
    Names of tables and columns are the code's own, never a user's."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:  # psycopg2's own call: its errors become Django's here alone
                cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", _CopyStream(rows))
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            map(_plain, rows),
        )


@lru_cache(maxsize=8192)
def _sqlite_day(value):
    return value.isoformat()


@lru_cache(maxsize=64)
def _sqlite_moment(value):
    return connection.ops.adapt_datetimefield_value(value)


# as Django's SQLite backend stores them
_SQLITE_VALUE = {date: _sqlite_day, datetime: _sqlite_moment, UUID: lambda value: value.hex}


def _plain(row):
    return [_SQLITE_VALUE[type(value)](value) if type(value) in _SQLITE_VALUE else value for value in row]


_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TO_ESCAPE = re.compile(r"[\\\n\r\t]").search
_once = lru_cache(maxsize=8192)(str)  # the same few days and moments stand in many rows
_AT_ONCE = 1_000


def _text(value):
    return value.translate(_ESCAPES) if _TO_ESCAPE(value) else value


_COPY_TEXT = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    date: _once,
    datetime: _once,
    UUID: str,
    type(None): lambda value: "\\N",
}


def _copy_text(value):
    """A value in the text form of COPY; a choice of a model is its text."""
    write = _COPY_TEXT.get(type(value))
    return write(value) if write else _text(str(value))


def _copy_texts(values):
    """A column of values in the text form of COPY. Text that is nowhere to be escaped, and that is most, stays as it
    is: to look at a whole column at once takes a fraction of the time."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return map(str, values)
    if kinds == {str} and not _TO_ESCAPE("".join(values)):
        return values
    return map(_copy_text, values)


class _CopyStream(io.RawIOBase):
    """Rows as the text form of COPY, made as they are read, so that memory stays flat."""

    def __init__(self, rows):
        self._rows = iter(rows)
        self._left = b""

    def readable(self):
        return True

    def read(self, size=-1):
        parts, length = [self._left], len(self._left)
        while size < 0 or length < size:
            rows = list(islice(self._rows, _AT_ONCE))
            if not rows:
                break
            columns = map(_copy_texts, zip(*rows, strict=True))
            lines = "".join([f"{line}\n" for line in map("\t".join, zip(*columns, strict=True))]).encode()
            parts.append(lines)
            length += len(lines)
        data = b"".join(parts)
        if size < 0:
            self._left = b""
            return data
        self._left = data[size:]
        return data[:size]
