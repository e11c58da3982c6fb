"""A row of each clinic in every table, made without the product: what the walls are asked about."""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from alongside.clinics.postgresql import walls
from alongside.clinics.tests.owner import the_owner

TABLES = tuple(wall.table for wall in walls.walls())
BETWEEN = "people_staff_kinds"
ENDS = {"people_staff": "staff_id", "clinics_visitkind": "visitkind_id"}
COLUMNS = """
    SELECT a.attname, t.typname, t.typcategory FROM pg_attribute a
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attidentity = '' AND a.attgenerated = '' AND (a.attnotnull OR a.attname = 'clinic_id')
"""
VALUES = {
    "uuid": "gen_random_uuid()",
    "jsonb": "'{}'",
    "timestamptz": "now()",
    "date": "now()::date",
    "time": "now()::time",
    "interval": "'1 hour'",
    "bool": "false",
    "bytea": "''",
}
RULES = """
    SELECT conname FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('c', 'x', 'f', 'u')
"""


def asked(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Ask the database directly, as any code could; for a change, how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def count(table: str) -> int:
    """How many rows of a table there are for whoever asks."""
    return int(asked(f'SELECT count(*) FROM "{table}"')[0][0])


def one_in_each(*clinics: UUID) -> dict[UUID, dict[str, UUID]]:
    """Put a row of each clinic into every table, whatever keys and checks say; give the keys.

    All of it ends with the transaction of the test, the missing rules too.
    """
    with the_owner():
        for table in TABLES:
            for (name,) in asked(RULES, [table]):
                asked(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
            # Guards of another sort: what is added and never edited.
            asked(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        return {clinic: _rows_of(clinic) for clinic in clinics}


def _rows_of(clinic: UUID) -> dict[str, UUID]:
    keys = {table: uuid4() for table in TABLES}
    for table in TABLES:
        if table == BETWEEN:
            insert(table, {column: keys[end] for end, column in ENDS.items()})
        else:
            insert(table, {"id": keys[table], "clinic_id": clinic})
    return keys


def insert(table: str, known: dict[str, Any]) -> None:
    """Write one row, with something in every column that must have something."""
    names, values, params = [], [], []
    for name, kind, category in asked(COLUMNS, [table]):
        names.append(f'"{name}"')
        if name in known:
            values.append("%s")
            params.append(known[name])
        else:
            values.append(
                VALUES.get(kind, "0" if category == "N" else "left(gen_random_uuid()::text, 2)")
            )
    asked(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(values)})', params)
