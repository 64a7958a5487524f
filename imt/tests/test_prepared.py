"""Statements that recur are planned once per connection, and answer as any other."""

from datetime import date

import pytest
from django.db import DataError, connection, transaction

from imt.prepared import execute

STATEMENT = "SELECT name, 1 + %(more)s, '%%' FROM django_migrations WHERE name = %(name)s AND id >= %(more)s"
PARAMETERS = {"unused": date(2026, 3, 2), "name": "0001_initial' OR %s", "more": 0}
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its statements by itself")
pytestmark = pytest.mark.django_db


def answer(parameters=PARAMETERS, statement=STATEMENT, **options):
    with connection.cursor() as cursor:
        execute(cursor, statement, parameters, **options)
        return cursor.fetchall()


def prepared():
    """The statements that this connection keeps, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM pg_prepared_statements")
        return dict(cursor.fetchall())


def test_the_answer_is_the_same_the_first_time_and_ever_after():
    found = [answer(PARAMETERS | {"name": "0001_initial", "more": -7}) for _time in range(7)]
    assert found[0] and set(found[0]) == {("0001_initial", -6, "%")}
    assert found == [found[0]] * 7


def test_parameters_are_values_whatever_they_hold():
    assert [answer(PARAMETERS | {"name": name}) for name in (PARAMETERS["name"], "%(more)s", "$1", "'); --")] == [
        []
    ] * 4


def test_every_time_is_one_query(django_assert_num_queries):
    statement = STATEMENT + " -- one query"
    for _time in range(2):
        with django_assert_num_queries(1):
            answer(statement=statement)


@on_postgresql
def test_a_statement_is_prepared_once_on_a_connection():
    before = prepared()
    for _time in range(3):
        answer(statement=STATEMENT + " -- once")
    assert len(prepared().keys() - before.keys()) == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew():
    answer()
    connection.close()
    assert answer() == []
    assert len(prepared()) == 1


@on_postgresql
def test_it_outlives_the_transaction_that_prepared_it():
    statement = STATEMENT + " -- outlives"
    with transaction.atomic():
        answer(statement=statement)
        transaction.set_rollback(True)
    before = prepared()
    assert answer(statement=statement) == []
    assert prepared() == before


@on_postgresql
def test_one_that_failed_at_first_is_prepared_under_another_name():
    statement = "SELECT 1 / %(number)s"
    with pytest.raises(DataError), transaction.atomic():
        answer({"number": 0}, statement=statement)
    assert answer({"number": 1}, statement=statement) == [(1,)]


@on_postgresql
def test_a_setting_goes_along_each_time():
    for level in ("off", "local", "off"):
        before = f"SET LOCAL synchronous_commit TO {level}; "
        found = answer({"setting": "synchronous_commit"}, "SELECT current_setting(%(setting)s)", before=before)
        assert found == [(level,)]


@on_postgresql
def test_nothing_is_prepared_where_connections_are_shared_out(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    before = prepared()
    assert answer(statement=STATEMENT + " -- shared") == []
    assert prepared() == before
