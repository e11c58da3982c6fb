"""A small forest of symmetric trees that predicts nine quantiles at once.

Gradient boosting of the pinball loss (Friedman 2001) with trees that ask one question per
depth, whatever was answered before. All nine levels share a tree's questions, each leaf holds nine
corrections; so a prediction is a few array operations, quick enough for every event of a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MANY = 256
"""Cases that are worked out at once: more only take memory."""
LEVELS: Floats = np.arange(1, 10) / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees as nested tuples, so that they compare, copy and print like any other value.

    `features[t][d]` and `cuts[t][d]` are the d-th question of tree t ("is it above?"); the
    answers, read as bits, number the leaf; `leaves[t][leaf]` holds nine corrections in minutes.
    """

    features: tuple[tuple[int, ...], ...]
    cuts: tuple[tuple[float, ...], ...]
    leaves: tuple[tuple[tuple[float, ...], ...], ...]

    def __hash__(self) -> int:
        """Quick, for a cache; equality still compares every leaf."""
        return hash((len(self.leaves), self.cuts[:1], self.leaves[-1:]))

    def add_to(self, start: Floats, rows: Floats) -> Floats:
        """The corrected quantiles (cases, 9), sorted, from start (cases, 9) and rows (cases, f)."""
        features, cuts, leaves = _arrays(self)
        if not len(features):
            return np.sort(start, axis=1)
        if len(rows) > MANY:
            blocks = range(0, len(rows), MANY)
            parts = [self.add_to(start[at : at + MANY], rows[at : at + MANY]) for at in blocks]
            return np.concatenate(parts)
        bits = rows[:, features] > cuts
        leaf = bits @ (1 << np.arange(features.shape[1]))
        added = leaves[np.arange(len(features)), leaf].sum(axis=1)
        return np.sort(start + added, axis=1)

    @classmethod
    def mean_of(cls, forests: Sequence[Self]) -> Self:
        """One that corrects by the mean of what these do."""
        share = 1 / len(forests)
        leaves = (tree for forest in forests for tree in forest.leaves)
        return cls(
            features=tuple(tree for forest in forests for tree in forest.features),
            cuts=tuple(tree for forest in forests for tree in forest.cuts),
            leaves=tuple(
                tuple(tuple(round(value * share, 3) for value in leaf) for leaf in tree)
                for tree in leaves
            ),
        )

    @classmethod
    def from_page(cls, page: Mapping[str, Any]) -> Self:
        return cls(
            features=tuple(tuple(tree) for tree in page["features"]),
            cuts=tuple(tuple(tree) for tree in page["cuts"]),
            leaves=tuple(tuple(tuple(leaf) for leaf in tree) for tree in page["leaves"]),
        )


@lru_cache(maxsize=64)
def _arrays(forest: Forest) -> tuple[Ints, Floats, Floats]:
    features = np.array(forest.features, dtype=np.int64)
    return features, np.array(forest.cuts), np.array(forest.leaves)
