"""How a goal goes, from its ratings: where it began, where it is, and any step however small."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.rules.measures.score import Verdict, reaches
from alongside.rules.measures.what_matters import NOTICED

STALLED_AFTER = timedelta(days=42)
"""Six weeks in which a goal neither moved nor was spoken of."""


class Way(StrEnum):
    """Where a rating has gone since the first one."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One rating, 0 to 10 each: how well it goes, how happy the person is with it."""

    at: datetime
    going: float
    happy: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """From the first rating to the last one; `best` is the highest so far."""

    first: float
    last: float
    best: float
    since: datetime
    way: Way

    @property
    def is_best(self) -> bool:
        """Whether today is as good as it ever was, and better than the beginning."""
        return self.last == self.best and self.way is Way.UP


def progress(ratings: Sequence[Rated]) -> Progress | None:
    """What a list of ratings in order of time says; None where nothing was rated."""
    if not ratings:
        return None
    first, last = ratings[0].going, ratings[-1].going
    if len(ratings) == 1:
        way = Way.FIRST
    elif last == first:
        way = Way.SAME
    else:
        way = Way.UP if last > first else Way.DOWN
    return Progress(
        first=first,
        last=last,
        best=max(one.going for one in ratings),
        since=ratings[0].at,
        way=way,
    )


def worth(gain: float) -> Verdict:
    """What a change of a rating is worth: two points are likely noticed; ours, not validated."""
    return Verdict.LIKELY_NOTICED if reaches(gain, NOTICED) else Verdict.NOT_YET


def step_since(ratings: Sequence[Rated], *, since: datetime | None) -> tuple[float, float] | None:
    """The rise between the last rating up to `since` and now: (from, to); None where none.

    Without `since`, between the first rating and the last. Any rise counts, however small.
    """
    if len(ratings) < 2:
        return None
    before = [one for one in ratings if since is not None and one.at <= since] or [ratings[0]]
    start, now = before[-1].going, ratings[-1].going
    return (start, now) if now > start else None


def is_stalled(
    ratings: Sequence[Rated], *, agreed_at: datetime, spoken_at: datetime | None, now: datetime
) -> bool:
    """Whether nobody rated, told or changed anything about an active goal for six weeks."""
    moments = [agreed_at, *(one.at for one in ratings)]
    if spoken_at is not None:
        moments.append(spoken_at)
    return now - max(moments) > STALLED_AFTER


def by_day(
    ratings: Sequence[Rated], days: Sequence[date]
) -> tuple[list[tuple[date, float]], list[tuple[date, float]]]:
    """The points of both lines, the last of each day: how well, how happy."""
    going: dict[date, float] = {}
    happy: dict[date, float] = {}
    for day, one in zip(days, ratings, strict=True):
        going[day] = one.going
        if one.happy is not None:
            happy[day] = one.happy
    return sorted(going.items()), sorted(happy.items())
