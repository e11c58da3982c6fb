"""Many futures of a day at once: who starts when."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from alongside.rules.waits.tables import NEVER, Minutes


def starts_in_turn(
    keys: Minutes, ready: Minutes, lengths: Minutes, free: Minutes, may: Sequence[Sequence[int]]
) -> Minutes:
    """When each visit starts if everybody is served in the order of `keys`.

    keys, ready, lengths: (visits, futures), minutes from now; keys with one column where the order
    is the same in every future; free: (lanes, futures), when each lane is next free; may: for
    each visit the lanes that can take it. A visit starts on the lane free first, never before it
    is ready; NEVER in `ready` stands for somebody who stays away.
    The order does not depend on the lanes' state, so one more person, or a longer visit,
    can only delay (the recursion of Kiefer and Wolfowitz 1955 is monotone).
    """
    groups = _together(may)
    if len(groups) == 1 and len(groups[0][1]) == len(may):
        return _of_group(keys, ready, lengths, free[groups[0][0]], groups[0][0], may)
    starts = np.full(ready.shape, NEVER)
    for lanes, own in groups:
        theirs = [may[visit] for visit in own]
        starts[own] = _of_group(keys[own], ready[own], lengths[own], free[lanes], lanes, theirs)
    return starts


def _together(may: Sequence[Sequence[int]]) -> list[tuple[list[int], list[int]]]:
    """Lanes that can take each other's visits, with these visits' numbers."""
    if may and all(lanes is may[0] for lanes in may):
        return [(list(may[0]), list(range(len(may))))] if may[0] else []
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


def _of_group(
    keys: Minutes,
    ready: Minutes,
    lengths: Minutes,
    free: Minutes,
    lanes: Sequence[int],
    may: Sequence[Sequence[int]],
) -> Minutes:
    """Starts of those who share `lanes`, whose next free moments are the rows of `free`."""
    if any(len(own) < len(lanes) for own in may):
        local = [[lanes.index(lane) for lane in own] for own in may]
        return _each_its_own(keys, ready, lengths, free, local)
    keeps = np.multiply(lengths, ready == ready)
    order = np.argsort(keys.min(axis=1), kind="stable")
    if (order[1:] > order[:-1]).all():
        return _in_this_order(keys, ready, keeps, free)
    starts = np.empty_like(ready)
    starts[order] = _in_this_order(keys[order], ready[order], keeps[order], free)
    return starts


def _in_this_order(keys: Minutes, ready: Minutes, keeps: Minutes, free: Minutes) -> Minutes:
    """Starts where the rows stand in the order of most futures; the others are sorted."""
    starts = _row_by_row(ready, keeps, free)
    mixed = np.flatnonzero((keys[1:] < keys[:-1]).any(axis=0)) if keys.shape[1] > 1 else ()
    if len(mixed):
        turns = np.argsort(keys[:, mixed], axis=0, kind="stable")
        in_turn = _row_by_row(
            np.take_along_axis(ready[:, mixed], turns, axis=0),
            np.take_along_axis(keeps[:, mixed], turns, axis=0),
            free[:, mixed],
        )
        moved = np.empty_like(in_turn)
        np.put_along_axis(moved, turns, in_turn, axis=0)
        starts[:, mixed] = moved
    return starts


def _row_by_row(ready: Minutes, keeps: Minutes, free: Minutes) -> Minutes:
    """Each starts when ready and the lane free first is; `free` stays in order from row to row.

    Who stays away keeps nobody (0 in `keeps`), and what is never ready is no reason to wait (fmax).
    """
    starts = np.empty_like(ready)
    lanes = list(np.sort(free, axis=0)) if len(free) > 1 else [free[0].copy()]
    first = lanes[0]
    done = np.empty_like(first) if len(lanes) > 1 else first
    for comes, keep, begins in zip(ready, keeps, starts, strict=True):
        np.fmax(comes, first, out=begins)
        np.add(begins, keep, out=done)
        for lane, later in pairwise(lanes):
            np.minimum(later, done, out=lane)
            np.maximum(later, done, out=done)
        if done is not first:
            lanes[-1][:] = done
    return np.maximum(starts, ready, out=starts)


def _each_its_own(
    keys: Minutes, ready: Minutes, lengths: Minutes, free: Minutes, may: Sequence[Sequence[int]]
) -> Minutes:
    """Starts where not every lane of the group can take every visit."""
    order = np.argsort(np.broadcast_to(keys, ready.shape), axis=0, kind="stable")
    everyone = np.arange(ready.shape[1])
    closed = np.full((len(may), len(free)), np.float32(np.inf))
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
        real = comes == comes
        at, who = lane[real], everyone[real]
        next_free[at, who] = (begins + lengths[visit, everyone])[real]
    return starts
