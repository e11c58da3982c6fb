"""What laws say at each rank: tables worked out once and looked up for every future.

In single precision: a day's minutes are right to a tenth of a second, and half
the bytes move. Sums and comparisons of single numbers round alike on every machine.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.laws import Law

Minutes = NDArray[np.float32]
STEPS = 4096
NEVER = np.float32(np.nan)
"""The arrival of somebody who stays away: it is after nothing and before nothing."""


@lru_cache(maxsize=512)
def table_of(law: Law) -> Minutes:
    """What a law says at the middle of each rank: (4096,)."""
    return _kept(law.draw(_middles()))


@lru_cache(maxsize=64)
def lateness(law: Law, absence: float) -> Minutes:
    """Minutes after the booked time, NEVER at as many ranks as people stay away."""
    share = (_middles() - absence) / (1 - absence)
    return _kept(np.where(share < 0, NEVER, law.draw(np.maximum(share, 0.0))))


@lru_cache(maxsize=512)
def length(law: Law, planned: float) -> Minutes:
    """Minutes of a session from a law of shares of what was planned."""
    return _kept(np.maximum(law.draw(_middles()) * planned, 1.0))


@lru_cache(maxsize=512)
def from_nought(law: Law, least: float = 0.0) -> Minutes:
    """What a law says, nothing below `least`."""
    return _kept(np.maximum(law.draw(_middles()), least))


def _middles() -> NDArray[np.float64]:
    return np.asarray((np.arange(STEPS) + 0.5) / STEPS)


def _kept(values: NDArray[np.float64]) -> Minutes:
    table = values.astype(np.float32)
    table.setflags(write=False)
    return table
