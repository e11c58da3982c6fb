"""Two pictures of groups beside each other: intervals under each other, and a funnel.

As in `charts`: across in per cent, down in rem, so that words keep the reader's size. The funnel's
curves are drawn on a square of 100 by 100 that is stretched over the plot; lines keep their width.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

ROW = 3.25  # rem: a name, its interval
FIRST = 0.4  # rem above the first row
FOOT = 1.9  # rem below the last row: the numbers of the scale
EDGES = (3.0, 97.0)  # per cent

Place = Callable[[float], float]


def _number(value: float) -> str:
    """Write a number with a point, whatever the reader's language does."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _across(value: float) -> str:
    return f"{_number(value)}%"


def _down(value: float) -> str:
    return f"{_number(value)}rem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One group: its value with an interval, and `own` as it was met, before it was drawn."""

    label: str
    value: float
    low: float
    high: float
    own: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMark:
    """One group with its places."""

    label: str
    label_y: str
    y: str
    x: str
    low: str
    high: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caterpillar:
    """Intervals under each other on one scale; `zero` is "" where 0 is not on it."""

    height: str
    foot_y: str
    ends_y: str
    middle: str
    zero: str
    scale: tuple[tuple[str, str, float], ...]  # x, text-anchor, the number
    rows: tuple[DrawnMark, ...]


def caterpillar(marks: Sequence[Mark], *, middle: float) -> Caterpillar:
    """Draw groups in the order given, with a line at the middle and one at 0."""
    ends = [v for one in marks for v in (one.low, one.high, one.own) if v is not None]
    low, high = min([*ends, middle], default=0.0), max([*ends, middle], default=1.0)
    # Zero is shown where it is near: whether anything changed is the first question.
    if 0 < low <= high - low:
        low = 0.0
    if high < 0 <= high + (high - low):
        high = 0.0

    def x(value: float) -> float:
        left, right = EDGES
        return left + (right - left) * (value - low) / ((high - low) or 1.0)

    bottom = FIRST + ROW * len(marks)
    return Caterpillar(
        height=_down(bottom + FOOT),
        foot_y=_down(bottom + FOOT - 0.35),
        ends_y=_down(bottom + 0.3),
        middle=_across(x(middle)),
        zero=_across(x(0.0)) if low <= 0 <= high else "",
        scale=_scale(low, high, x),
        rows=tuple(_mark(one, FIRST + ROW * row, x) for row, one in enumerate(marks)),
    )


def _scale(low: float, high: float, x: Place) -> tuple[tuple[str, str, float], ...]:
    """Both ends, and 0 where it lies well between them."""
    found = [(_across(x(low)), "start", low), (_across(x(high)), "end", high)]
    if 15 < x(0.0) < 85:
        found.append((_across(x(0.0)), "middle", 0.0))
    return tuple(found)


def _mark(one: Mark, top: float, x: Place) -> DrawnMark:
    return DrawnMark(
        label=one.label,
        label_y=_down(top + 1.0),
        y=_down(top + 1.9),
        x=_across(x(one.value)),
        low=_across(x(one.low)),
        high=_across(x(one.high)),
        own="" if one.own is None else _across(x(one.own)),
    )


WIDE = (13.0, 97.0)  # per cent: left of it the numbers of the shares
TALL = (1.2, 14.2)  # rem
FUNNEL_HEIGHT = 17.4  # rem
POINTS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One group in a funnel: its number beside the table, its share 0..1, out of how many."""

    number: int
    share: float
    n: int
    beyond: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSpot:
    """One group with its place."""

    number: int
    x: str
    y: str
    beyond: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Shares by how many people they rest on; `curves` are paths on a square of 100."""

    height: str
    left: str
    width: str
    top: str
    tall: str
    middle: str
    levels: tuple[tuple[str, int], ...]  # y, per cent
    counts: tuple[tuple[str, str, int], ...]  # x, text-anchor, people
    counts_y: str
    curves: tuple[tuple[str, ...], ...]
    spots: tuple[DrawnSpot, ...]


def funnel(
    spots: Sequence[Spot],
    *,
    middle: float,
    limits: Sequence[Callable[[int], tuple[float, float]]],
    least: int,
) -> Funnel:
    """Draw groups between their limits, the inner pair first; the scale of people is of roots."""
    most = max([one.n for one in spots], default=least)
    most = max(most + most // 10, least + 5)

    def across(n: float) -> float:
        return (sqrt(n) - sqrt(least)) / (sqrt(most) - sqrt(least))

    def x(n: float) -> float:
        return WIDE[0] + (WIDE[1] - WIDE[0]) * across(n)

    def y(share: float) -> float:
        return TALL[1] - (TALL[1] - TALL[0]) * share

    counts = sorted({round(least + (most - least) * (n / POINTS) ** 2) for n in range(POINTS + 1)})
    return Funnel(
        height=_down(FUNNEL_HEIGHT),
        left=_across(WIDE[0]),
        width=_across(WIDE[1] - WIDE[0]),
        top=_down(TALL[0]),
        tall=_down(TALL[1] - TALL[0]),
        middle=_down(y(middle)),
        levels=tuple((_down(y(share / 100)), share) for share in (100, 50, 0)),
        counts=((_across(WIDE[0]), "start", least), (_across(WIDE[1]), "end", most)),
        counts_y=_down(TALL[1] + 1.4),
        curves=tuple(_pair(of, counts, across) for of in limits),
        spots=tuple(
            DrawnSpot(
                number=one.number, x=_across(x(one.n)), y=_down(y(one.share)), beyond=one.beyond
            )
            for one in spots
        ),
    )


def _pair(
    of: Callable[[int], tuple[float, float]], counts: Sequence[int], across: Place
) -> tuple[str, ...]:
    """The lower and the upper limit, each only where it lies on the scale of shares."""
    both = [(across(n), of(n)) for n in counts]
    paths = []
    for place in (0, 1):
        points = [(x, ends[place]) for x, ends in both if 0 <= ends[place] <= 1]
        if len(points) > 1:
            paths.append("M" + "L".join(f"{100 * x:.1f} {100 - 100 * s:.1f}" for x, s in points))
    return tuple(paths)
