"""Before a new release changes the tables: keep the database as it was.

A migration is one transaction, on both engines: killed half-way, it is as if it had not begun. The
copy is for the other case: a release that turns out not to suit, and a way back to the one before.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.site.backups import of_sqlite
from alongside.site.backups.faults import in_words

MARK = ".before-"
# The oldest go when a new one is made.
KEPT = 2


def changes_are_due() -> bool:
    """Tell whether there is a database already, and this release would change its tables."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(plan) and bool(executor.loader.applied_migrations)


def keep_a_copy(now: datetime) -> Path | None:
    """Copy the SQLite file if this release is about to change it; give where the copy is.

    Raises BackupFault where there is no room for it: then nothing is changed either. On
    PostgreSQL, whose copies are its own tools' work, nothing is done.
    """
    if connection.vendor != "sqlite" or not changes_are_due():
        return None
    file = Path(str(connection.settings_dict["NAME"]))
    copy = file.with_name(f"{file.name}{MARK}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    with in_words(file.parent):
        try:
            of_sqlite.copy(file, copy)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
    for old in sorted(file.parent.glob(f"{file.name}{MARK}*"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return copy
