"""Teach the correction from the engine's own record, and keep its promises honest overnight."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS, Forest
from alongside.rules.waits.correct import fitted
from alongside.rules.waits.grow import Growth, grow
from alongside.rules.waits.laws import Correction, Laws
from alongside.rules.waits.record import Case, Record

Floats = NDArray[np.float64]
ENOUGH = 100
"""Looks below which nothing is corrected."""
STEP = 0.01
"""How far one visit moves a slow shift, in half widths (adaptive conformal inference)."""
RECENT = 5
"""The days that the quick shifts are found on."""
LEAN = 100.0
"""As how many cases a quick shift of nothing counts."""
TIE = 0.5
"""Minutes within which a wait and a quantile are the same: half of what a log counts in."""
ARRIVAL = Growth(trees=250, depth=2, least=20.0)
WAITING = Growth(trees=200, depth=2, least=20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Cases as arrays: on (n,), rows (n, features), simulated (n, 9), real (n,)."""

    on: NDArray[np.int64]
    rows: Floats
    simulated: Floats
    real: Floats

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "Looks":
        return cls(
            on=np.array([case.on for case in cases], dtype=np.int64),
            rows=np.array([case.row for case in cases]),
            simulated=np.array([case.simulated for case in cases]),
            real=np.array([case.real for case in cases]),
        )

    def where(self, chosen: NDArray[np.bool_]) -> "Looks":
        return Looks(
            on=self.on[chosen],
            rows=self.rows[chosen],
            simulated=self.simulated[chosen],
            real=self.real[chosen],
        )


def teach(laws: Laws, record: Record, *, seed: int, anew: bool = True) -> Laws:
    """The laws with a correction grown from this record; unchanged while it is too short.

    `anew`: find the shifts on the last fifth of the days (held back); else keep those there are.
    """
    if min(len(record.arrivals), len(record.waiting)) < ENOUGH:
        return laws
    arrival, waiting = Looks.of(record.arrivals), Looks.of(record.waiting)
    if laws.correction is None or anew:
        slow = (_held_back(arrival, ARRIVAL, seed), _held_back(waiting, WAITING, seed))
        shifts = slow
    else:
        slow, shifts = laws.correction.slow, laws.correction.shifts
    correction = Correction(
        arrival=_forest(arrival, ARRIVAL, seed),
        waiting=_forest(waiting, WAITING, seed),
        n=len(arrival.on),
        shifts=shifts,
        slow=slow,
    )
    return replace(laws, correction=correction)


def _forest(looks: Looks, growth: Growth, seed: int) -> Forest:
    return grow(looks.rows, looks.real, looks.simulated, growth=growth, seed=seed)


def _held_back(looks: Looks, growth: Growth, seed: int) -> tuple[float, ...]:
    """Shifts that make nine quantiles true on days that the forest did not see."""
    last = looks.on >= np.quantile(looks.on, 0.8)
    if not 0 < last.sum() < len(last):
        return (0.0,) * 9
    forest = _forest(looks.where(~last), growth, seed)
    unseen = looks.where(last)
    quantiles = fitted(forest, np.zeros(9), unseen.rows, unseen.simulated)
    half = np.maximum((quantiles[:, 8:9] - quantiles[:, 0:1]) / 2, 1.0)
    missed = (unseen.real[:, None] - quantiles) / half
    found = [float(np.quantile(missed[:, k], LEVELS[k])) for k in range(9)]
    lean = len(unseen.on) / (len(unseen.on) + 50.0)
    return tuple(lean * shift for shift in found)


def overnight(laws: Laws, recent: Record) -> Laws:
    """The laws with shifts that follow how the quantiles of the last `RECENT` days were kept.

    Slowly by the last day (Gibbs and Candès 2021, one step per visit and level), so that over
    months they are true; and quickly by the recent days' own quantiles, so that a bottleneck of a
    week is followed in days, and forgotten as soon as it is over.
    """
    correction = laws.correction
    if correction is None:
        return laws
    arrival = _followed(correction.arrival, correction.slow[0], recent.arrivals)
    waiting = _followed(correction.waiting, correction.slow[1], recent.waiting)
    slow, shifts = zip(arrival, waiting, strict=True)
    return replace(laws, correction=replace(correction, slow=slow, shifts=shifts))


def _followed(
    forest: Forest, slow: tuple[float, ...], cases: Sequence[Case]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The slow shifts after the last of these days, and all shifts together."""
    if not cases:
        return slow, slow
    looks = Looks.of(cases)
    quantiles = fitted(forest, np.asarray(slow), looks.rows, looks.simulated)
    missed = looks.real[:, None] - quantiles
    last = looks.on == looks.on.max()
    moved = np.asarray(slow) + STEP * _too_many_above(missed[last])
    half = np.maximum((quantiles[:, 8:9] - quantiles[:, 0:1]) / 2, 1.0)
    apart = np.where(np.abs(missed) <= TIE, 0.0, missed) / half
    quick = np.array([np.quantile(apart[:, k], LEVELS[k]) for k in range(9)])
    lean = len(apart) / (len(apart) + LEAN)
    return tuple(moved.tolist()), tuple((moved + lean * quick).tolist())


def _too_many_above(missed: Floats) -> Floats:
    """By level, how many more (or fewer) were above the quantile than should have been.

    Many waits end exactly when they should, at the booked time: a quantile that stands there is
    right for a whole range of levels, and must not be pushed away from it night after night.
    """
    asked = (1 - LEVELS) * len(missed)
    surely, perhaps = (missed > TIE).sum(axis=0), (missed > -TIE).sum(axis=0)
    return np.asarray(np.maximum(surely - asked, 0.0) + np.minimum(perhaps - asked, 0.0))
