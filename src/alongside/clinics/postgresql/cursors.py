"""Cursors that send where they work in the same message as what they ask.

Leans on three things of psycopg that its manual does not promise: `_execute_send` sends the text of
a statement, `_set_results` takes its answers, and both are called for every statement. A test in
test_cursors.py fails when that changes.
"""

from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base
from psycopg.client_cursor import ClientCursorMixin

if TYPE_CHECKING:
    from alongside.clinics.postgresql.base import DatabaseWrapper

    Mixin = ClientCursorMixin[Any, Any]
else:
    Mixin = ClientCursorMixin


class _Tells(Mixin):
    """Say the clinic first, and give the answer to the question alone."""

    tells: "DatabaseWrapper | None" = None
    _said = 0

    def _execute_send(
        self, query: Any, *, force_extended: bool = False, binary: bool | None = None
    ) -> None:
        self._said = 0
        if self.tells is not None:
            words, self._said = self.tells.words()
            query.query = words + query.query
        # Never the extended protocol, which takes one statement at a time: values are merged here.
        super()._execute_send(query, binary=binary)

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        """Change many rows one after the other: psycopg's pipeline takes no words before."""
        changed = 0
        one_by_one: Any = self
        for params in params_seq:
            one_by_one.execute(query, params)
            changed += max(self.rowcount, 0)
        self._rowcount = changed

    def _set_results(self, results: list[Any]) -> None:
        super()._set_results(results[self._said :])


class Cursor(_Tells, base.Cursor):
    """An ordinary cursor."""


class ServerSideCursor(_Tells, base.ServerSideCursor):
    """A cursor that reads many rows in pieces."""
