"""When to say what: the policy between a forecast and a person who waits.

Told once at check-in; again only when it matters, never in small steps, and always before a told
time passes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alongside.rules.waits.forecast import Forecast

STEP = timedelta(minutes=5)
LEAD = timedelta(minutes=2)
"""A told time is renewed when it is this near, so that the news can be read before it passes."""
SOONEST = timedelta(minutes=5)
"""No "by" is told that is nearer than this."""
APART = timedelta(minutes=10)
"""Later news comes at most once in this time."""
SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a client was told: a range in steps of five minutes, and a time.

    `low` and `high` are lengths from `told_at`; `by` is the moment before which 8 in 10 start.
    `news` counts the tellings before this one, `longer` those that lengthened.
    """

    low: timedelta
    high: timedelta
    by: datetime
    likely: timedelta
    told_at: datetime
    news: int = 0
    longer: int = 0

    def holds(self, start: datetime) -> bool:
        """Whether a start at this moment lies in the range that was told."""
        after = timedelta(seconds=start.timestamp() - self.told_at.timestamp())
        return self.low <= after <= self.high


def first_telling(forecast: Forecast, *, now: datetime) -> Telling:
    """What to say at check-in."""
    return _tell(forecast, forecast.by, now=now, soonest=SOONEST, news=0, longer=0)


def next_telling(forecast: Forecast, *, told: Telling, now: datetime) -> Telling | None:
    """What to say now to somebody who was told before; None while what was said still holds."""
    running_out = minutes_until(told.by, now) <= LEAD / timedelta(minutes=1)
    if not running_out and not _is_news(forecast, told=told, now=now):
        return None
    lengthens = running_out or _moved(forecast, told=told, now=now) > timedelta(0)
    longer = told.longer + lengthens
    soonest = SOONEST
    if lengthens:
        soonest = max(soonest, timedelta(minutes=minutes_until(told.by, now)) + STEP)
    by = max(forecast.by, forecast.high) if longer > 1 else forecast.by
    return _tell(forecast, by, now=now, soonest=soonest, news=told.news + 1, longer=longer)


def minutes_until(moment: datetime, now: datetime) -> float:
    return (moment.timestamp() - now.timestamp()) / 60


def _is_news(forecast: Forecast, *, told: Telling, now: datetime) -> bool:
    too_soon = told.news > 0 and minutes_until(now, told.told_at) * 60 < APART.total_seconds()
    enough = max(STEP, forecast.likely * SHARE)
    moved = abs(_moved(forecast, told=told, now=now)) >= enough
    return not too_soon and moved and not told.holds(now.astimezone(UTC) + forecast.likely)


def _moved(forecast: Forecast, *, told: Telling, now: datetime) -> timedelta:
    """How much later the likely start is than was told."""
    since = timedelta(minutes=minutes_until(now, told.told_at))
    return since + forecast.likely - told.likely


def _tell(
    forecast: Forecast, by: timedelta, *, now: datetime, soonest: timedelta, news: int, longer: int
) -> Telling:
    now = now.astimezone(UTC)
    likely = max(forecast.likely, timedelta(0))
    last = max(by, soonest)
    return Telling(
        low=max(forecast.quantiles[1], timedelta(0)) // STEP * STEP,
        high=-(-last // STEP) * STEP,
        by=_to_the_minute(now + last),
        likely=likely,
        told_at=now,
        news=news,
        longer=longer,
    )


def _to_the_minute(moment: datetime) -> datetime:
    """The nearest minute: always rounding up would have 82 in 100 keep what 80 should."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
