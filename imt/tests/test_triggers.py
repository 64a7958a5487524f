"""What the database refuses, whoever asks and however: on SQLite and on PostgreSQL alike."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from apprentices.models import LedgerLine
from apprentices.tests.cast import small_content
from apprentices.tests.weeks import MONDAY, approved, cell
from employers.actions.standards import load_standards
from employers.models import Competency, Course, CredentialRequirement, Standards, WageStep, WorkProcess
from imt.audit.models import AuditEvent
from imt.triggers import PUBLISHED, all_triggers, laid_triggers, lay_triggers, lift_triggers

APPEND_ONLY = [LedgerLine, AuditEvent]
CHANGED = {LedgerLine: {"hours": Decimal("0.01")}, AuditEvent: {"event": "nothing.happened"}}
# without CASCADE, PostgreSQL refuses most of them for the foreign keys' sake already
EMPTYING = {
    "postgresql": ["TRUNCATE {table} CASCADE"],
    "sqlite": ["DELETE FROM {table}", "REPLACE INTO {table} SELECT * FROM {table}"],
}[connection.vendor]
OF_STANDARDS = [WorkProcess, Course, CredentialRequirement, WageStep, Competency]


@pytest.fixture
def line(ana_at_acme, sam):
    """Eight hours of Ana's that count; beside it, events in the audit log."""
    approved(ana_at_acme, [cell("A", MONDAY, "8")], by=sam)
    return LedgerLine.objects.get()


@pytest.fixture
def published(ana_at_acme):
    """Version 1 of the small program: Ana's agreement points at it."""
    return ana_at_acme.standards


@pytest.fixture
def draft(priya):
    """Another program that nobody points at."""
    return load_standards(content=small_content(occupation="Welder"), by=priya).standards


def refused(says):
    return pytest.raises(DatabaseError, match=says)


def run(statement, *values):
    """Raw SQL in a savepoint, so that the test goes on after its refusal."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def rows(model):
    return list(model.objects.order_by("pk").values_list())


def test_all_triggers_stand(db):
    assert laid_triggers(connection) == all_triggers(connection.vendor)


def test_laying_them_again_changes_nothing(db):
    lay_triggers(connection)
    assert laid_triggers(connection) == all_triggers(connection.vendor)


def test_lifted_they_are_gone_until_they_are_laid_again(line):
    lift_triggers(connection)
    assert laid_triggers(connection) == set()
    LedgerLine.objects.update(reason="while nobody looks")
    lay_triggers(connection)
    with refused("append-only"), transaction.atomic():
        LedgerLine.objects.update(reason="again")


@pytest.mark.parametrize("model", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_raw_sql_changes_no_line_and_no_event(line, model, statement):
    before = rows(model)
    with refused("is append-only: (UPDATE|DELETE) refused"):
        run(statement.format(model._meta.db_table))
    assert rows(model) == before


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_saved_instance_is_refused(line, model):
    row = model.objects.first()
    with refused("append-only"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_deleted_instance_is_refused(line, model):
    row = model.objects.first()
    with refused("append-only"), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_an_update_of_a_queryset_is_refused(line, model):
    with refused("append-only"), transaction.atomic():
        model.objects.update(**CHANGED[model])


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_deletion_of_a_queryset_is_refused(line, model):
    with refused("append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_bulk_update_is_refused(line, model):
    row = model.objects.first()
    for name, value in CHANGED[model].items():
        setattr(row, name, value)
    with refused("append-only"), transaction.atomic():
        model.objects.bulk_update([row], list(CHANGED[model]))


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_a_bulk_create_that_updates_what_is_there_is_refused(line, model):
    names = list(CHANGED[model])
    with refused("append-only"), transaction.atomic():
        model.objects.bulk_create(
            [model.objects.first()], update_conflicts=True, unique_fields=["pk"], update_fields=names
        )


@pytest.mark.parametrize("statement", EMPTYING)
def test_no_table_is_emptied_or_replaced(line, statement):
    connection.check_constraints()  # PostgreSQL truncates nothing while checks are deferred
    for table in ("apprentices_ledgerline", "audit_auditevent", *PUBLISHED):
        with refused("(TRUNCATE|DELETE|INSERT) refused"):
            run(statement.format(table=table))


def test_a_further_line_is_welcome(line):
    fields = {"work_process_id": line.work_process_id, "happened_on": MONDAY, "posted_at": line.posted_at}
    LedgerLine.objects.create(
        apprenticeship_id=line.apprenticeship_id,
        position=2,
        kind="OJL",
        hours=-line.hours,
        source="REVERSAL",
        reason="a test",
        reverses=line,
        entry_id=line.entry_id,
        posted_by_id=line.posted_by_id,
        **fields,
    )
    assert LedgerLine.objects.count() == 2


@pytest.mark.parametrize("model", [Standards, *OF_STANDARDS])
def test_the_numbers_and_codes_of_a_published_version_stand_still(published, draft, model):
    for column in PUBLISHED[model._meta.db_table][0].split():
        name = column.removesuffix("_id")
        with refused("of a published version does not change: UPDATE refused"), transaction.atomic():
            _of(published, model).update(**{name: _another(model, name, draft)})


def _another(model, column, draft):
    """A value that no row of the published version has there."""
    foreign = {"sponsor": None, "standards": draft, "work_process": draft.work_processes.first()}
    if column == "sponsor":
        return F("sponsor_id") + 1
    if column in foreign:
        return foreign[column]
    if model._meta.get_field(column).get_internal_type() in ("TextField", "CharField"):
        return "Z"
    return {"published_at": None, "asks_for_committee": True}.get(column, 77)


def _of(standards, model):
    if model is Standards:
        return Standards.objects.filter(pk=standards.pk)
    if model is Competency:
        return Competency.objects.filter(work_process__standards=standards)
    return model.objects.filter(standards=standards)


@pytest.mark.parametrize("model", [Standards, *OF_STANDARDS])
def test_nothing_of_a_published_version_is_deleted(published, model):
    with refused("DELETE refused"), transaction.atomic():
        _of(published, model)._raw_delete("default")


@pytest.mark.parametrize("model", OF_STANDARDS)
def test_nothing_is_added_to_a_published_version(published, model):
    row = _of(published, model).first()
    row.pk = None
    for name in ("code", "number", "position"):
        if hasattr(row, name):
            setattr(row, name, 99)
    with refused("INSERT refused"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("model", OF_STANDARDS)
def test_nothing_of_a_draft_is_moved_into_a_published_version(published, draft, model):
    row = _of(draft, model).first()
    for name in ("code", "number", "position"):
        if hasattr(row, name):
            setattr(row, name, 99)
    if model is Competency:
        row.work_process = published.work_processes.first()
    else:
        row.standards = published
    with refused("UPDATE refused"), transaction.atomic():
        row.save()


def test_a_title_of_a_published_version_may_be_corrected(published):
    for model in OF_STANDARDS:
        assert _of(published, model).update(title="As it should read") > 0


def test_a_draft_changes_at_will(draft):
    for model in (Competency, WorkProcess, Course, CredentialRequirement, WageStep):
        assert _of(draft, model).update(title="Draft") > 0
        _of(draft, model)._raw_delete("default")
    Standards.objects.filter(pk=draft.pk).update(ojl_minimum=1)
    draft.registrations.all().delete()
    draft.delete()
