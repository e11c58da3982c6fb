"""Whether a therapist can see one more person just now: nobody is with them, and the book has room.

The engine asks it when it tries a move, the board when it shows one, for the day has gone on since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.rules.waits.clock import minutes

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapist:
    """A therapist at this moment: `held` are the times of those who have not begun."""

    is_away: bool
    is_busy: bool
    held: Iterable[tuple[datetime, timedelta]]


def is_free_for(
    therapist: Therapist, *, booked_at: datetime | None, planned: timedelta, now: datetime
) -> bool:
    """Whether somebody can begin now, and be seen as long as planned, whenever they were booked.

    Their time is taken from now or from when they were booked, whichever is earlier, to the end of
    the visit that begins at the later of both.
    """
    if therapist.is_away or therapist.is_busy:
        return False
    booked = minutes(booked_at or now, now)
    first, last = min(booked, 0.0), max(booked, 0.0) + planned / MINUTE
    return not any(
        (start := minutes(at, now)) < last and start + length / MINUTE > first
        for at, length in therapist.held
    )
