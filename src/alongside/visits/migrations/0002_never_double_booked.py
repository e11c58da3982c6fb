"""No double booking, ever: the database itself refuses two visits that share a time.

A therapist, a room and a client can each be in one visit at a time. PostgreSQL has exclusion
constraints for it; SQLite gets triggers that ask the same question. One migration makes both.
"""

from django.db import migrations

HOLDS = "('booked', 'here', 'called', 'with')"
WHOSE = {"therapist": "therapist_id", "room": "room_id", "client": "client_id"}


def _overlaps(column: str) -> str:
    return f"""SELECT 1 FROM visits_visit other
        WHERE other.{column} = NEW.{column} AND other.id <> NEW.id AND other.state IN {HOLDS}
        AND other.booked_at < NEW.ends_at AND other.ends_at > NEW.booked_at"""


def _sqlite(name: str, column: str) -> list[str]:
    clash = f"""SELECT RAISE(ABORT, 'double_booked_{name}') WHERE EXISTS (
        {_overlaps(column)})"""
    when = f"NEW.state IN {HOLDS} AND NEW.{column} IS NOT NULL"
    return [
        # Only what still holds time: without it, each step of a visit looks through years of past.
        f"""CREATE INDEX double_booked_{name} ON visits_visit ({column}, ends_at)
        WHERE state IN {HOLDS}""",
        f"""CREATE TRIGGER double_booked_{name}_insert BEFORE INSERT ON visits_visit
        WHEN {when} BEGIN {clash}; END""",
        f"""CREATE TRIGGER double_booked_{name}_update
        BEFORE UPDATE OF {column}, booked_at, ends_at, state ON visits_visit
        WHEN {when} BEGIN {clash}; END""",
    ]


def _postgres(name: str, column: str) -> list[str]:
    return [
        f"""ALTER TABLE visits_visit ADD CONSTRAINT double_booked_{name} EXCLUDE USING gist
        ({column} WITH =, tstzrange(booked_at, ends_at) WITH &&)
        WHERE (state IN {HOLDS} AND {column} IS NOT NULL)"""
    ]


def guard(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, column in WHOSE.items():
        for statement in (_postgres if postgres else _sqlite)(name, column):
            editor.execute(statement)


def unguard(apps, editor):
    for name in WHOSE:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE visits_visit DROP CONSTRAINT double_booked_{name}")
        else:
            editor.execute(f"DROP TRIGGER double_booked_{name}_insert")
            editor.execute(f"DROP TRIGGER double_booked_{name}_update")
            editor.execute(f"DROP INDEX double_booked_{name}")


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
