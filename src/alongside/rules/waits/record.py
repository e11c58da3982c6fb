"""The engine's own record: what it saw and simulated at each moment, beside what then happened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import SHARED, Booked, Day, Lane
from alongside.rules.waits.features import rows_of
from alongside.rules.waits.forecast import simulate
from alongside.rules.waits.laws import Laws, Usual
from alongside.rules.waits.learn import remembering
from alongside.rules.waits.past import Past

Floats = NDArray[np.float64]
GIVEN_UP = timedelta(minutes=30)
"""After so long past their time, who has not come is noted as absent."""
APART = timedelta(minutes=40)
"""Between two looks at those who wait; independent of how long anybody waits, or it would bias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One look at one person who waits: the row, nine simulated quantiles, the real minutes."""

    on: int
    row: Floats
    simulated: Floats
    real: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Looks at check-in and while waiting, in order of time."""

    arrivals: tuple[Case, ...] = ()
    waiting: tuple[Case, ...] = ()

    def since(self, day: int) -> "Record":
        """What was seen on this day and later."""
        return Record(
            arrivals=tuple(case for case in self.arrivals if case.on >= day),
            waiting=tuple(case for case in self.waiting if case.on >= day),
        )

    def __add__(self, later: "Record") -> "Record":
        return Record(arrivals=self.arrivals + later.arrivals, waiting=self.waiting + later.waiting)


def picture(
    visits: Iterable[Past], laws: Laws, *, now: datetime, zone: tzinfo = UTC, book: bool = False
) -> Day:
    """The day as it was known at `now`.

    Nothing of anybody who had not yet arrived, for a log does not say when a booking was made;
    with `book` the day's list was known in the morning, as it is in a clinic of ours.
    """
    known = [past for past in visits if book or (past.arrived_at and past.arrived_at <= now)]
    seen = tuple(_seen(past, laws, now) for past in known)
    named = sorted({visit.lane for visit in seen if visit.lane})
    lanes = tuple(_lane(lane, seen if book else ()) for lane in named) or (Lane(id=SHARED),)
    return Day(lanes=lanes, visits=seen, zone=zone)


def _lane(lane: str, known: Iterable[Booked]) -> Lane:
    """A therapist whose day begins with the first visit on their list."""
    booked = [visit.booked_at for visit in known if visit.lane == lane and visit.booked_at]
    return Lane(id=lane, opens_at=min(booked, default=None))


def _seen(past: Past, laws: Laws, now: datetime) -> Booked:
    # Somebody who starts in the minute they arrive has not started when they check in.
    since = past.started_at if past.arrived_at != now else None
    arrived = past.arrived_at if past.arrived_at and past.arrived_at <= now else None
    started = since if since and since <= now else None
    ended = past.ended_at if past.ended_at and past.ended_at <= now else None
    return Booked(
        id=past.visit,
        lane=past.lane,
        kind=past.kind,
        booked_at=past.booked_at,
        planned=timedelta(minutes=laws.planned.get(past.kind, 45.0)),
        arrived_at=arrived,
        started_at=started,
        ended_at=ended,
        gone=arrived is None and _is_gone(past, now),
    )


def _is_gone(past: Past, now: datetime) -> bool:
    """Called off by then, or never came and by then was noted as such."""
    if past.cancelled_at is not None:
        return past.cancelled_at <= now
    never = past.arrived_at is None and past.booked_at is not None
    return never and past.booked_at is not None and now >= past.booked_at + GIVEN_UP


def record(
    days: Sequence[Sequence[Past]],
    laws: Laws,
    *,
    before: Sequence[Sequence[Past]] = (),
    seed: int,
    futures: int = 200,
    zone: tzinfo = UTC,
    book: bool = False,
) -> Record:
    """What was seen on these days, each told only what was known by then; `before`: older days.

    `book`: each day's list was known in the morning.
    """
    if laws.usual is None:
        return Record()
    arrivals: list[Case] = []
    waiting: list[Case] = []
    whole = [*before, *days]
    for number, visits in enumerate(days, start=len(before)):
        own = remembering(laws, whole[max(0, number - 10) : number])
        usual = own.usual or laws.usual
        for visit, moment in _looks(visits, seed + number):
            known = visits if book else _known(visits, visit, moment)
            day = picture(known, own, now=moment, zone=zone, book=book)
            simulated, _ = simulate(day, own, now=moment, seed=seed + number, futures=futures)
            for past, row in _rows(day, usual, simulated, visits, visit, moment):
                cases = arrivals if visit else waiting
                real = minutes(past.started_at, moment) if past.started_at else 0.0
                cases.append(Case(on=number, row=row, simulated=simulated[past.visit], real=real))
    return Record(arrivals=tuple(arrivals), waiting=tuple(waiting))


def _known(visits: Sequence[Past], visit: Past | None, moment: datetime) -> Sequence[Past]:
    """At an arrival, those before it in the log; at another moment, everybody."""
    if visit is None:
        return visits
    return visits[: visits.index(visit) + 1]


def _looks(visits: Sequence[Past], seed: int) -> Iterator[tuple[Past | None, datetime]]:
    """Each arrival, then moments about `APART` from each other."""
    came = [(past, past.arrived_at) for past in visits if past.arrived_at]
    if not came:
        return
    yield from came
    bits = np.random.Generator(np.random.PCG64(seed))
    moment = min(arrived for _, arrived in came)
    last = max(past.started_at or arrived for past, arrived in came)
    while moment < last:
        moment += APART * float(bits.uniform(0.5, 1.5))
        yield None, moment.replace(second=0, microsecond=0)


def _rows(
    day: Day,
    usual: Usual,
    simulated: dict[str, Floats],
    visits: Sequence[Past],
    visit: Past | None,
    moment: datetime,
) -> Iterator[tuple[Past, Floats]]:
    rows = rows_of(day, usual, simulated, now=moment, only=visit.visit if visit else None)
    wanted = [visit] if visit else visits
    for past in wanted:
        if past.visit in rows and past.started_at:
            yield past, rows[past.visit]
