"""SQLite for many readers and one writer at a time, where writers take turns.

SQLite lets one connection write; the others sleep and try again, longer and longer, up to a tenth
of a second, and whoever sleeps is overtaken by whoever just came: with fifteen check-ins a second,
one in a hundred waited three quarters of a second for writes of ten milliseconds. Here a
transaction first takes the lock of a small file beside the database, for which every thread and
process waits in line.
"""

import os

from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # a system without it: SQLite's own waiting has to do
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait for their turn before they begin."""

    _turn: int | None = None
    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        # A commit that fails is followed by a rollback, which gives the turn.
        super()._commit()  # type: ignore[misc]
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._has_turn = False
            held, self._turn = self._turn, None
            if held is not None:
                # Whoever had the turn has given it by that.
                os.close(held)

    def _take_turn(self) -> None:
        if fcntl is None or self.is_in_memory_db():
            return
        if self._turn is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._turn = os.open(f"{self.settings_dict['NAME']}-turn", flags, 0o600)
        # The system hands the lock on in the order of asking, and takes it from whoever dies.
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        self._has_turn = True

    def _give_turn(self) -> None:
        if self._has_turn and self._turn is not None:
            self._has_turn = False
            fcntl.flock(self._turn, fcntl.LOCK_UN)
