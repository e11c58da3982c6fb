"""Many clinics like a few: copy the thin clinics of a PostgreSQL database, inside it.

`clone.py CLINICS`: until there are so many. A copy leads the same lives under keys, addresses and
secrets of its own (the number of its clinic, where `keys.py` leaves noughts); its record is not
chained anew. Indexes and references are taken away meanwhile and put back at the end, references
without another look at what is there: `seed.py` has looked at what is copied.
"""

import os
import sys
import time
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
import_module("django").setup()

from django.apps import apps
from django.db import connection, models

from alongside.clinics.database import as_owner
from alongside.clinics.models import Clinic
from alongside.clinics.scoped import OfClinic
from alongside.people.models import User

# Text that is nobody else's, and what it becomes in a copy.
OWN = {
    "clinics_clinic.door_code": "left(door_code, 40) || tail",
    "clinics_clinic.name": "name || ' ' || tail",
    "access_link.digest": "left(digest, 60) || tail",
    "people_client.email": "replace(email, '@', '.' || tail || '@')",
    "people_closeone.email": "replace(email, '@', '.' || tail || '@')",
    "people_user.email": "replace(email, '@', '.' || tail || '@')",
}
WHOSE = {
    "clinics_clinic": "one.id",
    "people_user": "(SELECT clinic_id FROM people_staff WHERE user_id = one.id LIMIT 1)",
}
REFERENCES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""
INDEXES = """
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid),
        c.conname, pg_get_constraintdef(c.oid)
    FROM pg_index i
    LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
    WHERE i.indrelid = ANY(%s::regclass[])
"""
BEGAN = time.monotonic()


def said(words: str) -> None:
    """Tell how far it is."""
    print(f"{time.monotonic() - BEGAN:6.0f} s  {words}", file=sys.stderr, flush=True)


def copied() -> list[type[models.Model]]:
    """Give the tables that a copy has rows in."""
    return [User, Clinic, *(one for one in apps.get_models() if issubclass(one, OfClinic))]


def to_copy(cursor: object, clinics: int) -> int:
    """Say in a table which clinic is copied under which number; gives how many copies there are."""
    cursor.execute("SELECT id FROM clinics_clinic WHERE name LIKE '%(thin)' ORDER BY id")
    thin = [row[0] for row in cursor.fetchall()]
    cursor.execute("SELECT count(*) FROM clinics_clinic")
    more = clinics - cursor.fetchone()[0]
    cursor.execute("CREATE TEMPORARY TABLE copies (clinic uuid, tail text)")
    rows = [(thin[number % len(thin)], f"{number + 1:04x}") for number in range(more)]
    cursor.executemany("INSERT INTO copies VALUES (%s, %s)", rows)
    cursor.execute("ANALYZE copies")
    return more


def copy(cursor: object, model: type[models.Model]) -> int:
    """Copy a table's rows of every clinic that is copied; gives how many came to be."""
    table, values = model._meta.db_table, []
    for field in model._meta.concrete_fields:
        kind = (field.target_field if field.is_relation else field).get_internal_type()
        value = f"one.{field.column}"
        if f"{table}.{field.column}" in OWN:
            value = OWN[f"{table}.{field.column}"]
        elif kind == "UUIDField" and field.column != "network_id":
            value = f"(left(one.{field.column}::text, 32) || tail)::uuid"
        values.append(value)
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM {table} one"
        f" JOIN copies ON copies.clinic = {WHOSE.get(table, 'one.clinic_id')}"
    )
    return cursor.rowcount


def main() -> None:
    """Take away, copy, put back."""
    with as_owner(connection), connection.cursor() as cursor:
        for setting in (
            "session_replication_role = replica",
            "synchronous_commit = off",
            "maintenance_work_mem = '1GB'",
            "max_parallel_maintenance_workers = 2",
        ):
            cursor.execute(f"SET {setting}")
        more = to_copy(cursor, int(sys.argv[1]))
        cursor.execute(REFERENCES)
        references = cursor.fetchall()
        for table, name, _what in references:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for model in copied():
            table = model._meta.db_table
            cursor.execute(INDEXES, [[table]])
            indexes = cursor.fetchall()
            cursor.execute("ANALYZE " + table)
            for _table, index, _what, constraint, _held in indexes:
                away = f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
                cursor.execute(away if constraint else f"DROP INDEX {index}")
            rows = copy(cursor, model)
            if rows > 1_000_000:
                said(f"{table}: {rows} rows; indexes")
            for _table, _index, what, constraint, held in indexes:
                back = f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {held}"
                cursor.execute(back if constraint else what)
        for table, name, what in references:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what} NOT VALID")
        said(f"{more} clinics copied; looking through all of it")
        cursor.execute("VACUUM (ANALYZE)")
        said("done")


main()
