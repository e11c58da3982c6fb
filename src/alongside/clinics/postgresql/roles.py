"""Who we are at the database: never somebody who can look over a wall."""

from typing import Any, NamedTuple

import psycopg
from django.core.exceptions import ImproperlyConfigured

from alongside.clinics.postgresql.words import ACROSS, CLINIC

HELP = "docs/how-to/postgres.md says how."
OWNER = "owner"
# Session-wide, and of use only to whoever owns the tables: walls.py.
SEE_ALL = f"SET {ACROSS} = '{OWNER}'"
# Whoever may become the app's role becomes it: a superuser that a developer's URL names, too.
STEP_DOWN = """
    SELECT set_config('role', app.rolname, false) FROM pg_roles app
    WHERE app.rolname = %s AND app.rolname <> current_user
        AND pg_has_role(current_user, app.oid, 'MEMBER')
"""
# Who we are then, what the settings of walls already say, and what a power cut would take.
WE_ARE = """
    SELECT current_user, rolsuper OR rolbypassrls,
        coalesce(current_setting(%s, true), '') || coalesce(current_setting(%s, true), ''),
        current_setting('synchronous_commit'), current_setting('fsync'),
        current_setting('full_page_writes')
    FROM pg_roles WHERE rolname = current_user
"""
OWNS = """
    SELECT coalesce(
        (SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class
            WHERE oid = to_regclass('django_migrations')),
        has_schema_privilege(current_schema(), 'CREATE'), false)
"""


class UnsafePostgres(ImproperlyConfigured):
    """The database would not keep clinics apart, or would not keep what it confirmed."""


class Kept(NamedTuple):
    """What a server keeps when the power goes."""

    synchronous_commit: str
    fsync: str
    full_page_writes: str


def take(connection: "psycopg.Connection[Any]", role: str) -> None:
    """Become the app's role where we may, and refuse to work as one that walls do not hold."""
    connection.execute(STEP_DOWN, [role])
    found: Any = connection.execute(WE_ARE, [CLINIC, ACROSS]).fetchone()
    who, sees_all, told, *kept = found
    if sees_all:
        raise UnsafePostgres(
            f"The role {who!r} sees past every wall between clinics (it is a superuser or has "
            f"BYPASSRLS), so Alongside does not work as it. Run `alongside migrate`: it makes the "
            f"role {role!r} to work as. Or name an ordinary role in DATABASE_URL. {HELP}"
        )
    if told:
        raise UnsafePostgres(
            f"A setting of this database or of the role {who!r} ({CLINIC} or {ACROSS}) opens the "
            "walls between clinics for every connection. Take it away: ALTER ROLE ... RESET. "
            + HELP
        )
    refuse_forgetful(Kept(*kept))


def refuse_forgetful(kept: Kept) -> None:
    """Refuse a server that confirms what a power cut then takes away."""
    # All other values wait for this server's own disk, and may wait for another server too.
    if kept.synchronous_commit == "off":
        _refuse("synchronous_commit", kept.synchronous_commit)
    if kept.fsync != "on":
        _refuse("fsync", kept.fsync)
    if kept.full_page_writes != "on":
        _refuse("full_page_writes", kept.full_page_writes)


def _refuse(name: str, value: str) -> None:
    raise UnsafePostgres(
        f"This PostgreSQL runs with {name} = {value}: a power cut could take a check-in that it "
        f"confirmed. Nothing was changed. Set {name} = on. {HELP}"
    )
