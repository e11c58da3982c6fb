"""The dates of a series: "six Tuesdays at 10"."""

from collections.abc import Callable
from datetime import date, timedelta

LONGEST = 52
"""A year of weeks: nobody plans further in one go."""
WEEK = 7


class SeriesTooLong(ValueError):
    """A series has from 1 to LONGEST visits."""


def weekly(
    first_on: date,
    count: int,
    *,
    every: int = 1,
    is_closed: Callable[[date], bool] = lambda _: False,
) -> list[date]:
    """Give `count` dates on the weekday of the first, every so many weeks; closed days are skipped.

    A skipped day is made up for at the end, within two years of weeks; a weekday on which the
    clinic never opens gives an empty list, not a search without end.
    """
    if not 1 <= count <= LONGEST or every < 1:
        raise SeriesTooLong(count)
    weeks = (first_on + timedelta(days=WEEK * every * n) for n in range(2 * LONGEST))
    dates: list[date] = []
    for day in weeks:
        if not is_closed(day):
            dates.append(day)
        if len(dates) == count:
            return dates
    return dates
