"""Choose how this installation's hub hears of changes."""

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from django.db import connections

from alongside.live.hub import Hub

# What Django adds for its own connections, and a plain one does not know.
NOT_FOR_PSYCOPG = ("context", "cursor_factory", "prepare_threshold")


def listener(hub: Hub) -> Coroutine[Any, Any, None]:
    """Give the listener for the database in the settings, ready to be run as a task."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        from alongside.live import postgres

        params = dict(connection.get_connection_params())
        for name in NOT_FOR_PSYCOPG:
            params.pop(name, None)
        return postgres.listen(hub, params, role=str(connection.settings_dict.get("ROLE", "")))
    from alongside.live import sqlite

    return sqlite.listen(hub, Path(connection.settings_dict["NAME"]))
