"""How well told waits were kept: by week, by the hour booked, and by how long a wait was told."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from alongside.rules.ledger import Share

K = TypeVar("K", bound=Hashable)
# The first edge of each band of told minutes; the last band has no end.
BANDS = (0, 5, 10, 15, 20, 30, 45, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One wait as it was told at check-in, and as it came (minutes from the telling).

    By the clinic's clock, `week` is the Monday of that week and `hour` that of the booked time.
    """

    week: date
    hour: int
    low: float
    likely: float
    high: float
    waited: float
    kept: bool

    @property
    def is_inside(self) -> bool:
        """Whether the wait fell into the 80 % interval; half a minute is no difference."""
        return self.low - 0.5 <= self.waited <= self.high + 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What came of waits that were told alike: `end` is None for the last band."""

    start: int
    end: int | None
    n: int
    low: float
    middle: float
    high: float


def kept_by_week(promises: Iterable[Promise]) -> tuple[tuple[date, Share], ...]:
    """Give the share of told times kept, week by week."""
    return _shares(promises, lambda one: one.week, lambda one: one.kept)


def cover_by_hour(promises: Iterable[Promise]) -> tuple[tuple[int, Share], ...]:
    """Give the share of waits inside the 80 % interval, by the hour booked."""
    return _shares(promises, lambda one: one.hour, lambda one: one.is_inside)


def came_of(promises: Iterable[Promise]) -> tuple[Band, ...]:
    """Give what came of each band of told waits: the middle, and where 8 in 10 lay."""
    bands: dict[int, list[float]] = defaultdict(list)
    for one in promises:
        bands[max(edge for edge in BANDS if edge <= max(one.likely, 0.0))].append(one.waited)
    return tuple(_band(start, sorted(waits)) for start, waits in sorted(bands.items()))


def _band(start: int, waits: Sequence[float]) -> Band:
    later = [edge for edge in BANDS if edge > start]
    return Band(
        start=start,
        end=later[0] if later else None,
        n=len(waits),
        low=_at(waits, 0.1),
        middle=_at(waits, 0.5),
        high=_at(waits, 0.9),
    )


def _at(in_order: Sequence[float], share: float) -> float:
    """The value at a share of values in order, drawn straight between two."""
    place = share * (len(in_order) - 1)
    under = int(place)
    over = min(under + 1, len(in_order) - 1)
    return in_order[under] + (place - under) * (in_order[over] - in_order[under])


def _shares(
    promises: Iterable[Promise], part: Callable[[Promise], K], hit: Callable[[Promise], bool]
) -> tuple[tuple[K, Share], ...]:
    parts: dict[K, list[bool]] = defaultdict(list)
    for one in promises:
        parts[part(one)].append(hit(one))
    return tuple(
        (key, Share(hits=sum(hits), n=len(hits)))
        for key, hits in sorted(parts.items(), key=lambda pair: str(pair[0]).zfill(12))
    )
