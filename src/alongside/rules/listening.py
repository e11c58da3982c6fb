"""Whether people felt listened to, so that no single answer can be read out of the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.rules.intervals import wilson

LEAST = 5
"""Below this many answers nothing is shown: who answered could be found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of `n` said yes, and how sure that is (Wilson, 95 %), each 0..1."""

    n: int
    yes: float
    low: float
    high: float


def share(yes: int, n: int) -> Share | None:
    """Give the share of a month; None below five answers. "Partly" is not a yes."""
    between = wilson(yes, n)
    if n < LEAST or between is None:
        return None
    return Share(n=n, yes=yes / n, low=between[0], high=between[1])


def months_before(today: date, count: int) -> Sequence[date]:
    """The first days of the months that are over, the newest first.

    The month that runs is not among them: from one day to the next it would tell who answered.
    """
    whole = today.year * 12 + today.month - 1
    return [date((whole - n) // 12, (whole - n) % 12 + 1, 1) for n in range(1, count + 1)]
