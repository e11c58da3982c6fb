"""Take the last traces of what was erased out of the database's files."""

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from alongside.clinics.current import across_clinics
from alongside.clinics.database import as_owner
from alongside.office.actions.erasures import write_down
from alongside.office.queries.held import about_clients
from alongside.people.models import Client

log = logging.getLogger(__name__)
DUE = "scrub-due"


def mark_due() -> None:
    """Remember that traces are to be taken out, also when this process dies before it did."""
    _mark().parent.mkdir(parents=True, exist_ok=True)
    _mark().touch(mode=0o600)


def scrub_when_due(now: datetime) -> None:
    """Take traces out that an erasure left behind: for the clock."""
    if _mark().is_file():
        scrub(now=now)


def scrub(*, now: datetime) -> bool:
    """Rewrite the database without what was deleted; tell whether that could be done now.

    SQLite keeps a row's earlier pages in its write-ahead log, PostgreSQL keeps the row itself,
    until somebody cleans up. Also puts on the list who is missing there, after a crash.
    """
    with across_clinics("whoever was erased in any clinic stands on one list"):
        erased = list(Client.objects.exclude(erased_at=None).values_list("pk", flat=True))
    write_down(erased, now=now)
    if connection.in_atomic_block:
        return False
    try:
        done = _on_postgres() if connection.vendor == "postgresql" else _on_sqlite()
    except DatabaseError:
        log.exception("Traces of what was erased could not be taken out yet; it is tried again.")
        return False
    if done:
        _mark().unlink(missing_ok=True)
    return done


def _mark() -> Path:
    return Path(settings.DATA) / DUE


def _on_sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    # Somebody still reads an older picture: the log can be emptied when they are done.
    return row is None or row[0] == 0


def _on_postgres() -> bool:
    tables = [about.model._meta.db_table for about in about_clients()]
    # The pages' own role may change rows, and rewrite no table.
    with as_owner(connection), connection.cursor() as cursor:
        # Whoever is not their owner is passed over without an error, and nothing is cleaned.
        cursor.execute(
            "SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class"
            " WHERE relname = ANY(%s) AND relkind = 'r'",
            [tables],
        )
        row = cursor.fetchone()
        if row is None or not row[0]:
            return False
        for table in tables:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
    return True
