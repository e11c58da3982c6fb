"""Which of today's visits somebody means. One, or none: "none" and "more than one" look alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from alongside.rules.door.words import fold, times_meant

DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A visit of today, as far as its person can know it. `at` is the clinic's clock time."""

    id: str
    called: str
    first: str
    last: str
    mobile: str
    at: time


def the_one_meant(
    today: Sequence[Expected], *, name: str, at: str, more: str = ""
) -> Expected | None:
    """Find the one visit with this name and this time.

    `more`, if needed: the last three digits of the mobile number, or how the last name begins.
    None when nothing fits or when more than one does: who asks must not learn which.
    """
    said, times = fold(name), times_meant(at)
    if not said or not times:
        return None
    fits = [one for one in today if one.at in times and said in _names(one)]
    if more.strip():
        fits = [one for one in fits if _fits_more(one, more)]
    return fits[0] if len(fits) == 1 else None


def _names(one: Expected) -> set[str]:
    called, first, last = fold(one.called), fold(one.first), fold(one.last)
    whole = {f"{called} {last}", f"{first} {last}", f"{last} {first}"} if last else set()
    return ({called, first, last} | whole) - {""}


def _fits_more(one: Expected, more: str) -> bool:
    digits = re.sub(r"\D", "", more)
    if digits:
        ours = re.sub(r"\D", "", one.mobile)
        return len(digits) >= DIGITS and bool(ours) and ours.endswith(digits[-DIGITS:])
    begins = fold(more)
    return bool(begins) and fold(one.last).startswith(begins)
