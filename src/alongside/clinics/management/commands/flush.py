"""Django's `flush`, done as the owner of the tables: nobody else may empty them."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from alongside.clinics.database import as_owner


class Command(flush.Command):
    """Remove every row of every table: for tests."""

    def handle(self, **options: Any) -> None:
        """Flush as the owner."""
        with as_owner(connections[options["database"]]):
            super().handle(**options)
