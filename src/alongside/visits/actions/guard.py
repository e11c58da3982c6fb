"""Write to the book where the database may refuse, and read its refusal."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction

_T = TypeVar("_T")
PREFIX = "double_booked_"
DEADLOCK = "40P01"


class DoubleBooked(Exception):
    """The database refused: `whose` is "therapist", "room" or "client"."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


def guarded(write: Callable[[], _T]) -> _T:
    """Write in a savepoint; raise DoubleBooked for an overlap; try once more after a deadlock."""
    try:
        return _in_savepoint(write)
    except OperationalError as error:
        if not _is_deadlock(error):
            raise
        # Two that overlap can wait for each other; PostgreSQL then lets one go on.
        return _in_savepoint(write)


def _in_savepoint(write: Callable[[], _T]) -> _T:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        whose = _double_booked(error)
        if whose is None:
            raise
        raise DoubleBooked(whose) from error


def _double_booked(error: IntegrityError) -> str | None:
    """Read the name that both databases give: a trigger's message or a constraint's name."""
    _, found, rest = str(error).partition(PREFIX)
    named = next((who for who in ("therapist", "room", "client") if rest.startswith(who)), None)
    return named if found else None


def _is_deadlock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK
