"""What the engine must beat: three answers that need no engine, as strong as they can be.

Each is a point known at the arrival; its quantiles are that point plus what it missed by in the
learning days.
"""

from collections.abc import Sequence
from datetime import UTC, tzinfo

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS
from alongside.rules.waits.past import Past, by_day
from alongside.rules.waits.scores import Scores, scores

Floats = NDArray[np.float64]
MEAN, LES, BOOKED = "always the mean", "the wait of the last to start", "the booked time"


def baselines(
    learned: Sequence[Past], told: Sequence[Past], *, zone: tzinfo = UTC
) -> dict[str, Scores]:
    """Scores of each baseline on the told visits; none where nothing was learned or told."""
    known, asked = _real(learned), _real(told)
    if not len(known) or not len(asked):
        return {}
    mean = float(known.mean())
    points = {
        MEAN: (np.full(len(known), mean), np.full(len(asked), mean)),
        LES: (_last_to_start(learned, mean, zone), _last_to_start(told, mean, zone)),
        BOOKED: (_until_booked(learned), _until_booked(told)),
    }
    return {
        name: found
        for name, (then, now) in points.items()
        if (found := scores(asked, now, now[:, None] + np.quantile(known - then, LEVELS)))
    }


def _real(visits: Sequence[Past]) -> Floats:
    return np.array([past.waited for past in visits if past.waited is not None])


def _until_booked(visits: Sequence[Past]) -> Floats:
    return np.array([max(past.early, 0.0) for past in visits if past.waited is not None])


def _last_to_start(visits: Sequence[Past], before_any: float, zone: tzinfo) -> Floats:
    """The wait of whoever started last before each arrival (LES), by the log's own order."""
    found = []
    for day in by_day(visits, zone=zone):
        done = [past for past in day if past.waited is not None]
        for past in done:
            found.append(_last_wait(done, past, before_any))
    return np.array(found)


def _last_wait(day: Sequence[Past], own: Past, before_any: float) -> float:
    started = [
        (past.started_at.timestamp(), past.waited)
        for past in day
        if past is not own
        and past.started_at
        and own.arrived_at
        and past.waited is not None
        and past.started_at <= own.arrived_at
    ]
    return max(started, key=lambda pair: pair[0])[1] if started else before_any
