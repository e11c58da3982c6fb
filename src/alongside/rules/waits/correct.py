"""The learned correction, applied: from simulated quantiles to told ones."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import Forest
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
    correction = laws.correction
    found: dict[str, Floats] = {}
    for number, visits in enumerate((came_now, before)):
        if visits:
            forest = (correction.arrival, correction.waiting)[number]
            shifts = np.asarray(correction.shifts[number])
            table = np.stack([rows[visit] for visit in visits])
            start = np.stack([simulated[visit] for visit in visits])
            quantiles = fitted(forest, shifts, table, start)
            found |= dict(zip(visits, quantiles, strict=True))
    return found


def shifted(quantiles: Floats, shifts: Floats) -> Floats:
    """Quantiles (..., 9) moved by shares of their half width, in order and never below zero."""
    half = (quantiles[..., 8:9] - quantiles[..., 0:1]) / 2
    return np.maximum(np.sort(quantiles + shifts * half, axis=-1), 0.0)


def fitted(forest: Forest, shifts: Floats, rows: Floats, simulated: Floats) -> Floats:
    """The same for a whole record at once: (cases, 9) from rows (cases, features)."""
    return shifted(forest.add_to(simulated, rows), shifts)
