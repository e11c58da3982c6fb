"""Teach the correction from the engine's own record."""

from dataclasses import replace

import numpy as np

from alongside.rules.waits.boost import LEVELS, Forest
from alongside.rules.waits.correction import Correction, Side, half_width, moved
from alongside.rules.waits.follow import hours_after
from alongside.rules.waits.grow import Growth, grow
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.lean import Lean, alike_for_all, lean
from alongside.rules.waits.looks import Looks
from alongside.rules.waits.record import Record
from alongside.rules.waits.scores import pinball

ENOUGH = 100
"""Looks below which nothing is corrected."""
GROWTH = Growth()
CLEARLY = 0.99
"""Of two beginnings the mean is the steadier: one alone must do better by a hundredth."""
FEW = 50.0
"""As how many cases held back a shift of nothing counts."""


def teach(laws: Laws, record: Record, *, seed: int, anew: bool = True) -> Laws:
    """The laws with a correction grown from this record; unchanged while it is too short.

    `anew`: find the beginnings and the shifts on the last fifth of the days (held back); else keep
    those there are.
    """
    if min(len(record.arrivals), len(record.waiting)) < ENOUGH:
        return laws
    looks = (Looks.of(record.arrivals), Looks.of(record.waiting))
    if laws.correction is None or anew:
        old = (_tried(looks[0], seed), _tried(looks[1], seed))
    else:
        old = laws.correction.sides
    sides = (_taught(looks[0], old[0].lean, seed), _taught(looks[1], old[1].lean, seed))
    kept = [
        replace(side, shifts=then.shifts, slow=then.slow, hours=then.hours)
        for side, then in zip(sides, old, strict=True)
    ]
    return replace(laws, correction=Correction.of((kept[0], kept[1]), n=len(looks[0].on)))


def _taught(looks: Looks, like: Lean, seed: int) -> Side:
    """Trees grown from the same kind of beginning as that; two forests, for the mean of two is
    steadier than each.
    """
    believing = lean(looks.simulated, looks.rows, looks.real)
    if not like.halved:
        forests = [_forest(looks, believing, seed), _forest(looks, believing, seed + 1)]
        return Side(lean=believing, forest=Forest.mean_of(forests))
    alike = alike_for_all(looks.real, believing.most)
    forests = [_forest(looks, believing, seed), _forest(looks, alike, seed + 1)]
    return Side(lean=believing.and_alike(alike), forest=Forest.mean_of(forests))


def _forest(looks: Looks, start: Lean, seed: int) -> Forest:
    begins = start.start(looks.simulated, looks.rows)
    return grow(looks.rows, looks.real, begins, growth=GROWTH, seed=seed)


def _tried(looks: Looks, seed: int) -> Side:
    """The better kind of beginning, and shifts that make its nine quantiles true: both found on
    days that the trees did not see.
    """
    last = looks.on >= np.quantile(looks.on, 0.8)
    if not 0 < last.sum() < len(last):
        return Side()
    unseen, seen = looks.where(last), looks.where(~last)
    tried = [_taught(seen, like, seed) for like in (Lean(halved=True), Lean())]
    found = [side.before_shifts(unseen.simulated, unseen.rows) for side in tried]
    both, alone = (pinball(unseen.real, np.maximum(raw, 0.0)) for raw in found)
    return _made_true(tried[alone < CLEARLY * both], unseen)


def _made_true(side: Side, unseen: Looks) -> Side:
    raw = side.before_shifts(unseen.simulated, unseen.rows)
    missed = (unseen.real[:, None] - raw) / half_width(raw)
    own = np.array([np.quantile(missed[:, k], LEVELS[k]) for k in range(9)])
    slow = tuple((own * len(missed) / (len(missed) + FEW)).tolist())
    side = replace(side, slow=slow, shifts=slow)
    for day in np.unique(unseen.on):
        today = unseen.on == day
        shifts = np.array(slow) + side.by_hour(unseen.rows[today])
        errors = unseen.real[today][:, None] - moved(raw[today], shifts)
        side = replace(side, hours=hours_after(side.hours, unseen.rows[today], errors))
    return side
