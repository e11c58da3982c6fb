"""Two pictures of groups beside each other: intervals under each other, and a funnel.

As in `charts`: across in per cent, down in rem, so that words keep the reader's size. The funnel's
curves are drawn on a square of 100 by 100 that is stretched over the plot; lines keep their width.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log

from alongside.ui.places import across, down

ROW = 3.25  # rem: a name, its interval
FIRST = 0.4  # rem above the first row
FOOT = 1.9  # rem below the last row: the numbers of the scale
EDGES = (3.0, 97.0)  # per cent
MUCH = 15.0  # per cent: closer, two numbers would touch

Place = Callable[[float], float]


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
    """Intervals under each other on one scale."""

    height: str
    foot_y: str
    ends_y: str
    middle: str
    zero: str
    scale: tuple[tuple[str, str, float], ...]  # x, text-anchor, the number
    rows: tuple[DrawnMark, ...]


def caterpillar(marks: Sequence[Mark], *, middle: float) -> Caterpillar:
    """Draw groups in the order given, with a line at the middle and one at 0.

    0 is always on the scale: drawn close, differences would look larger than they are.
    """
    ends = [v for one in marks for v in (one.low, one.high, one.own) if v is not None]
    low, high = min([*ends, middle, 0.0]), max([*ends, middle, 0.0])

    def x(value: float) -> float:
        left, right = EDGES
        return left + (right - left) * (value - low) / ((high - low) or 1.0)

    bottom = FIRST + ROW * len(marks)
    return Caterpillar(
        height=down(bottom + FOOT),
        foot_y=down(bottom + FOOT - 0.35),
        ends_y=down(bottom + 0.3),
        middle=across(x(middle)),
        zero=across(x(0.0)),
        scale=_scale(low, high, x),
        rows=tuple(_mark(one, FIRST + ROW * row, x) for row, one in enumerate(marks)),
    )


def _scale(low: float, high: float, x: Place) -> tuple[tuple[str, str, float], ...]:
    """Both ends, and 0 where it lies well between them."""
    found = [(across(x(low)), "start", low), (across(x(high)), "end", high)]
    if MUCH < x(0.0) < 100 - MUCH:
        found.append((across(x(0.0)), "middle", 0.0))
    return tuple(found)


def _mark(one: Mark, top: float, x: Place) -> DrawnMark:
    return DrawnMark(
        label=one.label,
        label_y=down(top + 1.0),
        y=down(top + 1.9),
        x=across(x(one.value)),
        low=across(x(one.low)),
        high=across(x(one.high)),
        own="" if one.own is None else across(x(one.own)),
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
    """Draw groups between their limits, the inner pair first; people on a scale of logarithms.

    The scale of shares ends where the limits of the smallest group do, in tens of per cent.
    """
    few = max(min((one.n for one in spots), default=least) * 4 // 5, least)
    many = max((one.n for one in spots), default=least) * 6 // 5 + 5
    ends = [*limits[-1](few), middle, *(one.share for one in spots)]
    bottom, top = max(floor(10 * min(ends)) / 10, 0.0), min(ceil(10 * max(ends)) / 10, 1.0)

    def along(n: float) -> float:
        return log(n / few) / log(many / few)

    def x(n: float) -> float:
        return WIDE[0] + (WIDE[1] - WIDE[0]) * along(n)

    def up(share: float) -> float:
        return (share - bottom) / (top - bottom)

    def y(share: float) -> float:
        return TALL[1] - (TALL[1] - TALL[0]) * up(share)

    counts = sorted({round(few * (many / few) ** (n / POINTS)) for n in range(POINTS + 1)})
    return Funnel(
        height=down(FUNNEL_HEIGHT),
        left=across(WIDE[0]),
        width=across(WIDE[1] - WIDE[0]),
        top=down(TALL[0]),
        tall=down(TALL[1] - TALL[0]),
        middle=down(y(middle)),
        levels=tuple((down(y(s)), round(100 * s)) for s in (top, (top + bottom) / 2, bottom)),
        counts=((across(WIDE[0]), "start", few), (across(WIDE[1]), "end", many)),
        counts_y=down(TALL[1] + 1.4),
        curves=tuple(_pair(of, counts, along, up) for of in limits),
        spots=tuple(
            DrawnSpot(
                number=one.number, x=across(x(one.n)), y=down(y(one.share)), beyond=one.beyond
            )
            for one in spots
        ),
    )


def _pair(
    of: Callable[[int], tuple[float, float]], counts: Sequence[int], along: Place, up: Place
) -> tuple[str, ...]:
    """The lower and the upper limit, each only where it lies on the scale of shares."""
    both = [(along(n), of(n)) for n in counts]
    paths = []
    for place in (0, 1):
        points = [(x, up(ends[place])) for x, ends in both if 0 <= up(ends[place]) <= 1]
        if len(points) > 1:
            paths.append("M" + "L".join(f"{100 * x:.1f} {100 - 100 * s:.1f}" for x, s in points))
    return tuple(paths)
