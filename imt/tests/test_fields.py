"""Hundredths that are integers in the database, and text that a dump does not show."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from apprentices.actions.apprenticeships import register
from apprentices.models import Apprentice, HourEntry, LedgerLine, SelfIdentification
from apprentices.rules.rows import SELF_IDENTIFICATION
from apprentices.tests.cast import apprentice_row
from apprentices.tests.weeks import MONDAY, approved, cell
from imt.fields import HoursField, from_hundredths, to_hundredths

BORN = "1990-04-10"
OLD, NEW = bytes(range(32)), bytes(range(32, 64))
RECORDED = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def stored(db):
    """A function: the text that stands in the database for an apprentice's birth date."""

    def read(apprentice):
        with connection.cursor() as cursor:
            cursor.execute("SELECT date_of_birth FROM apprentices_apprentice WHERE id = %s", [apprentice.pk])
            return cursor.fetchone()[0]

    return read


def someone(born=BORN):
    return Apprentice.objects.create(first_name="Ana", last_name="Xiong", date_of_birth=born, recorded_at=RECORDED)


@given(st.integers(-(10**9), 10**9))
def test_hundredths_come_back_as_they_went(value):
    assert to_hundredths(from_hundredths(value)) == value


@pytest.mark.parametrize(("hours", "hundredths"), [("10.50", 1050), ("0.01", 1), ("8", 800), ("-7.25", -725), (8, 800)])
def test_hours_are_whole_hundredths(hours, hundredths):
    assert to_hundredths(hours) == hundredths


@pytest.mark.parametrize("hours", ["0.001", "7.333", Decimal("2735.999"), 0.1])
def test_hours_are_never_rounded_silently(hours):
    with pytest.raises(ValueError, match="more than two decimal places"):
        to_hundredths(hours)


def test_nothing_stays_nothing():
    assert from_hundredths(None) is None
    assert HoursField().get_prep_value(None) is None


def test_what_is_no_number_is_refused_in_words():
    with pytest.raises(ValidationError, match="is not a number"):
        HoursField().to_python("eight")


def test_hours_are_an_integer_in_the_database_and_a_decimal_in_python(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "7.25")], by=sam)
    with connection.cursor() as cursor:
        cursor.execute("SELECT hours FROM apprentices_ledgerline")
        assert cursor.fetchall() == [(725,)]
    assert LedgerLine.objects.get().hours == Decimal("7.25")


def test_sums_are_exact_and_have_two_places(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "0.10"), cell("B", MONDAY, "0.20")], by=sam)
    assert str(HourEntry.objects.aggregate(total=Sum("hours"))["total"]) == "0.30"


def test_hours_are_compared_in_hours(ana_at_acme, sam):
    approved(ana_at_acme, [cell("A", MONDAY, "7.25"), cell("B", MONDAY, "7.5")], by=sam)
    assert [str(entry.hours) for entry in HourEntry.objects.filter(hours__gt=Decimal("7.25"))] == ["7.50"]


def test_encrypted_text_comes_back_as_it_went(db):
    for text in ("1990-04-10", "Ünïcödé; 名前", "a:b:c", "\n", "x" * 5000):
        assert Apprentice.objects.get(pk=someone(text).pk).date_of_birth == text


def test_the_database_holds_the_key_s_name_and_no_plaintext(stored, settings):
    settings.FIELD_KEYS = {"2026": OLD}
    text = stored(someone())
    assert text.startswith("2026:")
    assert BORN not in text


def test_the_same_text_is_never_encrypted_to_the_same(stored):
    assert stored(someone()) != stored(someone())


def test_empty_text_stays_empty(stored):
    assert stored(someone("")) == ""


def test_an_update_of_a_queryset_encrypts_too(stored):
    apprentice = someone()
    Apprentice.objects.filter(pk=apprentice.pk).update(date_of_birth="1991-05-11")
    assert "1991" not in stored(apprentice)
    assert Apprentice.objects.get(pk=apprentice.pk).date_of_birth == "1991-05-11"


def test_after_a_rotation_the_new_key_encrypts_and_the_old_one_still_decrypts(stored, settings):
    settings.FIELD_KEYS = {"old": OLD}
    before = someone()
    settings.FIELD_KEYS = {"new": NEW, "old": OLD}
    after = someone()
    assert stored(before).startswith("old:") and stored(after).startswith("new:")
    assert Apprentice.objects.get(pk=before.pk).date_of_birth == BORN
    assert Apprentice.objects.get(pk=after.pk).date_of_birth == BORN


def test_a_saved_row_moves_to_the_new_key(stored, settings):
    settings.FIELD_KEYS = {"old": OLD}
    apprentice = someone()
    settings.FIELD_KEYS = {"new": NEW, "old": OLD}
    Apprentice.objects.get(pk=apprentice.pk).save()
    settings.FIELD_KEYS = {"new": NEW}
    assert Apprentice.objects.get(pk=apprentice.pk).date_of_birth == BORN


def test_a_key_that_is_missing_is_named(settings, db):
    settings.FIELD_KEYS = {"old": OLD}
    someone()
    settings.FIELD_KEYS = {"new": NEW}
    with pytest.raises(ImproperlyConfigured, match=r"apprentices\.apprentice\.date_of_birth .*“old”"):
        list(Apprentice.objects.all())


def test_a_wrong_key_under_the_right_name_is_named(settings, db):
    settings.FIELD_KEYS = {"key": OLD}
    someone()
    settings.FIELD_KEYS = {"key": NEW}
    with pytest.raises(ImproperlyConfigured, match="does not decrypt with key “key”"):
        list(Apprentice.objects.all())


@pytest.mark.parametrize(
    "sealed", ["key:", "key:AAAA", "key:not base64!", "key:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
)
def test_damaged_text_is_a_clear_error(settings, db, sealed):
    settings.FIELD_KEYS = {"key": OLD}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE apprentices_apprentice SET date_of_birth = %s WHERE id = %s", [sealed, someone().pk])
    with pytest.raises(ImproperlyConfigured, match="does not decrypt with key “key”"):
        list(Apprentice.objects.all())


def test_text_moved_to_another_column_does_not_decrypt(ana_at_acme, ana, stored):
    person = ana_at_acme.apprentice
    row = SelfIdentification.objects.create(apprentice=person, recorded_at=RECORDED, recorded_by=ana)
    with connection.cursor() as cursor:
        moved = "UPDATE apprentices_selfidentification SET race = %s WHERE id = %s"
        cursor.execute(moved, [stored(person), row.pk])
    with pytest.raises(ImproperlyConfigured, match="does not decrypt"):
        row.refresh_from_db()


@pytest.mark.parametrize("lookup", ["exact", "in", "contains", "gt"])
def test_looking_encrypted_text_up_is_refused_and_not_answered_with_nothing(lookup):
    with pytest.raises(TypeError, match="encrypted"):
        Apprentice.objects.filter(**{f"date_of_birth__{lookup}": BORN})


def test_the_whole_database_holds_no_birth_date_and_no_answer_about_oneself(standards, acme, priya):
    said = dict(zip(SELF_IDENTIFICATION, ("Female", "Hispanic or Latino", "Asian", "Non-Veteran", "Yes"), strict=True))
    register(rows=[apprentice_row(date_of_birth=date(1990, 4, 10), **said)], by=priya)
    dump = "\n".join(_everything_stored())
    assert "ana@example.org" in dump
    for secret in ("1990-04-10", "Hispanic", "Asian", "Non-Veteran", "Female"):
        assert secret not in dump


def _everything_stored():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from (str(value) for row in cursor.fetchall() for value in row)
