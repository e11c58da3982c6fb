"""The walls: row security on every table that belongs to a clinic.

They are raised after every `migrate`, for whatever tables there are then: a part that comes later
has its walls without a line of its own, and a table that somebody opened is closed again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from alongside.clinics.postgresql.roles import OWNER
from alongside.clinics.postgresql.words import ACROSS, CLINIC, READING
from alongside.clinics.scoped import OfClinic

HERE = f"nullif(current_setting('{CLINIC}', true), '')::uuid"
READS_ALL = f"current_setting('{ACROSS}', true) IN ('{READING}', '{OWNER}')"
# Whoever may empty a table owns it. No role is named, so that a dump can be restored anywhere.
OWNS = (
    f"current_setting('{ACROSS}', true) = '{OWNER}'"
    " AND has_table_privilege('{table}'::regclass, 'TRUNCATE')"
)
# What a table's policies are, as the database itself would write them: an altered one shows.
SHAPE = """(
    SELECT md5(string_agg(concat_ws('|', p.polname, p.polcmd, p.polpermissive, p.polroles::text,
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), ';'
        ORDER BY p.polname)) FROM pg_policy p WHERE p.polrelid = c.oid
)"""
STANDING = f"""
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, {SHAPE},
        (SELECT obj_description(p.oid, 'pg_policy') FROM pg_policy p
            WHERE p.polrelid = c.oid AND p.polname = 'within_its_clinic')
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname = ANY(%s)
    ORDER BY c.relname
"""  # noqa: S608 - words of our own
# By the name that comes last, which PostgreSQL asks first: for a row of one's own, it asks no more.
RAISE = """
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY within_its_clinic ON {table} USING ({mine}) WITH CHECK ({mine});
    CREATE POLICY read_across ON {table} FOR SELECT USING ({reads_all});
    CREATE POLICY owner_adds ON {table} FOR INSERT WITH CHECK ({owns});
    CREATE POLICY owner_changes ON {table} FOR UPDATE USING ({owns}) WITH CHECK ({owns});
    CREATE POLICY owner_removes ON {table} FOR DELETE USING ({owns});
"""


@dataclass(frozen=True, slots=True)
class Wall:
    """A table, and the condition under which a row of it is of the clinic at hand."""

    table: str
    mine: str

    @property
    def mark(self) -> str:
        """What tells this wall from one that an earlier release raised."""
        said = f"{self.mine} {READS_ALL} {OWNS} {RAISE}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def walls() -> list[Wall]:
    """Give the wall of every table that belongs to a clinic, by the name of the table."""
    return sorted(_walls(), key=lambda wall: wall.table)


def _walls() -> Iterator[Wall]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        if issubclass(model, OfClinic):
            yield Wall(model._meta.db_table, f"clinic_id = {HERE}")
        elif model._meta.auto_created and (sides := list(_sides(model))):
            # The rows between two tables have no clinic of their own: both ends must be of it.
            yield Wall(model._meta.db_table, " AND ".join(sides))


def _sides(through: type[Model]) -> Iterator[str]:
    for field in through._meta.fields:
        other: Any = field.related_model
        if field.is_relation and issubclass(other, OfClinic):
            name = f'"{through._meta.db_table}"."{field.column}"'
            yield (
                f'EXISTS (SELECT 1 FROM "{other._meta.db_table}" one '  # noqa: S608 - names of our own
                f"WHERE one.id = {name} AND one.clinic_id = {HERE})"
            )


def fallen(connection: Any) -> list[Wall]:
    """Give the walls that do not stand as they should; a table that is not there has none."""
    wanted = {wall.table: wall for wall in walls()}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [list(wanted)])
        return [
            wanted[table]
            for table, forced, shape, signed in cursor.fetchall()
            if not (forced and signed == f"{wanted[table].mark} {shape}")
        ]


def raise_all(connection: Any) -> list[Wall]:
    """Raise what does not stand, as the owner of the tables; give what was raised."""
    missing = fallen(connection)
    for wall in missing:
        table = connection.ops.quote_name(wall.table)
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            # Whatever else somebody permitted would be a hole.
            cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP POLICY {connection.ops.quote_name(name)} ON {table}")
            cursor.execute(
                RAISE.format(
                    table=table,
                    mine=wall.mine,
                    reads_all=READS_ALL,
                    owns=OWNS.format(table=table),
                )
            )
            # Signed with what was meant and what came of it: whoever alters either is found.
            cursor.execute(
                f"SELECT {SHAPE} FROM pg_class c WHERE c.oid = %s::regclass",  # noqa: S608
                [table],
            )
            signed = f"{wall.mark} {cursor.fetchone()[0]}"
            cursor.execute(f"COMMENT ON POLICY within_its_clinic ON {table} IS %s", [signed])
    return missing
