"""Times that are still free."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from alongside.rules.scheduling.hours import Span

STEP = timedelta(minutes=15)


def free_starts(
    openings: Sequence[Span],
    taken: Iterable[Span],
    *,
    planned: timedelta,
    not_before: datetime,
    step: timedelta = STEP,
) -> list[datetime]:
    """Give every start at which `planned` fits between what is taken, in order and in UTC.

    Starts stand on the quarter of an hour from each opening, and at the end of each visit, so that
    no gap is lost to the grid.
    """
    busy = sorted((s.start.astimezone(UTC), s.end.astimezone(UTC)) for s in taken)
    earliest = not_before.astimezone(UTC)
    found = {
        start
        for opening in openings
        for start in _candidates(opening, busy, step)
        if start >= earliest
        and start + planned <= opening.end.astimezone(UTC)
        and not any(b < start + planned and start < e for b, e in busy)
    }
    return sorted(found)


def _candidates(
    opening: Span, busy: list[tuple[datetime, datetime]], step: timedelta
) -> Iterator[datetime]:
    start, end = opening.start.astimezone(UTC), opening.end.astimezone(UTC)
    yield from (e for _, e in busy if start <= e < end)
    while start < end:
        yield start
        start += step


def nearest(starts: Iterable[datetime], to: datetime, *, most: int = 3) -> list[datetime]:
    """Give the few starts that are nearest to a wished time, in order of the clock."""
    wished = to.astimezone(UTC)
    near = sorted(starts, key=lambda at: (abs(at.astimezone(UTC) - wished), at))
    return sorted(near[:most])


def spread(starts: Sequence[datetime], *, most: int) -> list[datetime]:
    """Give a few of many starts, evenly over the day and in order: a choice, not a wall."""
    if len(starts) <= most:
        return list(starts)
    step = (len(starts) - 1) / (most - 1)
    return [starts[round(n * step)] for n in range(most)]
