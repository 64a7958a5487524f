"""What the database itself refuses: changing the ledger, the audit log, or the numbers of published standards.

Laid by a migration on SQLite and PostgreSQL alike. Only the tests lift them, around the flush that empties tables."""

APPEND_ONLY = ("audit_auditevent", "apprentices_ledgerline")

# table → (columns that stay as published, the condition that finds the published version of a row called {row})
_OF_STANDARDS = (
    "EXISTS (SELECT 1 FROM employers_standards s WHERE s.id = {row}.standards_id AND s.published_at IS NOT NULL)"
)
_OF_PROCESS = (
    "EXISTS (SELECT 1 FROM employers_standards s JOIN employers_workprocess p ON p.standards_id = s.id "
    "WHERE p.id = {row}.work_process_id AND s.published_at IS NOT NULL)"
)
_ITSELF = "{row}.published_at IS NOT NULL"
PUBLISHED = {
    "employers_standards": (
        "sponsor_id occupation version approach term_months ojl_minimum ojl_maximum ri_minimum ri_maximum ratio "
        "probation asks_for_committee published_at",
        _ITSELF,
    ),
    "employers_workprocess": ("standards_id position code minimum maximum", _OF_STANDARDS),
    "employers_course": ("standards_id position code hours", _OF_STANDARDS),
    "employers_credentialrequirement": ("standards_id position code", _OF_STANDARDS),
    "employers_wagestep": (
        "standards_id position ojl_hours ri_hours months percentage hourly_rate",
        _OF_STANDARDS,
    ),
    "employers_competency": ("work_process_id number", _OF_PROCESS),
}
_NOT_INSERTED = tuple(table for table in PUBLISHED if table != "employers_standards")


def lay_triggers(connection):
    """Refuse from now on. Safe to call again."""
    lift_triggers(connection)
    with connection.cursor() as cursor:
        for statement in _laying(connection.vendor):
            cursor.execute(statement)


def lift_triggers(connection):
    """Stop refusing: for the flush of a test, and for nothing else."""
    with connection.cursor() as cursor:
        for table, name in _names(connection.vendor):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def laid_triggers(connection):
    """The names of those of our triggers that stand in the database now."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'imt_%%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'imt_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return {name for (name,) in cursor.fetchall()}


def all_triggers(vendor):
    """The names of the triggers that must stand."""
    return {name for _table, name in _names(vendor)}


def _names(vendor):
    for table in APPEND_ONLY:
        yield table, f"imt_{table}_update"
        yield table, f"imt_{table}_delete"
    for table in (*APPEND_ONLY, *PUBLISHED):
        if vendor == "postgresql":
            yield table, f"imt_{table}_truncate"
    for table in PUBLISHED:
        yield table, f"imt_{table}_published_update"
        yield table, f"imt_{table}_published_delete"
        if table in _NOT_INSERTED:
            yield table, f"imt_{table}_published_insert"


def _laying(vendor):
    if vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION imt_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '%: % refused', TG_ARGV[0], TG_OP USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table in APPEND_ONLY:
        says = f"{table} is append-only"
        for event in ("UPDATE", "DELETE"):
            yield _trigger(vendor, f"imt_{table}_{event.lower()}", event, table, None, says)
        yield from _no_truncate(vendor, table, says)
    for table, (columns, published) in PUBLISHED.items():
        says = f"{table} of a published version does not change"
        yield from _published(vendor, table, columns.split(), published, says)
        yield from _no_truncate(vendor, table, says)


def _no_truncate(vendor, table, says):
    """SQLite has no TRUNCATE: there a DELETE of everything meets the trigger of the first row."""
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER imt_{table}_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION imt_refuse('{says}')"
        )


def _published(vendor, table, columns, published, says):
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
    name = f"imt_{table}_published"
    old = published.format(row="OLD")
    new = published.format(row="NEW")
    yield _trigger(vendor, f"{name}_delete", "DELETE", table, old, says)
    if table in _NOT_INSERTED:  # neither a new row nor one taken from a draft comes to a published version
        yield _trigger(vendor, f"{name}_update", "UPDATE", table, f"({changed}) AND ({old} OR {new})", says)
        yield _trigger(vendor, f"{name}_insert", "INSERT", table, new, says)
    else:
        yield _trigger(vendor, f"{name}_update", "UPDATE", table, f"({changed}) AND {old}", says)


def _trigger(vendor, name, event, table, condition, says):
    if vendor == "postgresql":
        return _postgresql_trigger(name, event, table, condition, says)
    when = f"WHEN {condition} " if condition else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{says}: {event} refused'); END"
    )


def _postgresql_trigger(name, event, table, condition, says):
    """PostgreSQL allows no subquery in WHEN: the condition goes into a function of its own."""
    if condition is None:
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION imt_refuse('{says}')"
    returned = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{says}: {event} refused' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {returned}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
