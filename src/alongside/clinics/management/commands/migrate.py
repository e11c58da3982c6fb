"""Django's `migrate`, done as the owner of the tables, with walls around what it made."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from alongside.clinics.database import as_owner, may_change_tables

NOT_OURS = (
    "The database is not up to this release, and the role in DATABASE_URL may not change its "
    "tables. Run `alongside migrate` once with ALONGSIDE_DATABASE_OWNER_URL, the address of the "
    "role that owns them. docs/how-to/postgres.md says how."
)


class Command(migrate.Command):
    """Bring the database up to this release."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as the owner; where only the app's role is known, see that nothing is missing."""
        connection = connections[options["database"]]
        with as_owner(connection):
            if not may_change_tables(connection):
                executor = MigrationExecutor(connection)
                if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                    raise CommandError(NOT_OURS)
                return
            super().handle(*args, **options)
