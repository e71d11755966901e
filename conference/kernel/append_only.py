"""Tables that are only added to: the database itself refuses to change or delete a row of them, whoever asks.

A migration on SQLite that makes such a table anew (`batch_alter_table`) loses its triggers with the old one and must set them up again.
"""

from sqlalchemy import DDL, event

_SQLITE = """CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"""
_POSTGRESQL = "CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION only_added_to()"


def append_only(table, *, but=()):
    """Have `table` made with triggers that refuse DELETE, and UPDATE of every column but those named."""
    columns = [column.name for column in table.columns if column.name not in but]
    for flavour in ("sqlite", "postgresql"):
        for statement in statements(flavour, table.name, columns):
            # A percent sign of DDL is doubled, as it is formatted once more.
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=flavour))


def statements(flavour, table, columns):
    """The statements that make the triggers, in the words of `flavour` ("sqlite" or "postgresql")."""
    made = {"delete": "DELETE", "update": f"UPDATE OF {', '.join(columns)}"}
    form = _SQLITE if flavour == "sqlite" else _POSTGRESQL
    first = [] if flavour == "sqlite" else [_FUNCTION]
    return first + [form.format(table=table, act=act, what=what) for act, what in made.items()]
