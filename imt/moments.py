"""When we learned it: moments under which no fact can slip in afterwards, and reads of one state of the database."""

import contextlib
import time

from django.db import connection, transaction
from django.utils import timezone

_POSTINGS = 29_03_02_31  # the number of the advisory lock that every posting holds, shared
_OPEN_POSTINGS = """
SELECT virtualtransaction FROM pg_locks
 WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1 AND granted
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()
"""
_LOOK_AGAIN_SECONDS = 0.01


def posting_moment():
    """The moment of a posting: call it inside the action's transaction, after its rows are locked.

    On PostgreSQL it takes the postings' lock, shared, until commit, so that `safe_moment` waits for this posting. On
    SQLite the writing transaction is the only one."""
    if not connection.in_atomic_block:
        raise RuntimeError("a posting moment is taken inside the posting's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_POSTINGS])
    return timezone.now()


def safe_moment():
    """A moment that no open posting can undercut: what is recorded at or before it is all there already.

    (contract: Who and what is known.) Waits for the postings under way, a long import included; not for a page that is
    read in passing."""
    if connection.vendor == "postgresql":
        # Whoever holds the lock later than this reads the clock later, too. To ask for the lock itself would hold up
        # every posting behind the asker for as long as the longest one before it takes.
        moment = timezone.now()
        left = before = _open_postings()
        while left:
            time.sleep(_LOOK_AGAIN_SECONDS)
            left = before & _open_postings()
        return moment
    with transaction.atomic():  # IMMEDIATE: nobody else is writing
        return timezone.now()


def _open_postings():
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_POSTINGS, [_POSTINGS])
        return {transaction_id for (transaction_id,) in cursor.fetchall()}


@contextlib.contextmanager
def consistent_read():
    """All reads inside see one state of the database. Inside a transaction already open, that transaction's view."""
    if connection.in_atomic_block:
        yield
        return
    with _without_waiting_for_writers(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextlib.contextmanager
def _without_waiting_for_writers():
    """On SQLite a transaction begins IMMEDIATE, for it will write (imt/settings.py). One that only reads need not."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode
