"""Let the app's role in: made where it is missing, and given the rows, never the tables."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from alongside.clinics.postgresql.roles import HELP, UnsafePostgres

KNOWN = "SELECT 1 FROM pg_roles WHERE rolname = %s"
MAY_MAKE = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
IS_OF = "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s"
ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE")
# What says which release this is, is for the owner to write.
READ_ONLY = "django_migrations"
LACKING = """
    SELECT c.relname, c.relkind = 'S', wanted.privilege FROM pg_class c,
        unnest(CASE WHEN c.relkind = 'S' THEN ARRAY['USAGE', 'SELECT']
            WHEN c.relname = %s THEN ARRAY['SELECT'] ELSE %s END) AS wanted (privilege)
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S')
        AND pg_has_role(current_user, c.relowner, 'MEMBER')
        AND NOT CASE WHEN c.relkind = 'S'
            THEN has_sequence_privilege(%s, c.oid, wanted.privilege)
            ELSE has_table_privilege(%s, c.oid, wanted.privilege) END
"""


def admit(connection: Any) -> None:
    """Make the app's role if it is missing, and let it read and write rows; safe to run again."""
    said: Mapping[str, Any] = connection.settings_dict
    role = str(said.get("ROLE") or "")
    if not role or not _is_known(connection, role, said):
        return
    quote = connection.ops.quote_name
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        # One after the other, where several servers start at once.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('alongside.admit'))")
        cursor.execute("SELECT has_schema_privilege(%s, current_schema(), 'USAGE')", [role])
        if not cursor.fetchone()[0]:
            cursor.execute("SELECT current_schema()")
            cursor.execute(f"GRANT USAGE ON SCHEMA {quote(cursor.fetchone()[0])} TO {quote(role)}")
        cursor.execute(LACKING, [READ_ONLY, list(ROWS), role, role])
        for name, is_sequence, privilege in cursor.fetchall():
            kind = "SEQUENCE" if is_sequence else "TABLE"
            cursor.execute(f"GRANT {privilege} ON {kind} {quote(name)} TO {quote(role)}")


def _is_known(connection: Any, role: str, said: Mapping[str, Any]) -> bool:
    """Tell whether there is such a role to let in; make it where we may."""
    signs_in = bool(said.get("OWNER"))
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [role])
        if not cursor.fetchone():
            cursor.execute(MAY_MAKE)
            if cursor.fetchone()[0]:
                _make(connection, role, said if signs_in else {})
            elif signs_in:
                raise UnsafePostgres(
                    f"There is no role {role!r} for the pages to work as, and the owner may not "
                    f"make one. {HELP}"
                )
        if signs_in:
            return True
        # Without an owner's URL, whoever signs in becomes this role, if they may.
        cursor.execute(IS_OF, [role])
        return bool((cursor.fetchone() or [False])[0])


def _make(connection: Any, role: str, said: Mapping[str, Any]) -> None:
    quote = connection.ops.quote_name
    sign_in = "LOGIN" if said else "NOLOGIN"
    try:
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE ROLE {quote(role)} {sign_in} NOSUPERUSER NOBYPASSRLS NOCREATEDB "
                "NOCREATEROLE INHERIT"
            )
            if said.get("PASSWORD"):
                cursor.execute(f"ALTER ROLE {quote(role)} PASSWORD %s", [said["PASSWORD"]])
            cursor.execute(IS_OF, [role])
            if not said:
                cursor.execute(f"GRANT {quote(role)} TO CURRENT_USER")
    except (IntegrityError, ProgrammingError):
        # Another server, beginning at the same time, was quicker: then it is there.
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [role])
            if not cursor.fetchone():
                raise
