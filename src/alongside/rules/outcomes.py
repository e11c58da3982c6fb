"""What came of it, for many people together: nobody recognisable, and nobody ranked on noise.

A person counts once in each group, whatever the number of their goals: two goals of one person are
not two people. Points are turned so that more is better. What a change is worth is said of each
person by the measure's own rule and then counted; a mean is held against no such figure, for the
figures were found for one person and not for means of many.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import sqrt
from statistics import fmean

from alongside.rules.goals import worth
from alongside.rules.intervals import of_mean, wilson
from alongside.rules.measures.score import Better, Change, Verdict, Way

LEAST = 5
"""Below this many people nothing is shown of a group, not even how many they are."""
LEAST_OF_ONE = 10
"""The same where a group is the people of one of us."""
APART = timedelta(days=14)
"""Two ratings closer than this are one occasion, and say nothing of what came of it."""
BEFORE, AFTER = timedelta(days=90), timedelta(days=28)
"""A service goes with a course that began so soon after the yes to it, or so shortly before."""
WORTH_SOMETHING = frozenset(
    {
        Verdict.MEANINGFUL,
        Verdict.LIKELY_NOTICED,
        Verdict.BEYOND_ERROR,
        Verdict.SMALL,
        Verdict.MEDIUM,
        Verdict.LARGE,
    }
)


class Turn(StrEnum):
    """What came of it for one person."""

    BETTER = "better"
    NEITHER = "neither"
    WORSE = "worse"
    NO_FIGURE = "no_figure"


class Said(StrEnum):
    """What can be said of a group's mean."""

    BETTER = "better"
    UNCLEAR = "unclear"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One person's way from the first value to the last; `gain` is more where it is better."""

    person: Hashable
    before: float
    now: float
    gain: float
    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of all, with the Wilson 95 % interval; each 0..1 but `hits` and `n`."""

    hits: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What came of it for a group of `n`: means, Student's 95 % interval of the gain, shares.

    `better` and `worse` are None where no agreed figure says what one person's change is worth.
    """

    n: int
    before: float
    now: float
    gain: float
    low: float
    high: float
    spread: float
    better: Share | None
    worse: Share | None

    @property
    def said(self) -> Said:
        """Whether the interval leaves out that nothing changed on average."""
        if self.low > 0:
            return Said.BETTER
        return Said.WORSE if self.high < 0 else Said.UNCLEAR

    @property
    def error(self) -> float:
        """The standard error of the gain."""
        return self.spread / sqrt(self.n)


def of_change(person: Hashable, change: Change, better: Better) -> Course | None:
    """One person's course by their measure's own rule; None where the two say nothing."""
    if change.before is None or change.now is None or change.delta is None:
        return None
    turned = -1 if better is Better.LOWER else 1
    return Course(
        person=person,
        before=change.before,
        now=change.now,
        gain=turned * change.delta,
        turn=_turn(change.verdict, change.way),
    )


def of_goals(person: Hashable, ratings: Sequence[tuple[float, float]]) -> Course:
    """One person's course over their goals' first and last ratings: the means of both."""
    n = len(ratings)
    before, now = sum(first for first, _ in ratings) / n, sum(last for _, last in ratings) / n
    gain = now - before
    way = Way.BETTER if gain > 0 else Way.WORSE
    return Course(person=person, before=before, now=now, gain=gain, turn=_turn(worth(gain), way))


def _turn(verdict: Verdict, way: Way) -> Turn:
    if verdict is Verdict.NO_FIGURE or way is Way.UNKNOWN:
        return Turn.NO_FIGURE
    if verdict not in WORTH_SOMETHING:
        return Turn.NEITHER
    return Turn.BETTER if way is Way.BETTER else Turn.WORSE


def figures(courses: Sequence[Course], *, least: int = LEAST) -> Figures | None:
    """What came of it for these people; None below so many, for they could be recognised.

    Raises ValueError where somebody is counted twice.
    """
    n = len(courses)
    if len({one.person for one in courses}) < n:
        raise ValueError("Somebody is counted twice in one group.")
    if n < max(least, LEAST):
        return None
    gain = fmean(one.gain for one in courses)
    spread = sqrt(sum((one.gain - gain) ** 2 for one in courses) / (n - 1))
    low, high = of_mean(gain, spread, n) or (gain, gain)
    has_figure = all(one.turn is not Turn.NO_FIGURE for one in courses)
    return Figures(
        n=n,
        before=fmean(one.before for one in courses),
        now=fmean(one.now for one in courses),
        gain=gain,
        low=low,
        high=high,
        spread=spread,
        better=_share(courses, Turn.BETTER) if has_figure else None,
        worse=_share(courses, Turn.WORSE) if has_figure else None,
    )


def _share(courses: Sequence[Course], turn: Turn) -> Share:
    hits, n = sum(one.turn is turn for one in courses), len(courses)
    low, high = wilson(hits, n) or (0.0, 1.0)
    return Share(hits=hits, n=n, share=hits / n, low=low, high=high)


def to_hide(counts: Mapping[str, int], *, least: int = LEAST) -> frozenset[str]:
    """The groups of a table that must not be shown.

    Those below `least`; and where that is a single one, the smallest other too: beside the whole,
    one gap in a table is no gap.
    """
    small = {name for name, n in counts.items() if n < least}
    others = sorted((n, name) for name, n in counts.items() if name not in small)
    if sum(counts[name] > 0 for name in small) == 1 and others:
        small.add(others[0][1])
    return frozenset(small)


def within(figures: Sequence[Figures]) -> float:
    """How far people of one group lie apart on average: the groups' spreads, pooled."""
    freedom = sum(one.n - 1 for one in figures)
    return sqrt(sum((one.n - 1) * one.spread**2 for one in figures) / freedom) if freedom else 0.0


def goes_with(*, began_at: datetime, yes_at: datetime) -> bool:
    """Whether a course that began then is counted with a service said yes to then.

    Not with one that came so late that the course was on its way without it.
    """
    return began_at - BEFORE <= yes_at <= began_at + AFTER


def period(today: date, months: int) -> tuple[date, date]:
    """The last so many months that are over: their first day, and the first day after them.

    The month that runs is left out: from one day to the next it would tell how one person went.
    """
    last = today.year * 12 + today.month - 1
    first = last - months
    return date(first // 12, first % 12 + 1, 1), date(last // 12, last % 12 + 1, 1)
