"""Watches every test on PostgreSQL: who writes visits took the clinic's turn, and took it first.

A deadlock needs two at the same moment, so that most tests would never meet one. What makes one
possible is an order, and an order can be seen in every single run.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.clinics.turn import TAKE

WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
LOCKS = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)
BOOK = "visits_visit"
# A key that is sent twice: the second waits for the first with nothing in its hands.
BEFORE = frozenset({"access_once"})


@dataclass
class Watch:
    """Every statement of a test, as the wrapper of a connection sees it."""

    connection: Any
    faults: list[str] = field(default_factory=list)
    # Whether this transaction has its turn, and what it wrote or locked before that.
    _state: tuple[bool, str] = (False, "")
    _kept: dict[str, tuple[bool, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._outside = len(self.connection.savepoint_ids)

    def __call__(self, execute: Callable[..., Any], sql: Any, *more: Any) -> Any:
        """Look at a statement, and do it."""
        self._see(str(sql))
        return execute(sql, *more)

    def _see(self, sql: str) -> None:
        if len(self.connection.savepoint_ids) <= self._outside:
            # What a test is wrapped in is no transaction of the product.
            self._state = (False, "")
        if sql.startswith("SAVEPOINT"):
            self._kept[sql.split()[1]] = self._state
        elif sql.startswith("ROLLBACK TO SAVEPOINT"):
            # Back go the locks that were taken since, too.
            self._state = self._kept.get(sql.split()[-1], self._state)
        elif sql == TAKE:
            self._take()
        elif found := (WRITES.match(sql) or LOCKS.search(sql)):
            self._touch(found[1], sql)

    def _take(self) -> None:
        has_turn, touched = self._state
        if touched and not has_turn and (who := _by_whom()):
            self.faults.append(f"{who} takes its turn late, after {touched}")
        self._state = (True, touched)

    def _touch(self, table: str, sql: str) -> None:
        has_turn, touched = self._state
        if table == BOOK and not has_turn and WRITES.match(sql) and (who := _by_whom()):
            self.faults.append(f"{who} writes visits out of turn: {sql[:80]}")
        if table not in BEFORE:
            self._state = (has_turn, touched or table)


def _by_whom() -> str:
    """Name the action that is at work; none, where a test itself writes its starting point."""
    frame = sys._getframe(2)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.parent.name == "actions":
            return f"{path.parent.parent.name}/{path.name}:{frame.f_code.co_name}"
        frame = frame.f_back
    return ""
