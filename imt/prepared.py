"""Statements that are asked over and over: PostgreSQL reads and plans such a one once per connection, not each time."""

from itertools import count
from weakref import WeakKeyDictionary

from django.db import connection

# Prepared statements live and die with their connection. Names are never used twice, not even after a failure.
_prepared = WeakKeyDictionary()  # {the driver's connection: {statement: how it is executed}}
_numbers = count(1)


def execute(cursor, statement, parameters, *, before=""):
    """Execute a statement with its `%(name)s` parameters (a dictionary). `before`: a setting for this transaction,
    sent along with it: `SET LOCAL …; `, or nothing.

    Only for statements of the code's own that stay the same from call to call: nothing else bounds their number on a
    connection. Where connections are shared out by the transaction (DISABLE_SERVER_SIDE_CURSORS says so) and on SQLite,
    which keeps its statements by itself, it is executed as any other."""
    if connection.vendor != "postgresql" or connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        cursor.execute(before + statement, parameters)
        return
    prepared = _prepared.setdefault(connection.connection, {})
    if statement in prepared:
        cursor.execute(before + prepared[statement], parameters)
        return
    used = [key for key in parameters if f"%({key})s" in statement]
    name = f"imt_{next(_numbers)}"
    numbered = (statement % {key: f"${number}" for number, key in enumerate(used, 1)}).replace("%", "%%")
    executed = f"EXECUTE {name} ({', '.join(f'%({key})s' for key in used)})"
    cursor.execute(f"{before}PREPARE {name} AS {numbered}\n; {executed}", parameters)
    prepared[statement] = executed
