"""How a forest is grown from a record: which questions, which corrections.

The structure of each tree looks at five of the nine levels; its leaves hold, for every level, the
quantile of what the forest so far has missed there, held back by `rate` and for small leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS, Forest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 2.0**17
"""More cases than a forest is ever grown from: what each count has room for in a packed sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How much to learn: chosen by cross-validation inside the learning days."""

    trees: int = 250
    depth: int = 3
    rate: float = 0.1
    bins: int = 32
    share: float = 0.6
    features: float = 0.4
    least: float = 20.0
    looks_at: tuple[int, ...] = (0, 2, 4, 6, 8)


def grow(rows: Floats, real: Floats, start: Floats, *, growth: Growth, seed: int) -> Forest:
    """A forest that moves start (cases, 9) towards the quantiles of real (cases,) given rows."""
    bits = np.random.Generator(np.random.PCG64(seed))
    edges = [_edges(column, growth.bins) for column in rows.T]
    binned = np.stack(
        [np.searchsorted(edge, column) for edge, column in zip(edges, rows.T, strict=True)], axis=1
    )
    features, cuts, leaves = [], [], []
    now = start.copy()
    for _ in range(growth.trees):
        chosen = bits.random(len(rows)) < growth.share
        asked = np.flatnonzero(bits.random(rows.shape[1]) < growth.features)
        if not chosen.any() or not len(asked):
            continue
        missed = real[:, None] - now
        questions = _questions(binned, missed, chosen, asked, growth)
        leaf = _leaves(binned, questions)
        values = _corrections(leaf, missed, chosen, growth)
        now += values[leaf]
        features.append(tuple(feature for feature, _ in questions))
        cuts.append(tuple(_cut(edges[feature], cut) for feature, cut in questions))
        leaves.append(tuple(tuple(round(v, 3) for v in row) for row in values.tolist()))
    return Forest(features=tuple(features), cuts=tuple(cuts), leaves=tuple(leaves))


def _edges(column: Floats, bins: int) -> Floats:
    """Cut points between as many equal shares of the cases; one far above where all are equal."""
    found = np.unique(np.quantile(column, np.arange(1, bins) / bins))
    found = found[found < column.max()]
    return found if len(found) else np.array([column.max() + 1.0])


def _cut(edges: Floats, place: int) -> float:
    """The value of a cut; beyond the last one stands a question that everybody answers alike."""
    return float(edges[place]) if place < len(edges) else float(edges[-1]) + 1e6


def _questions(
    binned: Ints, missed: Floats, chosen: NDArray[np.bool_], asked: Ints, growth: Growth
) -> list[tuple[int, int]]:
    looks = list(growth.looks_at)
    above = missed[chosen][:, looks] < 0
    packs = [_packed(above[:, at : at + 2]) for at in range(0, len(looks), 2)]
    cells = binned[np.ix_(chosen, asked)] + np.arange(len(asked)) * growth.bins
    leaf = np.zeros(len(cells), dtype=np.int64)
    found: list[tuple[int, int]] = []
    for _ in range(growth.depth):
        feature, cut = _best(cells, leaf, packs, 1 << len(found), growth)
        into = cells[:, feature] - feature * growth.bins > cut
        leaf += into.astype(np.int64) << len(found)
        found.append((int(asked[feature]), cut))
    return found


def _packed(above: NDArray[np.bool_]) -> Floats:
    """One case, and whether its quantile of one or two levels was too high, in one number: what
    these are summed to is read from the sum again (`_counts`), so one sum counts them all.
    """
    weights = MOST ** np.arange(1.0, above.shape[1] + 1)
    return np.asarray(1.0 + above @ weights)


def _counts(sums: Floats) -> tuple[Floats, Floats, Floats]:
    """How many cases, and of how many each of two levels was too high, from a packed sum."""
    second = np.floor(sums / MOST**2)
    rest = sums - second * MOST**2
    first = np.floor(rest / MOST)
    return rest - first * MOST, first, second


def _best(
    cells: Ints, leaf: Ints, packs: Sequence[Floats], leaves: int, growth: Growth
) -> tuple[int, int]:
    """The question (feature, cut) after which the leaves differ most in what was missed."""
    bins, many = growth.bins, cells.shape[1]
    flat = (leaf[:, None] * (many * bins) + cells).ravel()
    gain = np.zeros((leaves, many, bins))
    levels = LEVELS[list(growth.looks_at)]
    for number, packed in enumerate(packs):
        summed = np.bincount(flat, np.repeat(packed, many), leaves * many * bins)
        below, *too_high = _counts(summed.reshape(leaves, many, bins).cumsum(axis=2))
        above = below[:, :, -1:] - below
        for high, level in zip(too_high, levels[2 * number :], strict=False):
            low = level * below - high
            rest = low[:, :, -1:] - low
            gain += low**2 / (below + growth.least) + rest**2 / (above + growth.least)
    best = int(gain.sum(axis=0)[:, :-1].argmax())
    return best // (bins - 1), best % (bins - 1)


def _leaves(binned: Ints, questions: list[tuple[int, int]]) -> Ints:
    leaf = np.zeros(len(binned), dtype=np.int64)
    for depth, (feature, cut) in enumerate(questions):
        leaf += (binned[:, feature] > cut).astype(np.int64) << depth
    return leaf


def _corrections(leaf: Ints, missed: Floats, chosen: NDArray[np.bool_], growth: Growth) -> Floats:
    """Nine held-back corrections per leaf; nothing where the leaf is empty."""
    values = np.zeros((1 << growth.depth, 9))
    for number in range(len(values)):
        own = missed[chosen & (leaf == number)]
        if len(own):
            own = np.sort(own, axis=0)
            at = LEVELS * (len(own) - 1)
            under = np.floor(at).astype(np.int64)
            over = np.minimum(under + 1, len(own) - 1)
            part = at - under
            level = np.arange(9)
            quantiles = own[under, level] * (1 - part) + own[over, level] * part
            values[number] = growth.rate * quantiles * len(own) / (len(own) + growth.least)
    return values
