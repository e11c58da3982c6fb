"""Many futures of a day at once: who starts when."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEVER = np.inf


def starts_in_turn(
    keys: Floats, ready: Floats, lengths: Floats, free: Floats, may: Sequence[Sequence[int]]
) -> Floats:
    """When each visit starts if everybody is served in the order of `keys`.

    keys, ready, lengths: (visits, futures), minutes from now; free: (lanes, futures), when each
    lane is next free; may: for each visit the lanes that can take it. A visit starts on the lane
    free first, never before it is ready; NEVER in `ready` stands for somebody who stays away.
    The order does not depend on the lanes' state, so one more person, or a longer visit,
    can only delay (the recursion of Kiefer and Wolfowitz 1955 is monotone).
    """
    groups = _together(may)
    if len(groups) == 1 and len(groups[0][0]) == 1 and len(groups[0][1]) == len(may):
        return _one_lane(keys, ready, lengths, free[groups[0][0][0]])
    starts = np.full(ready.shape, NEVER)
    for lanes, members in groups:
        own = np.asarray(members)
        if len(lanes) == 1:
            starts[own] = _one_lane(keys[own], ready[own], lengths[own], free[lanes[0]])
        else:
            local = [[lanes.index(lane) for lane in may[visit]] for visit in members]
            shared = free[np.asarray(lanes)]
            starts[own] = _many_lanes(keys[own], ready[own], lengths[own], shared, local)
    return starts


def _together(may: Sequence[Sequence[int]]) -> list[tuple[list[int], list[int]]]:
    """Lanes that can take each other's visits, with these visits' numbers."""
    groups: list[tuple[set[int], list[int]]] = []
    for visit, lanes in enumerate(may):
        joined, members = set(lanes), [visit]
        apart = []
        for other, theirs in groups:
            if other & joined:
                joined, members = joined | other, theirs + members
            else:
                apart.append((other, theirs))
        groups = [*apart, (joined, members)]
    return [(sorted(lanes), sorted(members)) for lanes, members in groups if lanes]


def _one_lane(keys: Floats, ready: Floats, lengths: Floats, free: Floats) -> Floats:
    """One after the other. In most futures that is the order of the book, and nothing is sorted."""
    order = np.argsort(keys.min(axis=1), kind="stable")
    keys, comes, keeps = keys[order], ready[order], lengths[order]
    stays_away = comes == NEVER
    np.putmask(comes, stays_away, -NEVER)
    np.putmask(keeps, stays_away, 0.0)
    begun = _in_this_order(comes, keeps, free)
    mixed = np.flatnonzero((keys[1:] < keys[:-1]).any(axis=0))
    if mixed.size:
        turns = np.argsort(keys[:, mixed], axis=0, kind="stable")
        in_turn = _in_this_order(
            np.take_along_axis(comes[:, mixed], turns, axis=0),
            np.take_along_axis(keeps[:, mixed], turns, axis=0),
            free[mixed],
        )
        moved = np.empty_like(in_turn)
        np.put_along_axis(moved, turns, in_turn, axis=0)
        begun[:, mixed] = moved
    np.putmask(begun, stays_away, NEVER)
    starts = np.empty_like(begun)
    starts[order] = begun
    return starts


def _in_this_order(comes: Floats, keeps: Floats, free: Floats) -> Floats:
    """Starts of those who are served row by row: each when they come and the one before is done."""
    begun = np.empty_like(comes)
    next_free = free.copy()
    for turn in range(len(begun)):
        np.maximum(comes[turn], next_free, out=begun[turn])
        np.add(begun[turn], keeps[turn], out=next_free)
    return begun


def _many_lanes(
    keys: Floats, ready: Floats, lengths: Floats, free: Floats, may: Sequence[Sequence[int]]
) -> Floats:
    order = np.argsort(keys, axis=0, kind="stable")
    everyone = np.arange(ready.shape[1])
    closed = np.full((len(may), len(free)), NEVER)
    for visit, lanes in enumerate(may):
        closed[visit, lanes] = 0.0
    next_free = free.copy()
    starts = np.full(ready.shape, NEVER)
    for turn in range(len(order)):
        visit = order[turn]
        open_lanes = next_free + closed[visit].T
        lane = open_lanes.argmin(axis=0)
        comes = ready[visit, everyone]
        begins = np.maximum(comes, open_lanes[lane, everyone])
        starts[visit, everyone] = begins
        real = comes < NEVER
        at, who = lane[real], everyone[real]
        next_free[at, who] = (begins + lengths[visit, everyone])[real]
    return starts
