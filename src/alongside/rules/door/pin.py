"""The PIN that opens a locked screen: six digits, and none that everybody tries first."""

from itertools import pairwise

DIGITS = 6


def is_easy(pin: str) -> bool:
    """Tell whether a PIN is among the first that anybody tries: 111111, 123456, 654321, 121212.

    A date (six digits make one) cannot be told from any other number; the five tries are for that.
    """
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) <= 1 or len(set(pin)) <= 2 or pin[:3] == pin[3:]
