"""What the database keeps for us, where it can: walls between clinics, and what was confirmed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

POSTGRES = "alongside.clinics.postgresql"


def is_walled(connection: Any) -> bool:
    """Tell whether this database keeps clinics apart by itself: PostgreSQL does."""
    return bool(connection.settings_dict["ENGINE"] == POSTGRES)


@contextmanager
def as_owner(connection: Any) -> Iterator[None]:
    """Work inside as the role that owns the tables: for migrations and tests, and for nothing
    that people do.
    """
    if not is_walled(connection):
        yield
        return
    with connection.as_owner():
        yield


def may_change_tables(connection: Any) -> bool:
    """Tell whether the role at hand owns the tables; on SQLite everybody does."""
    return not is_walled(connection) or connection.may_change_tables()


def raise_walls(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """After every migration: a wall around every clinic's table, and a way in for the app."""
    connection = connections[using]
    if is_walled(connection):
        from alongside.clinics.postgresql import admit, walls

        walls.raise_all(connection)
        admit.admit(connection)


def open_walls() -> list[str]:
    """Give the tables of clinics that anybody could read across; none, if all is well."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not is_walled(connection):
        return []
    from alongside.clinics.postgresql import walls

    return [wall.table for wall in walls.fallen(connection)]


def refuse_unsafe() -> None:
    """Raise where the database would not keep clinics apart, or what it confirmed."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not is_walled(connection):
        return
    from alongside.clinics.postgresql import roles

    # Each new connection asks who it is, and what the server keeps.
    connection.ensure_connection()
    opened = open_walls()
    if opened:
        raise roles.UnsafePostgres(
            f"There is no wall between clinics around {', '.join(opened)}. "
            f"Run `alongside migrate`: it raises them. {roles.HELP}"
        )
