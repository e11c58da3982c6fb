"""How many shared resources are at work: what a day's starts show, and what yesterday's showed."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from alongside.rules.waits.laws import Pool

TURNS = 4
"""Turns that must be seen today before they say how many resources are at work."""

Starts = Iterable[tuple[float, float]]
"""For each visit of a day that has started: the minutes of its start and of its arrival."""


def at_work(starts: Starts, pool: Pool) -> Pool:
    """The resources that seem to be at work today: one less when turns take so much longer.

    Judged by the time from a start to the `resources`-th after it while somebody was waiting all
    along, as the pool itself was learned. Until enough of these are seen it is as yesterday ended,
    unless as many have started close together as there are resources.
    """
    if pool.resources < 2:
        return pool
    started = sorted(starts)
    usual = pool.turn.values[len(pool.turn.values) // 2]
    turns = [
        after[0] - before[0]
        for before, after in zip(started, started[pool.resources :], strict=False)
        if after[1] < before[0]
    ]
    if len(turns) >= TURNS:
        one_less = (1 + pool.resources / (pool.resources - 1)) / 2
        missing = float(np.median(turns)) >= one_less * usual
    else:
        missing = pool.missing > 0 and not _together(started, pool.resources, usual / 2)
    return replace(pool, resources=pool.resources - 1) if missing else pool


def after_a_day(starts: Starts, pool: Pool) -> Pool:
    """The pool with what tomorrow begins with: what this day showed by itself."""
    missing = pool.resources - at_work(starts, replace(pool, missing=0)).resources
    return replace(pool, missing=missing)


def _together(started: list[tuple[float, float]], many: int, within: float) -> bool:
    """Whether as many have started within so short a time."""
    pairs = zip(started, started[many - 1 :], strict=False)
    return any(last[0] - first[0] < within for first, last in pairs)
