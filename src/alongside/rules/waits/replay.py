"""What a replayed log shows: how good the told waits were, beside answers that need no engine."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta, tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.baselines import baselines
from alongside.rules.waits.clock import minutes
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.living import Lived, Policy, Settings, Told, live_through
from alongside.rules.waits.log import Log
from alongside.rules.waits.scores import Scores, scores
from alongside.rules.waits.telling import Telling, next_telling

Floats = NDArray[np.float64]
TEN = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
MANY = 100
"""Visits below which a share of a part says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Shares of the told visits: both wait clocks within ten minutes, "by" times kept."""

    within_ten_of_arrival: float
    within_ten_of_due: float
    first_by: float
    first_by_in_month: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """The share inside the 80 % interval in each part of the told visits with `MANY` or more."""

    by_hour: Mapping[str, float]
    by_weekday: Mapping[str, float]
    by_fifth: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What one person was told at check-in: quantiles and range in minutes, and the moment."""

    visit: str
    quantiles: tuple[float, ...]
    told_low: float
    told_high: float
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer of `alongside replay`. None where nothing was told."""

    rows: int
    left_out: Mapping[str, tuple[int, ...]]
    learned: int
    told: int
    learned_days: int
    told_days: int
    engine: Scores | None
    baselines: Mapping[str, Scores]
    kept: Kept | None
    covers: Covers | None
    silent_overruns: int
    updates_per_visit: float | None
    updates: int
    update_ms_p50: float | None
    update_ms_p99: float | None
    predictions: tuple[Prediction, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON, without the rows of predictions."""
        page = asdict(self)
        del page["predictions"]
        return page


def replay(
    log: Log,
    *,
    settings: Settings | None = None,
    prior: Laws | None = None,
    clock: Callable[[], float] | None = None,
    policy: Policy = next_telling,
) -> Report:
    """Live a log through and report on its told part; `clock` in seconds, only to measure."""
    lived = live_through(
        log,
        settings=settings or Settings(),
        prior=prior or Laws.prior(),
        clock=clock or (lambda: 0.0),
        policy=policy,
    )
    return report(lived, timed=clock is not None)


def report(lived: Lived, *, timed: bool) -> Report:
    told = lived.told
    updates = sum(len(visit.tellings) - 1 for visit in told)
    milliseconds = np.array(lived.seconds) * 1000 if timed and lived.seconds else None
    return Report(
        rows=lived.log.rows,
        left_out={str(why): lines for why, lines in lived.log.left_out.items()},
        learned=len(lived.learned),
        told=len(told),
        learned_days=lived.days[0],
        told_days=lived.days[1],
        engine=_engine(told),
        baselines=baselines(lived.learned, [visit.past for visit in told], zone=lived.log.zone),
        kept=_kept(told, lived.log.zone),
        covers=_covers(told, lived.log.zone),
        silent_overruns=sum(overran_in_silence(visit) for visit in told),
        updates_per_visit=updates / len(told) if told else None,
        updates=len(lived.seconds),
        update_ms_p50=None if milliseconds is None else float(np.quantile(milliseconds, 0.5)),
        update_ms_p99=None if milliseconds is None else float(np.quantile(milliseconds, 0.99)),
        predictions=tuple(_prediction(visit, lived.log.zone) for visit in told),
    )


def _quantiles(visit: Told) -> tuple[float, ...]:
    return tuple(length / MINUTE for length in visit.forecast.quantiles)


def _engine(told: Sequence[Told]) -> Scores | None:
    if not told:
        return None
    quantiles = np.array([_quantiles(visit) for visit in told])
    real = np.array([visit.past.waited for visit in told], dtype=np.float64)
    return scores(real, quantiles[:, 4], quantiles)


def _kept(told: Sequence[Told], zone: tzinfo) -> Kept | None:
    if not told:
        return None
    months: dict[str, list[bool]] = defaultdict(list)
    for visit in told:
        arrived = visit.tellings[0].told_at.astimezone(zone)
        months[f"{arrived:%Y-%m}"].append(_in_time(visit, visit.tellings[0]))
    return Kept(
        within_ten_of_arrival=_share([(visit.past.waited or 0) <= 10 for visit in told]),
        within_ten_of_due=_share([_after_due(visit) <= 10 for visit in told]),
        first_by=_share([_in_time(visit, visit.tellings[0]) for visit in told]),
        first_by_in_month={month: _share(kept) for month, kept in sorted(months.items())},
    )


def _covers(told: Sequence[Told], zone: tzinfo) -> Covers | None:
    if not told:
        return None
    fifths = np.quantile([visit.forecast.likely / MINUTE for visit in told], [0.2, 0.4, 0.6, 0.8])

    def hour(visit: Told) -> str:
        booked = visit.past.booked_at
        return f"{booked.astimezone(zone):%H}" if booked else ""

    def weekday(visit: Told) -> str:
        return f"{visit.tellings[0].told_at.astimezone(zone):%u}"

    def fifth(visit: Told) -> str:
        return str(1 + int(np.searchsorted(fifths, visit.forecast.likely / MINUTE)))

    return Covers(
        by_hour=_inside_by(told, hour),
        by_weekday=_inside_by(told, weekday),
        by_fifth=_inside_by(told, fifth),
    )


def _inside_by(told: Sequence[Told], part: Callable[[Told], str]) -> dict[str, float]:
    parts: dict[str, list[bool]] = defaultdict(list)
    for visit in told:
        low, high = visit.forecast.low / MINUTE, visit.forecast.high / MINUTE
        parts[part(visit)].append(low <= (visit.past.waited or 0.0) <= high)
    return {name: _share(inside) for name, inside in sorted(parts.items()) if len(inside) >= MANY}


def _share(kept: Sequence[bool]) -> float:
    return sum(kept) / len(kept)


def _in_time(visit: Told, telling: Telling) -> bool:
    return visit.past.started_at is not None and visit.past.started_at <= telling.by


def _after_due(visit: Told) -> float:
    """Minutes from the later of arrival and booked time to the start."""
    return (visit.past.waited or 0.0) - max(visit.past.early, 0.0)


def overran_in_silence(visit: Told) -> bool:
    """Whether a told time passed by more than ten minutes without news before it passed."""
    started = visit.past.started_at
    if started is None:
        return False
    later = [telling.told_at for telling in visit.tellings[1:]] + [started]
    return any(
        minutes(started, telling.by) > TEN / MINUTE and minutes(news, telling.by) > 0
        for telling, news in zip(visit.tellings, later, strict=True)
    )


def _prediction(visit: Told, zone: tzinfo) -> Prediction:
    first = visit.tellings[0]
    return Prediction(
        visit=visit.past.visit,
        quantiles=_quantiles(visit),
        told_low=first.low / MINUTE,
        told_high=first.high / MINUTE,
        told_by=first.by.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes"),
    )
