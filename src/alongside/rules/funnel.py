"""A funnel: how far from the middle a share lies by chance alone, for a group of any size.

Spiegelhalter, "Funnel plots for comparing institutional performance", Stat Med 2005;24:1185-1202.
Two pairs of limits: 95 % (one group in 20 lies outside by chance) and 99.8 % (one in 500). Limits
are those of the binomial itself; a share is beyond one exactly where the picture shows it so.
"""

from enum import StrEnum
from functools import lru_cache
from math import exp, lgamma, log

ONE_IN_20, ONE_IN_500 = 0.025, 0.001
"""The share of chance on each side of the two pairs of limits."""


class Stands(StrEnum):
    """Where a group stands in the funnel. Neither is a rank."""

    WITHIN = "within"
    OUTER = "outer"
    BEYOND = "beyond"


@lru_cache(maxsize=512)
def limits(n: int, middle: float, side: float) -> tuple[float, float]:
    """The lower and the upper limit for a share of `n`, with `side` of chance beyond each.

    A limit may lie below 0 or above 1: then no share of so few can be beyond it. Raises ValueError
    for no cases, or for a middle that is no share.
    """
    if n < 1 or not 0 <= middle <= 1:
        raise ValueError(f"There is no funnel for {n} cases around {middle}.")
    return _lower(n, middle, side), 1 - _lower(n, 1 - middle, side)


def stands(hits: int, n: int, middle: float) -> Stands:
    """Where `hits` of `n` stand around this middle."""
    for side, where in ((ONE_IN_500, Stands.BEYOND), (ONE_IN_20, Stands.OUTER)):
        low, high = limits(n, middle, side)
        if hits / n <= low or hits / n >= high:
            return where
    return Stands.WITHIN


def _lower(n: int, middle: float, side: float) -> float:
    """The most hits that chance puts `side` of all at or below, between whole numbers a part."""
    if middle in (0.0, 1.0):
        return -1 / n if middle == 0 else (n - 1) / n
    so_far = 0.0
    for hits in range(n + 1):
        here = exp(
            lgamma(n + 1)
            - lgamma(hits + 1)
            - lgamma(n - hits + 1)
            + hits * log(middle)
            + (n - hits) * log(1 - middle)
        )
        if so_far + here > side:
            return (hits - 1 + (side - so_far) / here) / n
        so_far += here
    return 1.0
