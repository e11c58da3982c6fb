"""The random numbers of a day: each visit owns its own, so an estimate moves with the world alone.

A number is one of 4,096 ranks. What a law says at each rank is worked out once and looked up from
then on (tables.py): 4,096 steps are finer than any law that a clinic's log can teach. The same seed
gives the same numbers on every machine: they are a mixed counter in whole numbers (SplitMix64:
Steele, Lea and Flood 2014), begun where a hash of seed and name says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.laws import Law
from alongside.rules.waits.tables import STEPS, Minutes, table_of

Floats = NDArray[np.float64]
Ranks = NDArray[np.uint16]
COMES, LASTS, PAUSES, BEGINS = range(4)
ROWS = 4
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
TWELVE_BITS = np.uint64(0x0FFF0FFF0FFF0FFF)
MIX = (
    (np.uint64(0xBF58476D1CE4E5B9), np.uint64(27)),
    (np.uint64(0x94D049BB133111EB), np.uint64(31)),
)


@lru_cache(maxsize=64)
def ranks(seed: int, names: tuple[str, ...], futures: int) -> Ranks:
    """Ranks below 4,096 that belong to each name on this seed's day: (names, ROWS, futures)."""
    begins = [blake2b(f"{seed}:{name}".encode(), digest_size=8).digest() for name in names]
    own = np.frombuffer(b"".join(begins), dtype=">u8").astype(np.uint64)
    mixed = own[:, None] + _steps(futures)
    spare = mixed >> np.uint64(30)
    for multiplier, shift in MIX:
        mixed ^= spare
        mixed *= multiplier
        np.right_shift(mixed, shift, out=spare)
    mixed ^= spare
    mixed &= TWELVE_BITS
    # Four ranks in each number, in the same order on every machine.
    drawn = mixed.astype("<u8", copy=False).view("<u2").reshape(len(names), ROWS, futures)
    drawn.setflags(write=False)
    return drawn


@lru_cache(maxsize=8)
def _steps(count: int) -> NDArray[np.uint64]:
    return np.arange(1, count + 1, dtype=np.uint64) * GOLDEN


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
        return np.asarray((self.of([name]).ranks[0, row] + 0.5) / STEPS)

    def value(self, law: Law, name: str, row: int) -> Minutes:
        """One name's values from a law: (futures,)."""
        return np.asarray(self.of([name]).values(table_of(law), row)[0])


@dataclass(frozen=True, slots=True)
class Thrown:
    """The numbers of a list of names, all or some of them: (names, ROWS, futures)."""

    ranks: Ranks
    places: tuple[int, ...] | None = None

    def some(self, places: Iterable[int]) -> "Thrown":
        """Those of the names at these places; nothing is copied yet."""
        chosen = tuple(places)
        return self if len(chosen) == len(self.ranks) else Thrown(self.ranks, chosen)

    def among(self, rows: Iterable[int]) -> "Thrown":
        """Of these names, those in these rows."""
        places = self.places
        return Thrown(self.ranks, tuple(places[row] if places else row for row in rows))

    def values(self, table: Minutes, row: int) -> Minutes:
        """Everybody's values from one table: (names, futures), the caller's own."""
        own = self.ranks[:, row] if self.places is None else self.ranks[list(self.places), row]
        # Every rank is in the table: "wrap" only spares the look whether it is.
        values: Minutes = table.take(own.astype(np.intp), mode="wrap")
        return values
