"""When the clinic is open, in its own clock times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from alongside.rules.scheduling.clock_times import NoSuchTime, instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """One stretch of a weekday (0 is Monday) in which the clinic is open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of real time, in UTC; it holds its start and not its end."""

    start: datetime
    end: datetime


def open_spans(hours: Sequence[Hours], day: date, zone: ZoneInfo) -> list[Span]:
    """Give a day's open stretches in order, those that touch made one."""
    today = sorted((h for h in hours if h.weekday == day.weekday()), key=lambda h: h.opens)
    spans: list[Span] = []
    for one in today:
        start, end = _kept(day, one.opens, zone), _kept(day, one.closes, zone)
        if spans and start <= spans[-1].end:
            spans[-1] = Span(start=spans[-1].start, end=max(end, spans[-1].end))
        else:
            spans.append(Span(start=start, end=end))
    return spans


def is_open(hours: Sequence[Hours], start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clinic is open from start to end; where no hours are set, nobody said no."""
    if not hours:
        return True
    day = start.astimezone(zone).date()
    begins, ends = start.astimezone(UTC), end.astimezone(UTC)
    return any(s.start <= begins and ends <= s.end for s in open_spans(hours, day, zone))


def _kept(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Opening at a time that the clocks jump over means opening when they have jumped."""
    try:
        return instant(day, at, zone).astimezone(UTC)
    except NoSuchTime:
        return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
