"""The promise, steered: "by" is moved by how those before it were kept, on the same day still.

The nine quantiles say what is likely, and follow slowly, for they are to be near. "By" is what 8 in
10 are to keep in every month, so it is steered: each that was missed moves the next ones later,
each that was kept a little earlier (adaptive conformal inference, Gibbs and Candès 2021; that such
steps keep their share whatever comes: Angelopoulos, Candès and Tibshirani 2023). What is known at
noon of the morning's promises counts in the afternoon.
"""

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
KEPT = 0.8
"""The share of promises that are to be kept."""
GAIN = 0.05
"""How far one promise moves those after it, in half widths of the 80 % interval."""
STAYS = 0.9
"""What a night leaves of what was steered."""
BY, LIKELY = 7, 4


def steered(kept: float, missed: float) -> float:
    """How far so many promises move the next, in half widths."""
    return GAIN * (missed * KEPT - kept * (1 - KEPT))


def so_far(promises: Iterable[tuple[datetime, datetime | None]], now: datetime) -> tuple[int, int]:
    """Of today's promises (the time, the start if there was one): how many were kept, how many
    missed by now; who still waits before their time counts for neither.
    """
    kept = missed = 0
    for by, started in promises:
        if started is not None and started <= min(by, now):
            kept += 1
        elif by < now:
            missed += 1
    return kept, missed


def promised(quantiles: Floats, steer: float) -> Floats:
    """The "by" of each (cases,), never before what is likely, from nine quantiles (cases, 9)."""
    half = np.maximum((quantiles[:, -1] - quantiles[:, 0]) / 2, 1.0)
    return np.asarray(np.maximum(quantiles[:, BY] + steer * half, quantiles[:, LIKELY]))


def after_a_day(steer: float, quantiles: Floats, came: Floats, real: Floats) -> float:
    """How far to steer tomorrow, after a day on which these came (minutes of the day) and waited.

    Lived through once more in order of time, for each promise moved those after it.
    """
    begun = steer
    by = np.zeros(len(real))
    for number in np.argsort(came, kind="stable").tolist():
        own = came[number]
        told = (by > 0) & (came <= own)
        missed = told & (came + by < own) & (real > by)
        kept = told & (came + real <= own) & (real <= by)
        steer = begun + steered(float(kept.sum()), float(missed.sum()))
        by[number] = np.round(promised(quantiles[number : number + 1], steer))[0]
    missed = real > by
    return STAYS * begun + steered(float((~missed).sum()), float(missed.sum()))
