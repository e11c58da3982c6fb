"""Many futures of a day at once: who starts when, with random numbers kept for the day.

Each visit owns its random numbers, drawn from the day's seed and the visit's id. So an estimate
moves only when the world does, and the same seed gives the same answer on every machine.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.laws import Law

Floats = NDArray[np.float64]
NEVER = np.inf


@lru_cache(maxsize=2048)
def uniforms(seed: int, name: str, futures: int) -> Floats:
    """Four rows of `futures` numbers in (0, 1) that belong to this name on this seed's day."""
    own = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
    bits = np.random.Generator(np.random.PCG64([seed, own]))
    drawn = np.clip(bits.random((4, futures)), 1e-6, 1 - 1e-6)
    drawn.setflags(write=False)
    return drawn


@lru_cache(maxsize=2048)
def drawn_from(law: Law, seed: int, name: str, row: int, futures: int) -> Floats:
    """This name's values from a law, by its row of uniform numbers; the same all day."""
    values = law.draw(uniforms(seed, name, futures)[row])
    values.setflags(write=False)
    return values


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
    starts = np.full(ready.shape, NEVER)
    for lanes, members in _together(may):
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
    order = np.argsort(keys, axis=0, kind="stable")
    everyone = np.arange(ready.shape[1])
    ready_in_turn, lengths_in_turn = ready[order, everyone], lengths[order, everyone]
    lengths_in_turn[ready_in_turn == NEVER] = 0.0
    starts = np.empty_like(ready)
    begun = np.empty_like(ready)
    next_free = free.copy()
    for turn in range(len(begun)):
        np.maximum(ready_in_turn[turn], next_free, out=begun[turn])
        np.add(begun[turn], lengths_in_turn[turn], out=next_free, where=begun[turn] < NEVER)
    starts[order, everyone] = begun
    return starts


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
