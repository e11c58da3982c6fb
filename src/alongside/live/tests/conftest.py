"""The database under test: a file on SQLite, a database of one's own on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from alongside.live.tests.store import Store, on_postgres, on_sqlite


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database outside Django's test transaction, with one process that writes to it."""
    folder: Path = tmp_path_factory.mktemp("live")
    with on_postgres() if connection.vendor == "postgresql" else on_sqlite(folder) as store:
        try:
            store.start()
            yield store
        finally:
            store.stop()
