"""From where the correction starts: how far the futures deserve to be believed.

Where lists, lengths and ends are known the futures say nearly all there is to say. In a log of
bookings, arrivals and starts alone, what people usually wait here says as much again. So nine
quantile regressions (Koenker and Bassett 1978) on five plain numbers weigh them, each leaning on
the futures alone as if that were `CASES` cases. Another beginning is what everybody waits, whatever
the futures say; they are then one of many things that the trees may ask about. Whether the mean of
both is better than the first alone shows on days held back (teach.py).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS

Floats = NDArray[np.float64]
BOOKED, USUAL_LEFT = 0, -1
"""Where in a row stand the minutes to the booked time, and what is left of the usual wait."""
CASES = 20.0
ROUNDS = 40
NEAR = 0.5
"""Minutes within which a miss is as good as none; half of what a log counts in."""
FUTURES_ALONE = (1.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lean:
    """For each level the weights of: its own simulated quantile, the simulated middle, what is
    left of the usual wait, the minutes until the booked time, and one minute.

    `halved`: the mean of such a beginning and of one that is alike for all.
    `most`: what the futures said at most on record, by level. What they say beyond it is added as
    it is: of that no record could teach how far it deserves to be believed.
    """

    weights: tuple[tuple[float, ...], ...] = (FUTURES_ALONE,) * 9
    halved: bool = False
    most: tuple[float, ...] = ()

    def start(self, simulated: Floats, rows: Floats) -> Floats:
        """Quantiles to start from, perhaps not yet in order: (cases, 9)."""
        if self.weights == (FUTURES_ALONE,) * 9:
            return simulated
        weights = np.array(self.weights)
        within = np.minimum(simulated, self.most) if self.most else simulated
        known = _known(within, rows) @ weights[:, 1:].T
        return np.asarray(within * weights[:, 0] + known + (simulated - within))

    def and_alike(self, other: "Lean") -> "Lean":
        """The mean of both."""
        mean = (np.array(self.weights) + np.array(other.weights)) / 2
        rows = np.round(mean, 5).tolist()
        return Lean(weights=tuple(tuple(row) for row in rows), halved=True, most=self.most)


def lean(simulated: Floats, rows: Floats, real: Floats) -> Lean:
    """The weights under which these cases' nine quantiles miss least."""
    known = _known(simulated, rows)
    weights = [
        _weigh(np.column_stack([simulated[:, k], known]), real, float(level))
        for k, level in enumerate(LEVELS)
    ]
    return Lean(weights=tuple(weights), most=tuple(simulated.max(axis=0).round(2).tolist()))


def alike_for_all(real: Floats, most: tuple[float, ...] = ()) -> Lean:
    """Everybody begins at the quantiles of all these waits."""
    return Lean(
        weights=tuple(
            (0.0, 0.0, 0.0, 0.0, round(float(np.quantile(real, level)), 4)) for level in LEVELS
        ),
        most=most,
    )


def _known(simulated: Floats, rows: Floats) -> Floats:
    booked = np.maximum(rows[:, BOOKED], 0.0)
    return np.column_stack([simulated[:, 4], rows[:, USUAL_LEFT], booked, np.ones(len(rows))])


def _weigh(table: Floats, real: Floats, level: float) -> tuple[float, ...]:
    """Quantile regression by least squares weighted anew, round after round."""
    believed = np.array(FUTURES_ALONE)
    weights = believed
    size = (table**2).mean(axis=0)
    for _ in range(ROUNDS):
        missed = real - table @ weights
        pull = np.where(missed > 0, level, 1 - level) / np.maximum(np.abs(missed), NEAR)
        drawn = table.T * pull
        hold = np.diag(CASES * pull.mean() * size + 1e-9)
        weights = np.linalg.solve(drawn @ table + hold, drawn @ real + hold @ believed)
    return tuple(round(weight, 4) for weight in weights.tolist())
