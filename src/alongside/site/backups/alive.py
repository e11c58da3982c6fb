"""The last steps of a restore, with the product loaded on what was laid out."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from alongside.audit.verify import verdicts
from alongside.clinics.database import as_owner, raise_walls
from alongside.site.backups import inside, of_postgres
from alongside.site.backups.faults import BackupFault
from alongside.site.backups.manifest import Manifest, differences


def check_release(said: Manifest) -> None:
    """Refuse a backup of a newer release, and one of the other sort of database."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if unknown := [name for name in said.migrations if name not in known]:
        raise BackupFault(
            f"This backup was made by version {said.version}, which knows more than this one "
            f"({unknown[0]}). Update Alongside first."
        )
    if (said.engine == "postgresql") != (connection.vendor == "postgresql"):
        raise BackupFault(
            "This backup is of a PostgreSQL: name an empty one in DATABASE_URL."
            if said.engine == "postgresql"
            else "This backup is of an SQLite file: take DATABASE_URL away."
        )


def fill(folder: Path, said: Manifest) -> None:
    """Fill the empty PostgreSQL from the dump, and hold it against what was said."""
    if said.engine != "postgresql":
        return
    named = settings.BACKUP_DATABASE or settings.DATABASES["default"]
    dump = folder / inside.POSTGRES
    of_postgres.restore(named, dump)
    dump.unlink()
    # A dump brings no right to read with it: let the pages' role in, as every migration does.
    with as_owner(connection):
        raise_walls()
    rows, heads = of_postgres.now(named)
    faults = differences(said.rows, rows)
    faults += [
        f"the record of clinic {clinic} does not hold at row {verdict.first_bad}: {verdict.why}"
        for clinic, verdict in verdicts(ends=heads).items()
        if verdict.first_bad
    ]
    if faults:
        raise BackupFault("What was restored is not what was copied: " + "; ".join(faults) + ".")
