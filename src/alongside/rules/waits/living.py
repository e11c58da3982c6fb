"""A clinic's log lived through once more, strictly in order of time, by the engine that serves.

The first days are learned from; on the others each person is told at check-in and corrected while
they wait, with what was known at that moment. Every night the engine looks back at the day; every
few weeks it learns anew from all days so far.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from alongside.rules.waits.follow import RECENT, overnight
from alongside.rules.waits.forecast import Forecast, forecast
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.learn import learn, remembering
from alongside.rules.waits.log import Log, without_early_birds
from alongside.rules.waits.past import Past, by_day
from alongside.rules.waits.promise import so_far
from alongside.rules.waits.record import Record, picture, record
from alongside.rules.waits.teach import teach
from alongside.rules.waits.telling import LEAD, Telling, first_telling, next_telling

Policy = Callable[..., Telling | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to replay: `every` how many minutes it looks beside the events, `relearn` after days."""

    learn: float = 0.7
    seed: int = 1
    futures: int = 1000
    record_futures: int = 200
    every: int = 5
    relearn: int = 28
    update: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person's visit: the forecast at check-in and everything they were told."""

    past: Past
    forecast: Forecast
    tellings: tuple[Telling, ...]


@dataclass(slots=True)
class Clinic:
    """What the replay has learned so far; the one thing here that changes."""

    laws: Laws
    record: Record
    days: list[list[Past]]
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """The told part of a replayed log, with seconds of each update if a clock was given."""

    log: Log
    learned: tuple[Past, ...]
    told: tuple[Told, ...]
    laws: Laws
    days: tuple[int, int]
    seconds: tuple[float, ...] = field(default=(), repr=False)


def live_through(
    log: Log,
    *,
    settings: Settings,
    prior: Laws,
    clock: Callable[[], float] = lambda: 0.0,
    policy: Policy = next_telling,
) -> Lived:
    """Live the log through; `clock` only measures, `policy` decides on later news."""
    whole = by_day(log.visits, zone=log.zone)
    log = without_early_birds(log, days=int(len(whole) * settings.learn))
    days = by_day(log.visits, zone=log.zone)
    cut = int(len(days) * settings.learn)
    clinic = _first_lesson(days[:cut], settings, prior, log.zone)
    told: list[Told] = []
    seconds: list[float] = []
    for number, day in enumerate(days[cut:], start=cut):
        told += _live_day(day, clinic.laws, number, settings, log.zone, clock, seconds, policy)
        _night(clinic, day, settings, prior, log.zone)
    return Lived(
        log=log,
        learned=tuple(past for day in days[:cut] for past in day),
        told=tuple(told),
        laws=clinic.laws,
        days=(cut, len(days) - cut),
        seconds=tuple(seconds),
    )


def _first_lesson(days: list[list[Past]], settings: Settings, prior: Laws, zone: tzinfo) -> Clinic:
    laws = learn([past for day in days for past in day], prior=prior, zone=zone)
    seen = record(days, laws, seed=settings.seed, futures=settings.record_futures, zone=zone)
    return Clinic(laws=teach(laws, seen, seed=settings.seed), record=seen, days=list(days))


def _night(clinic: Clinic, day: list[Past], settings: Settings, prior: Laws, zone: tzinfo) -> None:
    """After a day: look back at it, nudge the shifts, note the drift, now and then learn anew."""
    seen = record(
        [day],
        clinic.laws,
        before=clinic.days,
        seed=settings.seed,
        futures=settings.record_futures,
        zone=zone,
    )
    clinic.record += seen
    clinic.laws = overnight(clinic.laws, clinic.record.since(len(clinic.days) + 1 - RECENT))
    clinic.days.append(day)
    clinic.since += 1
    first_lessons = len(clinic.days) <= settings.relearn
    if clinic.since >= (5 if first_lessons else settings.relearn):
        _learn_anew(clinic, settings, prior, zone)
    clinic.laws = remembering(clinic.laws, clinic.days[-10:])


def _learn_anew(clinic: Clinic, settings: Settings, prior: Laws, zone: tzinfo) -> None:
    clinic.since = 0
    if clinic.laws.correction is None:
        fresh = _first_lesson(clinic.days, settings, prior, zone)
        clinic.laws, clinic.record = fresh.laws, fresh.record
    else:
        clinic.laws = teach(clinic.laws, clinic.record, seed=settings.seed, anew=False)


def _live_day(
    day: Sequence[Past],
    laws: Laws,
    number: int,
    settings: Settings,
    zone: tzinfo,
    clock: Callable[[], float],
    seconds: list[float],
    policy: Policy,
) -> list[Told]:
    told: dict[str, tuple[Forecast, list[Telling]]] = {}

    def promises(visits: Sequence[Past]) -> Iterator[tuple[datetime, datetime | None]]:
        for past in visits:
            if past.visit in told:
                yield told[past.visit][1][0].by, past.started_at

    def look(visits: Sequence[Past], now: datetime) -> dict[str, Forecast]:
        known = replace(
            picture(visits, laws, now=now, zone=zone), promises=so_far(promises(visits), now)
        )
        before = clock()
        seen = forecast(known, laws, now=now, seed=settings.seed + number, futures=settings.futures)
        seconds.append(clock() - before)
        return seen

    came = [(past, past.arrived_at) for past in day if past.arrived_at]
    events = sorted(
        {(arrived, place) for place, (_, arrived) in enumerate(came)}
        | {(past.started_at, len(came)) for past in day if past.started_at}
    )
    for turn, (now, place) in enumerate(events):
        seen: dict[str, Forecast] | None = None
        if place < len(came):
            own = came[place][0]
            seen = look([past for past, _ in came[: place + 1]], now)
            if own.visit in seen:
                first = first_telling(seen[own.visit], now=now)
                told[own.visit] = (seen[own.visit], [first])
        if settings.update:
            until = events[turn + 1][0] if turn + 1 < len(events) else now
            _update(day, told, look, seen, now, until, settings, policy)
    return [
        Told(past=past, forecast=told[past.visit][0], tellings=tuple(told[past.visit][1]))
        for past in day
        if past.visit in told and past.started_at
    ]


def _update(
    day: Sequence[Past],
    told: dict[str, tuple[Forecast, list[Telling]]],
    look: Callable[[Sequence[Past], datetime], dict[str, Forecast]],
    seen: dict[str, Forecast] | None,
    now: datetime,
    until: datetime,
    settings: Settings,
    policy: Policy,
) -> None:
    """From one event to the next: look at those who wait, and tell who has to be told.

    `seen`: what a check-in has just been answered with, the last event of its minute.
    """
    while now < until:
        waiting = {
            past.visit: told[past.visit][1]
            for past in day
            if past.visit in told and past.started_at and past.started_at > now
        }
        if not waiting:
            return
        seen = look(day, now) if seen is None else seen
        for name, tellings in waiting.items():
            news = policy(seen[name], told=tellings[-1], now=now) if name in seen else None
            if news is not None:
                tellings.append(news)
        soonest = min(tellings[-1].by for tellings in waiting.values()) - LEAD
        seen = None
        step = now + timedelta(minutes=settings.every)
        now = min(step, max(soonest, now + timedelta(minutes=1)))
