"""The random numbers of a day: each visit owns its own, so an estimate moves with the world alone.

A number is one of 4,096 ranks. What a law says at each rank is worked out once and looked up from
then on: drawing a value costs two nanoseconds and not eighty, and 4,096 steps are finer than any
law that a clinic's log can teach. The same seed gives the same numbers on every machine: they are a
mixed counter in whole numbers (SplitMix64: Steele, Lea and Flood 2014), begun where a hash of
seed and name says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.laws import Law

Floats = NDArray[np.float64]
Ranks = NDArray[np.uint16]
STEPS = 4096
COMES, STAYS_AWAY, LASTS, PAUSES, BEGINS = range(5)
ROWS = 5
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX = (
    (np.uint64(0xBF58476D1CE4E5B9), np.uint64(27)),
    (np.uint64(0x94D049BB133111EB), np.uint64(31)),
)


@lru_cache(maxsize=256)
def ranks(seed: int, names: tuple[str, ...], futures: int) -> Ranks:
    """Ranks below 4,096 that belong to each name on this seed's day: (ROWS, names, futures)."""
    begins = [blake2b(f"{seed}:{name}".encode(), digest_size=8).digest() for name in names]
    own = np.array([int.from_bytes(one, "big") for one in begins], dtype=np.uint64)
    mixed = own[:, None] + _steps(-(-ROWS * futures // 4))
    spare = mixed >> np.uint64(30)
    for multiplier, shift in MIX:
        mixed ^= spare
        mixed *= multiplier
        np.right_shift(mixed, shift, out=spare)
    mixed ^= spare
    # Four ranks in each number, in the same order on every machine.
    drawn = mixed.astype("<u8", copy=False).view("<u2")[:, : ROWS * futures]
    drawn >>= np.uint16(4)
    of_each = drawn.reshape(len(names), ROWS, futures)
    by_row = np.ascontiguousarray(of_each.transpose(1, 0, 2), dtype=np.uint16)
    by_row.setflags(write=False)
    return by_row


@lru_cache(maxsize=8)
def _steps(count: int) -> NDArray[np.uint64]:
    return np.arange(1, count + 1, dtype=np.uint64) * GOLDEN


@lru_cache(maxsize=512)
def table_of(law: Law) -> Floats:
    """What a law says at the middle of each rank: (4096,)."""
    values = law.draw((np.arange(STEPS) + 0.5) / STEPS)
    values.setflags(write=False)
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Dice:
    """A day's numbers: by a name, usually a visit's, and a row for each thing that can happen."""

    seed: int
    futures: int

    def of(self, names: Iterable[str]) -> "Thrown":
        """The numbers of a list."""
        return Thrown(ranks(self.seed, tuple(names), self.futures))

    def uniform(self, name: str, row: int) -> Floats:
        """One name's numbers in (0, 1): (futures,)."""
        return np.asarray((self.of([name]).ranks[row, 0] + 0.5) / STEPS)

    def value(self, law: Law, name: str, row: int) -> Floats:
        """One name's values from a law: (futures,)."""
        return np.asarray(self.of([name]).values(law, row)[0])


@dataclass(frozen=True, slots=True)
class Thrown:
    """The numbers of a list of names: (ROWS, names, futures)."""

    ranks: Ranks

    def values(self, law: Law, row: int) -> Floats:
        """Everybody's values from one law: (names, futures), the caller's own."""
        # Every rank is in the table: "clip" only spares the look whether it is.
        values: Floats = table_of(law).take(self.ranks[row], mode="clip")
        return values

    def __getitem__(self, places: Sequence[int]) -> "Thrown":
        return Thrown(self.ranks[:, list(places)])
