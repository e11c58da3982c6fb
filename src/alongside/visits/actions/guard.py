"""Write to the book where the database may refuse, and read its refusal."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from alongside.clinics.turn import take_turn

_T = TypeVar("_T")
PREFIX = "double_booked_"


class DoubleBooked(Exception):
    """The database refused: `whose` is "therapist", "room" or "client"."""

    def __init__(self, whose: str) -> None:
        super().__init__(whose)
        self.whose = whose


def guarded(write: Callable[[], _T]) -> _T:
    """Write in a savepoint, in this clinic's turn; raise DoubleBooked for an overlap."""
    take_turn()
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
