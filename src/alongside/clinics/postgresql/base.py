"""PostgreSQL in which every statement says for which clinic it works, and nothing remembers it.

Row security (walls.py) shows a table's rows to `alongside.clinic` alone. That setting is made in
the same message as the statement that needs it, for one transaction: it costs no way to the server
and back, a pooler may stand between, and whatever goes wrong, the next transaction begins without
a clinic, which is to see nothing. docs/decisions/walls-in-the-database.md says why it is done here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from alongside.clinics import current
from alongside.clinics.postgresql import roles
from alongside.clinics.postgresql.cursors import Cursor, ServerSideCursor
from alongside.clinics.postgresql.words import NOWHERE, Words, words

IDLE, BROKEN = TransactionStatus.IDLE, TransactionStatus.INERROR
NOTHING: Words = (b"", 0)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that works for the clinic at hand, under a role that owns no table."""

    # Where this transaction was last told to be; None where nobody can know.
    _told: current.Place | None = NOWHERE
    _is_owner = False

    def words(self) -> Words:
        """Give what has to stand before the next statement, and of how many statements it is."""
        if self._is_owner or self.alias == NO_DB_ALIAS:
            return NOTHING
        status = self.connection.pgconn.transaction_status
        if status == BROKEN:
            return NOTHING
        here = current.place()
        if status == IDLE:
            return words(NOWHERE, here)
        told, self._told = self._told, here
        return NOTHING if told == here else words(told, here)

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Work as the role that owns the tables: for migrations, and for nothing that people do."""
        self.close()
        self._is_owner = True
        try:
            yield
        finally:
            self.close()
            self._is_owner = False

    def may_change_tables(self) -> bool:
        """Tell whether the role at hand owns the tables, or may make them."""
        with self.cursor() as cursor:
            cursor.execute(roles.OWNS)
            return bool(cursor.fetchone()[0])

    def get_connection_params(self) -> dict[str, Any]:
        """Say who signs in: the owner where tables are made, the app everywhere else."""
        params: dict[str, Any] = super().get_connection_params()
        owner = self.settings_dict.get("OWNER") or {}
        if owner and (self._is_owner or self.alias == NO_DB_ALIAS):
            # One's password is not the other's.
            params = {**params, "password": "", **owner}
        return {**params, "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection that has been told nothing."""
        self._told = NOWHERE
        return super().get_new_connection(conn_params)

    def _configure_connection(self, connection: "psycopg.Connection[Any]") -> bool:
        super()._configure_connection(connection)  # type: ignore[misc]
        if self.alias != NO_DB_ALIAS:
            if self._is_owner:
                connection.execute(roles.SEE_ALL)
            else:
                roles.take(connection, str(self.settings_dict.get("ROLE", "")))
        return True

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor that says where it works before what it asks."""
        if name is None:
            cursor = super().create_cursor()
        else:
            cursor = ServerSideCursor(  # type: ignore[call-arg]
                self.connection, name=name, scrollable=False, withhold=self.connection.autocommit
            )
        cursor.tells = self
        return cursor

    def _set_autocommit(self, autocommit: bool) -> None:
        self._told = NOWHERE
        super()._set_autocommit(autocommit)  # type: ignore[misc]

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._told = NOWHERE

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._told = NOWHERE

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        # Back is also what was said since the savepoint.
        self._told = None
