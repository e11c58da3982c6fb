"""How sure a share is."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(hits: int, n: int, *, z: float = Z95) -> tuple[float, float] | None:
    """Give the Wilson score interval of a share as (low, high) in 0..1; None without cases.

    Source: Wilson, J Am Stat Assoc 1927;22:209-212. Raises ValueError when hits are not in 0..n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return None
    share = hits / n
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    below = 1 + z * z / n
    return max((middle - reach) / below, 0.0), min((middle + reach) / below, 1.0)


def t_point(freedom: float, *, z: float = Z95) -> float:
    """Give the point of Student's t that lies where `z` lies on the normal curve.

    Abramowitz and Stegun 26.7.5, four terms: within 0.001 from four degrees of freedom on.
    """
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def of_mean(mean: float, spread: float, n: int, *, z: float = Z95) -> tuple[float, float] | None:
    """Give Student's interval of a mean as (low, high); None below five values.

    `spread` is the standard deviation of the values (n - 1 below the line).
    """
    if n < 5:
        return None
    reach = t_point(n - 1, z=z) * spread / sqrt(n)
    return mean - reach, mean + reach
