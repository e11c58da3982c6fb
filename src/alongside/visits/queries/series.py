"""The dates of a series in a clinic's own days."""

from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.clinics.models import Clinic
from alongside.rules.scheduling.clock_times import NoSuchTime, instant
from alongside.rules.scheduling.hours import open_spans
from alongside.rules.scheduling.series import weekly
from alongside.visits.queries.free import hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDates:
    """What a series would be: its starts, and the days at which the clock has no such time."""

    starts: list[datetime]
    no_such_time: list[date]


def series_dates(
    clinic: Clinic,
    first_on: date,
    at: time,
    count: int,
    *,
    every: int = 1,
    even_closed: bool = False,
) -> SeriesDates:
    """Give `count` starts at one clock time; days on which the clinic is closed are skipped.

    Empty when the clinic never opens on this weekday, unless `even_closed`.
    """
    known = hours()

    def is_closed(day: date) -> bool:
        return bool(known) and not even_closed and not open_spans(known, day, clinic.zone)

    starts, gaps = [], []
    for day in weekly(first_on, count, every=every, is_closed=is_closed):
        try:
            starts.append(instant(day, at, clinic.zone))
        except NoSuchTime:
            gaps.append(day)
    return SeriesDates(starts=starts, no_such_time=gaps)
