"""How good predictions were: the usual measures for nine quantiles against what happened."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All in minutes but `cover`, the share of waits inside the 80 % interval."""

    mae: float
    rmse: float
    pinball: float
    cover: float
    width: float


def scores(real: Floats, likely: Floats, quantiles: Floats) -> Scores | None:
    """Scores of likely (n,) and quantiles (n, 9) against real (n,); None for no visits."""
    if not len(real):
        return None
    missed = real - likely
    low, high = quantiles[:, 0], quantiles[:, 8]
    return Scores(
        mae=float(np.abs(missed).mean()),
        rmse=float(np.sqrt((missed**2).mean())),
        pinball=pinball(real, quantiles),
        cover=float(((real >= low) & (real <= high)).mean()),
        width=float((high - low).mean()),
    )


def pinball(real: Floats, quantiles: Floats) -> float:
    """The mean pinball loss over levels .1 to .9 (Koenker and Bassett 1978), in minutes."""
    over = real[:, None] - quantiles
    return float(np.maximum(LEVELS * over, (LEVELS - 1) * over).mean())
