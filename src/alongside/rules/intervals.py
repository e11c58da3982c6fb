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
