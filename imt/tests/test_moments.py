"""Moments that no posting can undercut, and reads of one state of the database."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from imt.accounts.models import User
from imt.moments import consistent_read, posting_moment, safe_moment
from imt.tests.threads import LONGEST_WAIT
from imt.tests.waiting import eventually

IS_POSTGRESQL = connection.vendor == "postgresql"


class Aside:
    """Another connection to the database, in a thread of its own."""

    def __init__(self):
        self.pool = ThreadPoolExecutor(1)

    def run(self, act):
        return self.pool.submit(act)

    def close(self):
        self.run(connections.close_all).result(LONGEST_WAIT)
        self.pool.shutdown()


class OpenPosting(Aside):
    """A posting that has its moment and is not committed until it is let go."""

    def __init__(self):
        super().__init__()
        self.may_end, self.has_moment = threading.Event(), threading.Event()
        self.moment = None
        self.ended = self.run(self._post)
        assert self.has_moment.wait(LONGEST_WAIT)

    def _post(self):
        with transaction.atomic():
            self.moment = posting_moment()
            User.objects.create(name="written by the open posting")
            self.has_moment.set()
            assert self.may_end.wait(LONGEST_WAIT)

    def end(self):
        self.may_end.set()
        self.ended.result(LONGEST_WAIT)

    def close(self):
        self.end()
        super().close()


@pytest.fixture
def aside():
    """A function that opens an Aside, or an OpenPosting."""
    with contextlib.ExitStack() as opened:

        def begin(kind=Aside):
            one = kind()
            opened.callback(one.close)
            return one

        yield begin


def is_written():
    return User.objects.filter(name="written by the open posting").exists()


@pytest.mark.django_db(transaction=True)
def test_a_posting_outside_a_transaction_has_no_moment():
    with pytest.raises(RuntimeError, match="inside the posting's transaction"):
        posting_moment()


def test_a_posting_s_moment_is_now(db):
    before = datetime.now(UTC)
    assert before <= posting_moment() <= datetime.now(UTC)


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_nobody_posts_is_answered_at_once():
    before = datetime.now(UTC)
    assert before <= safe_moment() <= datetime.now(UTC)


@pytest.mark.django_db(transaction=True)
def test_who_asks_waits_for_the_open_posting_and_then_sees_what_it_wrote(aside):
    posting = aside(OpenPosting)
    answer = aside().run(lambda: (safe_moment(), is_written()))
    assert not answer.done()
    posting.end()
    moment, seen = answer.result(LONGEST_WAIT)
    assert seen
    assert moment > posting.moment


@pytest.mark.django_db(transaction=True)
def test_an_answered_moment_is_before_every_posting_that_comes_after_it():
    moments = []
    for _time in range(20):
        moments.append(safe_moment())
        with transaction.atomic():
            moments.append(posting_moment())
    assert moments == sorted(moments)


@pytest.mark.django_db(transaction=True)
def test_a_read_sees_one_state_although_somebody_writes_meanwhile(aside):
    with consistent_read():
        before = User.objects.count()
        aside().run(lambda: User.objects.create(name="Late")).result(LONGEST_WAIT)
        assert User.objects.count() == before
    assert User.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_read_does_not_wait_for_an_open_posting(aside):
    aside(OpenPosting)
    with consistent_read():
        assert not is_written()


@pytest.mark.django_db(transaction=True)
def test_after_a_consistent_read_one_writes_as_before():
    with consistent_read():
        User.objects.count()
    with transaction.atomic():
        User.objects.create(name="Next")
    assert User.objects.get().name == "Next"


def test_inside_a_transaction_a_read_is_that_transaction_s(db):
    with consistent_read():
        User.objects.create(name="Mine")
        assert User.objects.filter(name="Mine").exists()


if IS_POSTGRESQL:

    def somebody_asks():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE %s",
                ["%pg_locks%"],
            )
            return cursor.fetchone()[0]

    @pytest.mark.django_db(transaction=True)
    def test_postings_do_not_wait_for_each_other(aside):
        posting = aside(OpenPosting)
        with transaction.atomic():
            assert posting_moment() > posting.moment

    @pytest.mark.django_db(transaction=True)
    def test_no_posting_waits_for_who_asks(aside):
        first = aside(OpenPosting)
        answer = aside().run(safe_moment)
        eventually(somebody_asks)
        with transaction.atomic():
            posting_moment()
        assert not answer.done()
        first.end()
        answer.result(LONGEST_WAIT)

    @pytest.mark.django_db(transaction=True)
    def test_who_asks_does_not_wait_for_postings_that_began_later(aside):
        first = aside(OpenPosting)
        answer = aside().run(safe_moment)
        eventually(somebody_asks)
        later = aside(OpenPosting)
        first.end()
        assert answer.result(LONGEST_WAIT) < later.moment

    @pytest.mark.django_db(transaction=True)
    def test_who_asks_inside_a_posting_of_ones_own_does_not_wait_for_it():
        with transaction.atomic():
            moment = posting_moment()
            assert safe_moment() > moment
