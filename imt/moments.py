"""When we learned it: moments under which no fact can slip in afterwards, and reads of one state of the database."""

import contextlib

from django.db import connection, transaction
from django.utils import timezone

_POSTINGS = 29_03_02_31  # the advisory lock's number: shared by postings, exclusive for an instant by who asks


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

    (contract: Who and what is known.) Waits for the postings under way; not for a page that is read in passing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTINGS])
            return timezone.now()
    with transaction.atomic():  # IMMEDIATE: nobody else is writing
        return timezone.now()


@contextlib.contextmanager
def consistent_read():
    """All reads inside see one state of the database. Inside a transaction already open, that transaction's view."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
