"""Many rows at once come in exactly as they were said, and no key is given twice."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apprentices.models import HourEntry, Timesheet
from apprentices.tests.weeks import MONDAY, cell, saved
from employers.models import UnionLocal
from imt.accounts.models import User
from imt.tables import insert_rows, reserve_ids
from imt.tests.threads import at_once

HOSTILE = (
    "plain",
    "",
    "tab\there",
    "line\nfeed",
    "carriage\r\nreturn",
    "back\\slash",
    "\\N",
    "\\.",
    "\\t\\n",
    "ends with \\",
    "'; DROP TABLE apprentices_hourentry; --",
    '"quoted", with, commas',
    "NULL",
    "%s %(name)s %",
    "Prüfung – 名前 – 🏭",
    "\u2028\u00a0\ufeff",
    "x" * 20_000,
)
MOMENT = datetime(2026, 3, 2, 13, 5, 7, 123456, tzinfo=UTC)
COLUMNS = (
    "timesheet_id apprenticeship_id employer_id work_process_id worked_on hours note department entry_ref client_id \
source version logged_at logged_by_id batch_id".split()
)


@pytest.fixture
def row(ana_at_acme, sam):
    """A function: an hour entry of Ana's as a tuple of plain values."""
    week = saved(ana_at_acme, [], by=sam)
    process = ana_at_acme.standards.work_processes.first().pk

    def build(number, note="", client_id=None, hours=800):
        keys = (week.pk, ana_at_acme.pk, ana_at_acme.employer_id, process)
        said = (MONDAY, hours, note, "", f"r-{number}", client_id, "IMPORTED", 1, MOMENT, sam.pk, None)
        return keys + said

    return build


def notes():
    return list(HourEntry.objects.order_by("pk").values_list("note", flat=True))


def test_hostile_text_comes_back_as_it_went(row):
    insert_rows("apprentices_hourentry", COLUMNS, (row(number, note) for number, note in enumerate(HOSTILE)))
    assert notes() == list(HOSTILE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30), max_size=8))
def test_any_text_comes_back_as_it_went(db, texts):
    with transaction.atomic():
        insert_rows("employers_unionlocal", ["name"], ((f"{number} {text}",) for number, text in enumerate(texts)))
        found = list(UnionLocal.objects.order_by("pk").values_list("name", flat=True))
        transaction.set_rollback(True)
    assert found == [f"{number} {text}" for number, text in enumerate(texts)]


def test_every_kind_of_value_is_read_back_by_the_model(row, ana_at_acme):
    client = UUID("12345678123456781234567812345678")
    insert_rows("apprentices_hourentry", COLUMNS, [row(1, client_id=client, hours=725), row(2)])
    first, second = HourEntry.objects.order_by("pk")
    assert (first.worked_on, first.logged_at, str(first.hours)) == (MONDAY, MOMENT, "7.25")
    assert (first.client_id, second.client_id, second.batch_id) == (client, None, None)
    assert HourEntry.objects.filter(client_id=client, logged_at=MOMENT, worked_on=date(2026, 3, 2)).count() == 1


@pytest.mark.parametrize("flag", [True, False])
def test_yes_and_no_come_back_as_they_went(db, flag):
    columns = (
        "name kind password is_staff is_auditor is_equal_opportunity is_active wants_reminders language created_at"
    )
    someone = ("Someone", "PERSON", "!", flag, False, False, True, False, "", MOMENT)
    insert_rows("accounts_user", columns.split(), [someone])
    assert User.objects.get(name="Someone").is_staff is flag


def test_more_rows_than_one_read_of_the_stream_come_in_whole(row):
    insert_rows("apprentices_hourentry", COLUMNS, (row(number, f"note {number}" * 20) for number in range(1_000)))
    assert notes() == [f"note {number}" * 20 for number in range(1_000)]


def test_no_rows_are_no_error(db):
    insert_rows("apprentices_hourentry", COLUMNS, [])
    assert not HourEntry.objects.exists()


def test_constraints_hold_as_ever(row):
    with pytest.raises(IntegrityError, match="hour_entry_is_above_0_and_at_most_24_hours"), transaction.atomic():
        insert_rows("apprentices_hourentry", COLUMNS, [row(1), row(2, hours=2401)])
    assert notes() == []


def test_reserved_keys_ascend_and_are_free(ana_at_acme, sam):
    week = saved(ana_at_acme, [cell("A", MONDAY, "1")], by=sam)
    keys = reserve_ids(Timesheet, 5)
    assert keys == sorted(set(keys))
    assert keys[0] > week.pk


def test_a_reserved_key_is_given_to_nobody_else(ana_at_acme, sam):
    first, second = reserve_ids(Timesheet, 3), reserve_ids(Timesheet, 3)
    later = saved(ana_at_acme, [cell("A", MONDAY, "1")], by=sam)
    assert len({*first, *second, later.pk}) == 7


def test_keys_are_reserved_in_a_table_that_never_had_a_row(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'apprentices_timesheet'")
    assert len(set(reserve_ids(Timesheet, 2) + reserve_ids(Timesheet, 2))) == 4


@pytest.mark.django_db(transaction=True)
def test_two_who_reserve_at_once_never_get_the_same_key():
    def reserve():
        with transaction.atomic():
            return reserve_ids(Timesheet, 50)

    given_out = [key for keys in at_once([reserve] * 4) for key in keys]
    assert len(set(given_out)) == 200
