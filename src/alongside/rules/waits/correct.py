"""The learned correction, applied: from simulated quantiles to told ones."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.day import Day
from alongside.rules.waits.features import rows_of
from alongside.rules.waits.laws import Laws

Floats = NDArray[np.float64]
JUST_ARRIVED = 1.0


def corrected(
    day: Day, laws: Laws, simulated: dict[str, Floats], *, now: datetime
) -> dict[str, Floats]:
    """The nine quantiles in minutes from now of everybody who waits and can be corrected."""
    if laws.correction is None or laws.usual is None:
        return {}
    rows = rows_of(day, laws.usual, simulated, now=now)
    came_now = [visit for visit, row in rows.items() if row[1] < JUST_ARRIVED]
    before = [visit for visit in rows if visit not in came_now]
    found: dict[str, Floats] = {}
    for side, visits in zip(laws.correction.sides, (came_now, before), strict=True):
        if visits:
            table = np.stack([rows[visit] for visit in visits])
            quantiles = side.told(np.stack([simulated[visit] for visit in visits]), table)
            found |= dict(zip(visits, quantiles, strict=True))
    return found
