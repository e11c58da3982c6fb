"""Groups beside each other, each drawn towards all of them as far as its own figure is unsure.

A mean of few people is far from the middle by chance alone; whoever sorts such means sorts noise.
Here each group is taken as one of a family whose members differ by an unknown amount, the `spread`.
All amounts are weighed by how well they fit (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.4:
normal means with known errors, exact for each amount, summed over a grid of them). A group of many
people keeps its own figure, a group of few goes towards the middle, and the interval says how sure
that is, the unknown amount included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, exp, log, sin, sqrt

from alongside.rules.intervals import Z95

LEAST_GROUPS = 3
"""With two groups nothing is known of how far groups lie apart."""
AMOUNTS = 240
FAR = 8.0
"""So many times the figures' own range, or of `widest`, the spread is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group's own figure and its standard error (above 0)."""

    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One group drawn towards the middle; `kept` of its difference is left (0 none, 1 all)."""

    name: str
    value: float
    low: float
    high: float
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """All groups together: their middle, how far they lie apart, and each one drawn."""

    middle: float
    spread: float
    groups: tuple[Drawn, ...]


def drawn_together(
    groups: Sequence[Group], *, widest: float | None = None, z: float = Z95
) -> Family | None:
    """Draw every group towards the middle; None for fewer than three groups.

    `widest` is a spread beyond which is hardly believed (a half-normal prior's scale); without it
    every spread is as likely as any other beforehand. Raises ValueError for an error of 0.
    """
    if len(groups) < LEAST_GROUPS:
        return None
    if any(one.error <= 0 for one in groups):
        raise ValueError("A group's standard error must be above 0.")
    amounts = [_at(spread, groups, widest) for spread in _spreads(groups, widest)]
    most = max(one.fit for one in amounts)
    weights = [exp(one.fit - most) for one in amounts]
    whole = sum(weights)
    known = [(weight / whole, one) for weight, one in zip(weights, amounts, strict=True)]
    return Family(
        middle=sum(weight * one.middle for weight, one in known),
        spread=sum(weight * one.spread for weight, one in known),
        groups=tuple(_drawn(group, known, z) for group in groups),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """One spread, the middle that goes with it and its variance, and the fit (a logarithm)."""

    spread: float
    middle: float
    unsure: float
    fit: float


def _spreads(groups: Sequence[Group], widest: float | None) -> list[float]:
    values = [one.value for one in groups]
    reach = widest if widest is not None else max(values) - min(values) or 1.0
    return [FAR * reach * ((n + 0.5) / AMOUNTS) ** 2 for n in range(AMOUNTS)]


def _at(spread: float, groups: Sequence[Group], widest: float | None) -> _Amount:
    variances = [one.error**2 + spread**2 for one in groups]
    unsure = 1 / sum(1 / variance for variance in variances)
    pairs = list(zip(groups, variances, strict=True))
    middle = unsure * sum(one.value / variance for one, variance in pairs)
    fit = 0.5 * log(unsure) - sum(
        0.5 * log(variance) + (one.value - middle) ** 2 / (2 * variance) for one, variance in pairs
    )
    if widest is not None:
        fit -= spread**2 / (2 * widest**2)
    # The grid is finer near 0: each point stands for as much as it is wide.
    return _Amount(spread=spread, middle=middle, unsure=unsure, fit=fit + 0.5 * log(spread))


def _drawn(group: Group, known: Sequence[tuple[float, _Amount]], z: float) -> Drawn:
    """The mean and the spread of what is believed of one group, over all amounts."""
    mean = square = kept = 0.0
    for weight, one in known:
        own = one.spread**2 / (group.error**2 + one.spread**2)
        value = own * group.value + (1 - own) * one.middle
        unsure = own * group.error**2 + (1 - own) ** 2 * one.unsure
        mean += weight * value
        square += weight * (unsure + value**2)
        kept += weight * own
    reach = z * sqrt(max(square - mean**2, 0.0))
    return Drawn(name=group.name, value=mean, low=mean - reach, high=mean + reach, kept=kept)


def of_share(name: str, hits: int, n: int) -> Group:
    """A share as a group, on the scale where its error depends on n alone.

    Anscombe, Biometrika 1948;35:246-254: arcsine of the root of (hits + 3/8) / (n + 3/4), with
    variance 1 / (4n + 2). `as_share` leads back.
    """
    if not 0 <= hits <= n or n == 0:
        raise ValueError(f"{hits} of {n} is no share")
    return Group(
        name=name,
        value=asin(sqrt((hits + 0.375) / (n + 0.75))),
        error=1 / sqrt(4 * n + 2),
    )


def as_share(value: float) -> float:
    """A point of that scale as a share in 0..1; what lies outside is cut off at the ends."""
    quarter = asin(1.0)
    return sin(min(max(value, 0.0), quarter)) ** 2


def differ(groups: Sequence[Group], *, freedom: float | None = None) -> bool:
    """Whether groups lie further apart than chance would put 19 in 20 such sets of groups.

    The weighted squares between them, over their number less one, beside F with `freedom` (how many
    values the errors rest on, less the groups; None: the errors are known). Paulson, Ann Math Stat
    1942;13:233-235, brings F to the normal curve.
    """
    if len(groups) < 2:
        return False
    weights = [1 / one.error**2 for one in groups]
    middle = sum(w * one.value for w, one in zip(weights, groups, strict=True)) / sum(weights)
    apart = sum(w * (one.value - middle) ** 2 for w, one in zip(weights, groups, strict=True))
    between = len(groups) - 1
    ratio: float = (apart / between) ** (1 / 3)
    of_between = 2 / (9 * between)
    of_within = 2 / (9 * freedom) if freedom else 0.0
    met = (1 - of_within) * ratio - (1 - of_between)
    return met / sqrt(of_within * ratio**2 + of_between) > ONE_SIDED


ONE_SIDED = 1.6448536269514722
