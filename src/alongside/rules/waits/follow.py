"""Promises follow, night after night, how they were kept."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS
from alongside.rules.waits.correction import (
    CLOCK,
    NONE,
    Correction,
    Hours,
    Side,
    half_width,
    hours_of,
    moved,
)
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.looks import Looks
from alongside.rules.waits.promise import after_a_day
from alongside.rules.waits.record import Case, Record

Floats = NDArray[np.float64]
STEP: Floats = np.array([0.01, *[0.003] * 7, 0.01])
"""How far one visit moves each slow shift, in half widths (adaptive conformal inference): the ends
faster, for what lies between them is to be kept; the others slowly, for they are to be near."""
HOUR = 0.02
"""How far one visit moves the shift of the hour that it is booked in."""
FORGET = 0.98
"""What a night leaves of what an hour learned."""
RECENT = 5
"""The days that the quick shifts are found on."""
LEANS: Floats = np.array([50.0, *[400.0] * 7, 50.0])
"""As how many cases a quick shift of nothing counts."""
TIE = 0.5
"""Minutes within which a wait and a quantile are the same: half of what a log counts in."""


def overnight(laws: Laws, recent: Record) -> Laws:
    """The laws with shifts that follow how the quantiles of the last `RECENT` days were kept.

    Slowly by the last day (Gibbs and Candès 2021, one step per visit and level; once for all, once
    for those booked in the same hour), so that over months they are true; and quickly by the recent
    days' own quantiles, so that a bottleneck of a week is followed in days, and forgotten as soon
    as it is over.
    """
    laws = replace(laws, promise=_promise_after(laws, recent.arrivals))
    correction = laws.correction
    if correction is None:
        return laws
    first, later = correction.sides
    sides = (followed(first, recent.arrivals), followed(later, recent.waiting))
    return replace(laws, correction=Correction.of(sides, n=correction.n))


def _promise_after(laws: Laws, cases: Sequence[Case]) -> float:
    """How far to steer "by" after the last of these days."""
    if not cases:
        return laws.promise
    looks = Looks.of(cases)
    last = looks.where(looks.on == looks.on.max())
    told = last.simulated
    if laws.correction is not None:
        told = laws.correction.sides[0].told(last.simulated, last.rows)
    return after_a_day(laws.promise, told, last.rows[:, CLOCK], last.real)


def followed(side: Side, cases: Sequence[Case]) -> Side:
    """The shifts after the last of these days."""
    if not cases:
        return replace(side, shifts=side.slow)
    looks = Looks.of(cases)
    shifts = np.array(side.slow) + side.by_hour(looks.rows)
    quantiles = moved(side.before_shifts(looks.simulated, looks.rows), shifts)
    missed = looks.real[:, None] - quantiles
    last = looks.on == looks.on.max()
    slow = np.array(side.slow) + STEP * too_many_above(missed[last])
    apart = np.where(np.abs(missed) <= TIE, 0.0, missed) / half_width(quantiles)
    quick = np.array([np.quantile(apart[:, k], LEVELS[k]) for k in range(9)])
    return replace(
        side,
        slow=tuple(slow.tolist()),
        shifts=tuple((slow + len(apart) / (len(apart) + LEANS) * quick).tolist()),
        hours=hours_after(side.hours, looks.rows[last], missed[last]),
    )


def hours_after(hours: Hours, rows: Floats, missed: Floats) -> Hours:
    """What each hour's shift becomes after a day with these misses: (cases, 9)."""
    after = {hour: np.array(shifts) * FORGET for hour, shifts in hours.items()}
    booked = np.array(hours_of(rows))
    for hour in sorted(set(booked.tolist())):
        step = HOUR * too_many_above(missed[booked == hour])
        after[hour] = after.get(hour, np.array(NONE)) + step
    return {hour: tuple(np.round(shifts, 5).tolist()) for hour, shifts in sorted(after.items())}


def too_many_above(missed: Floats) -> Floats:
    """By level, how many more (or fewer) were above the quantile than should have been.

    Many waits end exactly when they should, at the booked time: a quantile that stands there is
    right for a whole range of levels, and must not be pushed away from it night after night.
    """
    asked = (1 - LEVELS) * len(missed)
    surely, perhaps = (missed > TIE).sum(axis=0), (missed > -TIE).sum(axis=0)
    return np.asarray(np.maximum(surely - asked, 0.0) + np.minimum(perhaps - asked, 0.0))
