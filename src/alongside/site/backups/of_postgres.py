"""A copy of a PostgreSQL by its own tools: `pg_dump` in its custom format, and `pg_restore`.

Rows are counted in the very snapshot that is dumped, so that a restore can be held against it.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from alongside.site.backups.faults import BackupFault
from alongside.site.backups.manifest import Head

Named = Mapping[str, Any]
# What the walls between clinics want to hear before they show their owner every row.
ALL_ROWS = "-c alongside.across=owner"
WHO = """
    SELECT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
        coalesce((SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity), true)
"""


def copy(named: Named, target: Path) -> tuple[dict[str, int], dict[str, Head], tuple[str, ...]]:
    """Dump the database as it is now; give its rows, the heads of its chains, its migrations."""
    with _connected(named) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with database.transaction():
            held = _held_by_walls(database)
            (snapshot,) = _one(database, "SELECT pg_export_snapshot()")
            # Compressed by us afterwards, with everything else.
            _run("pg_dump", named, "--format=custom", "--compress=0", *held, "--no-owner",
                 "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")  # fmt: skip
            target.chmod(0o600)
            return counted(database), heads(database), migrations(database)


def _held_by_walls(database: psycopg.Connection[Any]) -> list[str]:
    """Say what `pg_dump` must be told to read every clinic's rows; refuse whoever cannot.

    Without a refusal, somebody who sees no row would make a whole and empty copy.
    """
    is_free, may_say_so = _one(database, WHO)
    if not is_free and not may_say_so:
        raise BackupFault(
            "The role that backs up does not see the rows of every clinic. Name the owner of the "
            "tables in ALONGSIDE_DATABASE_OWNER_URL, or in ALONGSIDE_BACKUP_DATABASE_URL."
        )
    return [] if is_free else ["--enable-row-security"]


def restore(named: Named, source: Path) -> None:
    """Fill an empty database from a dump, all of it or nothing."""
    with _connected(named) as database:
        if tables(database):
            raise BackupFault(
                "The database that DATABASE_URL names is not empty. Make a new one, name it, and "
                "restore into that: docs/how-to/back-up-and-restore.md."
            )
    _run("pg_restore", named, "--no-owner", "--no-privileges", "--exit-on-error",
         "--single-transaction", f"--dbname={named['NAME']}", str(source))  # fmt: skip


def readable(source: Path) -> bool:
    """Tell whether `pg_restore` can read the contents of a dump."""
    return subprocess.run(["pg_restore", "--list", source], capture_output=True).returncode == 0


def now(named: Named) -> tuple[dict[str, int], dict[str, Head]]:
    """Count the rows and give the heads of the chains as they are."""
    with _connected(named) as database:
        return counted(database), heads(database)


def tables(database: psycopg.Connection[Any]) -> list[str]:
    """Name the tables."""
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    return [row[0] for row in database.execute(asked).fetchall()]


def counted(database: psycopg.Connection[Any]) -> dict[str, int]:
    """Count the rows of every table."""
    count = sql.SQL("SELECT count(*) FROM {}")
    return {
        name: int(_one(database, count.format(sql.Identifier(name)))[0])
        for name in tables(database)
    }


def heads(database: psycopg.Connection[Any]) -> dict[str, Head]:
    """Give where each clinic's chain ends."""
    found = database.execute("SELECT clinic_id, number, digest FROM audit_head").fetchall()
    return {clinic.hex: Head(number=number, digest=digest) for clinic, number, digest in found}


def migrations(database: psycopg.Connection[Any]) -> tuple[str, ...]:
    """Give the migrations that were applied."""
    found = database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return tuple(f"{app}.{name}" for app, name in found)


def _one(database: psycopg.Connection[Any], asked: Any) -> tuple[Any, ...]:
    found: list[tuple[Any, ...]] = database.execute(asked).fetchall()
    return found[0]


def _connected(named: Named) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(**_params(named))
    except psycopg.OperationalError as fault:
        raise BackupFault(f"The database does not answer: {fault}".strip()) from None


def _params(named: Named) -> dict[str, Any]:
    given = {
        "host": named.get("HOST"),
        "port": named.get("PORT"),
        "user": named.get("USER"),
        "password": named.get("PASSWORD"),
        "dbname": named["NAME"],
        **{k: v for k, v in (named.get("OPTIONS") or {}).items() if k.startswith("ssl")},
        # Whoever owns the tables, where the pages work as somebody who may see less.
        **(named.get("OWNER") or {}),
        "options": ALL_ROWS,
    }
    return {name: value for name, value in given.items() if value}


def _run(tool: str, named: Named, *words: str) -> None:
    """Run one of PostgreSQL's tools; where and who are told by its environment, never its words."""
    given = _params(named)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "options": "PGOPTIONS",
    }
    env = {**_surroundings(), "PGDATABASE": str(given["dbname"])}
    env |= {names[name]: str(value) for name, value in given.items() if name in names}
    env |= {f"PG{name.upper()}": str(v) for name, v in given.items() if name.startswith("ssl")}
    try:
        ended = subprocess.run(
            [tool, "--no-password", *words], env=env, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupFault(
            f"{tool} is not installed here: it comes with PostgreSQL's client (postgresql-client)."
        ) from None
    if ended.returncode:
        raise BackupFault(f"{tool} could not: {ended.stderr.strip()[-1000:]}")


def _surroundings() -> dict[str, str]:
    return {"PATH": os.pathsep.join(os.get_exec_path()), "LC_ALL": "C.UTF-8"}
