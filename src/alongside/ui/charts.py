"""Small pictures made on the server: plain numbers in, places in an SVG out, as text.

Across in per cent and down in rem, so that a picture fits its place while its words keep the
reader's size. Every one goes with a sentence and a table (`ui/parts/bars.html`, `line.html`):
the picture is never alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from alongside.ui.places import across, down, number

ROW = 3.5  # rem: a name, its bar, its interval
PLOT = (12.0, 97.0, 1.4, 9.4)  # left and right in per cent, top and bottom in rem
HEIGHT = 11.2  # rem
BAR_ROOM = 78.0  # per cent: the rest is for the value in words

Place = Callable[[float], float]
DayPlace = Callable[[date], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rail:
    """A told range on a rail that begins now; `last` is the rail's end in minutes."""

    low: str
    width: str
    last: int


def rail(low: timedelta, high: timedelta, *, top: timedelta | None = None) -> Rail:
    """Place a range on a rail from now to `top` (default: the quarter of an hour after it)."""
    quarter = timedelta(minutes=15)
    end = max(top or timedelta(), (high // quarter + 1) * quarter)
    start, stop = (100 * min(max(length / end, 0.0), 1.0) for length in (low, high))
    return Rail(
        low=across(start), width=across(max(stop - start, 4.0)), last=end // timedelta(minutes=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar to draw; `low` and `high` are its interval, `shown` its value in words."""

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """One bar with its place; `interval` is (from, to) under the bar, or None."""

    label: str
    shown: str
    label_y: str
    y: str
    x: str
    width: str
    value_x: str
    interval: tuple[str, str] | None
    interval_y: str
    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars under each other, each with its name above it."""

    height: str
    zero: str
    rows: tuple[DrawnBar, ...]


def bars(values: Sequence[Bar], *, low: float = 0.0, high: float | None = None) -> Bars:
    """Draw bars from zero on a scale from `low` to `high` (default: the largest thing shown)."""
    shown = [max(bar.value, bar.high or bar.value) for bar in values]
    top = high if high is not None else max(shown, default=0.0)

    def place(value: float) -> float:
        return BAR_ROOM * (min(max(value, low), top) - low) / (top - low) if top > low else 0.0

    return Bars(
        height=down(ROW * len(values)),
        zero=across(place(0.0)),
        rows=tuple(_bar(bar, ROW * row, place) for row, bar in enumerate(values)),
    )


def _bar(bar: Bar, top: float, place: Place) -> DrawnBar:
    end, zero, interval = place(bar.value), place(0.0), None
    if bar.low is not None and bar.high is not None:
        interval = (across(place(bar.low)), across(place(bar.high)))
    return DrawnBar(
        label=bar.label,
        shown=bar.shown,
        label_y=down(top + 1.0),
        y=down(top + 1.35),
        x=across(min(end, zero)),
        width=across(max(abs(end - zero), 0.4)),
        value_x=across(max(end, zero)),
        interval=interval,
        interval_y=down(top + 2.75),
        soft=bar.soft,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values over days, in order; a name says which line it is."""

    label: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """One line: its dots (x, y) and the pieces (x1, y1, x2, y2) between them."""

    label: str
    dots: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines on one plot: numbers on the level marks, first and last day, a goal band behind."""

    height: str
    days_y: str
    levels: tuple[tuple[str, str], ...]  # y of the mark, its number
    days: tuple[tuple[str, str, date], ...]  # x, text-anchor, the day
    goal: tuple[str, str] | None  # y, height
    lines: tuple[DrawnLine, ...]


def lines(
    series: Sequence[Series],
    *,
    low: float,
    high: float,
    goal: tuple[float, float] | None = None,
) -> Lines:
    """Draw up to two series on a scale from `low` to `high`; with no points, an empty plot."""
    left, right, top, bottom = PLOT
    days = sorted({day for one in series for day, _ in one.points})

    def x(day: date) -> float:
        length = (days[-1] - days[0]).days
        return left + (right - left) * ((day - days[0]).days / length if length else 0.5)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / ((high - low) or 1.0)

    return Lines(
        height=down(HEIGHT),
        days_y=down(HEIGHT - 0.35),
        levels=tuple((down(y(v)), number(v)) for v in (high, (high + low) / 2, low)),
        days=_day_marks(days, x),
        goal=(down(y(goal[1])), down(y(goal[0]) - y(goal[1]))) if goal else None,
        lines=tuple(_line(one, x, y) for one in series),
    )


def _line(one: Series, x: DayPlace, y: Place) -> DrawnLine:
    dots = tuple((across(x(day)), down(y(value))) for day, value in one.points)
    pieces = tuple((*a, *b) for a, b in pairwise(dots))
    return DrawnLine(label=one.label, dots=dots, pieces=pieces)


def _day_marks(days: list[date], x: DayPlace) -> tuple[tuple[str, str, date], ...]:
    """Name the first day and the last: more would not fit at twice the text size."""
    if len(days) < 2:
        return tuple((across(x(day)), "middle", day) for day in days)
    first, last = days[0], days[-1]
    return ((across(x(first)), "start", first), (across(x(last)), "end", last))
