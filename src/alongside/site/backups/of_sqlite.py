"""A copy of the one SQLite file while it is written to.

SQLite's own backup, in small steps, under one read transaction: the copy is the database as it was
when the copy began, whole, and nobody who writes waits for it. Copying the file instead would miss
what stands in the write-ahead log beside it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from alongside.audit import rows
from alongside.rules.record_chain import Verdict, walk
from alongside.site import sqlite
from alongside.site.backups.faults import BackupFault
from alongside.site.backups.manifest import Head

sqlite.install()
import sqlite3  # noqa: E402 - the safe library, which stands in its place from here on

# Pages (of 4 KiB) a step, and the seconds of rest between: about 100 MB a second at the most.
STEP, REST = 256, 0.01


@contextmanager
def opened(file: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Open a file with the safe library, nothing of Django between, and close it in the end."""
    sqlite.refuse_unsafe()
    name = f"{file.absolute().as_uri()}?mode={mode}"
    database = sqlite3.connect(name, uri=True, isolation_level=None, timeout=20)
    try:
        yield database
    finally:
        database.close()


def copy(source: Path, target: Path) -> None:
    """Copy the database as it is now."""
    if not source.is_file():
        raise BackupFault(f"There is no database in {source.parent}.")
    with opened(source, "rw") as there, opened(target, "rwc") as here:
        # Holds the moment: whatever is committed from now on is not in the copy.
        there.execute("BEGIN")
        there.execute("SELECT count(*) FROM sqlite_master").fetchone()
        there.backup(here, pages=STEP, progress=lambda *_: time.sleep(REST))
        there.rollback()
        here.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def counted(file: Path) -> dict[str, int]:
    """Count the rows of every table."""
    with opened(file) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in sorted(names)
        }


def heads(file: Path) -> dict[str, Head]:
    """Give where each clinic's chain ends."""
    with opened(file) as database:
        found = database.execute("SELECT clinic_id, number, digest FROM audit_head").fetchall()
    return {clinic: Head(number=number, digest=digest) for clinic, number, digest in found}


def migrations(file: Path) -> tuple[str, ...]:
    """Give the migrations that were applied."""
    with opened(file) as database:
        found = database.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return tuple(f"{app}.{name}" for app, name in found)


def wrong_with(file: Path) -> list[str]:
    """Say what is broken inside the file: pages, indexes, rows that point to nothing."""
    try:
        with opened(file) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check(5)").fetchall()]
            orphans = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as fault:
        return [f"the database cannot be read: {fault}"]
    broken = [] if said == ["ok"] else said
    return [*broken, *(f"a row of {row[0]} points to nothing" for row in orphans[:5])]


def verdicts(file: Path, key: bytes, ends: dict[str, Head]) -> dict[str, Verdict]:
    """Check each clinic's chain of the record, and that it ends where it was said to end."""
    found = {}
    with opened(file) as database:
        for clinic, end in ends.items():
            stream = rows.in_sqlite(database.cursor(), UUID(clinic), mark="?")
            found[clinic] = walk(
                stream, key, anchors=[(end.number, end.digest)] if end.number else ()
            )
    return found


def is_in_use(file: Path) -> bool:
    """Tell whether a process has this database open."""
    if not file.is_file():
        return False
    with opened(file, "rw") as database:
        database.execute("PRAGMA busy_timeout=1000")
        # Whoever has it open, writing or not, keeps us from having it alone.
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        database.rollback()
    return False
