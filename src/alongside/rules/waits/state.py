"""The day as arrays of minutes from now: what the futures start from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.day import SHARED, Booked, Day, Lane
from alongside.rules.waits.dice import BEGINS, COMES, LASTS, PAUSES, STAYS_AWAY, STEPS, Dice, Thrown
from alongside.rules.waits.futures import NEVER
from alongside.rules.waits.laws import Law, Laws, Pool

Floats = NDArray[np.float64]
FIRST = -1e6
TURNS = 4
"""Turns that must be seen today before a resource is taken to be missing."""
KEEPS_PLACE = 10.0
"""Minutes that somebody may come late and still go before those booked after them."""


def minutes(moment: datetime, now: datetime) -> float:
    """Minutes from `now` to `moment` by the world's clock, so right across a clock change.

    Aware datetimes of one zone subtract by the wall clock; timestamps do not.
    """
    return (moment.timestamp() - now.timestamp()) / 60


def length_of(visit: Booked, laws: Laws, dice: Dice, *, sofar: float = 0.0) -> Floats:
    """Minutes that a session takes in each future, given how long it has gone on."""
    planned = max(visit.planned / timedelta(minutes=1), 1.0)
    law = laws.length(visit.kind, visit.lane)
    if law.below(sofar / planned) <= 0:
        return np.maximum(dice.value(law, visit.id, LASTS) * planned, max(sofar, 1.0))
    return law.draw_above(dice.uniform(visit.id, LASTS), sofar / planned) * planned


def pause_after(visit: str, laws: Laws, dice: Dice) -> Floats:
    return np.maximum(dice.value(laws.turnover, visit, PAUSES), 0.0)


def arrivals(visit: Booked, laws: Laws, now: datetime, dice: Dice) -> Floats:
    """Minutes from now to the arrival in each future, NEVER where the person stays away."""
    if visit.arrived_at is not None or visit.called_at is not None:
        return np.full(dice.futures, min(minutes(visit.arrived_at or now, now), 0.0))
    if visit.late_until is not None:
        return np.full(dice.futures, max(minutes(visit.late_until, now), 0.0))
    if visit.booked_at is None:
        return np.full(dice.futures, NEVER)
    booked = minutes(visit.booked_at, now)
    gone_by = laws.punctuality.below(-booked)
    away = laws.absence / (laws.absence + (1 - laws.absence) * max(1 - gone_by, 1e-4))
    if gone_by <= 0:
        comes = dice.value(laws.punctuality, visit.id, COMES) + booked
    else:
        comes = laws.punctuality.draw_above(dice.uniform(visit.id, COMES), -booked) + booked
    return np.where(dice.uniform(visit.id, STAYS_AWAY) < away, NEVER, np.maximum(comes, 0.0))


def all_arrivals(
    visits: Sequence[Booked], laws: Laws, now: datetime, dice: Dice, thrown: Thrown
) -> Floats:
    """As `arrivals`, for a whole list: (visits, futures). Most were not due to come yet."""
    booked = np.array([minutes(one.booked_at, now) if one.booked_at else 0.0 for one in visits])
    comes = thrown.values(laws.punctuality, COMES)
    comes += booked[:, None]
    np.maximum(comes, 0.0, out=comes)
    # A rank stands for the middle of its step.
    np.putmask(comes, thrown.ranks[STAYS_AWAY] < laws.absence * STEPS - 0.5, NEVER)
    for row, visit in enumerate(visits):
        is_known = visit.arrived_at or visit.called_at or visit.late_until or not visit.booked_at
        if is_known or -booked[row] > laws.punctuality.values[0]:
            comes[row] = arrivals(visit, laws, now, dice)
    return comes


def free_from(lane: Lane, day: Day, laws: Laws, now: datetime, dice: Dice) -> Floats:
    """Minutes from now until this therapist can start somebody, in each future."""
    free = np.zeros(dice.futures)
    own = [visit for visit in day.visits if visit.lane == lane.id and visit.started_at]
    if not own and lane.opens_at is not None:
        late = dice.value(laws.first_delay, f"lane {lane.id}", COMES)
        free = np.maximum(minutes(lane.opens_at, now) + np.maximum(late, 0.0), 0.0)
    for visit in own:
        if visit.is_in_session and visit.started_at is not None:
            sofar = minutes(now, visit.started_at)
            left = length_of(visit, laws, dice, sofar=sofar) - sofar
            free = np.maximum(free, left + pause_after(visit.id, laws, dice))
    if lane.away_until is not None:
        free = np.maximum(free, minutes(lane.away_until, now))
    return free


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Every visit to start, as arrays: keys, ready, lengths (visits, futures), free (lanes, ..)."""

    visits: tuple[Booked, ...]
    keys: Floats
    ready: Floats
    lengths: Floats
    free: Floats
    may: list[list[int]]


def ahead_of(day: Day, laws: Laws, *, now: datetime, dice: Dice) -> Ahead:
    """The day's remaining work in each future, from what is known now."""
    places = [place for place, visit in enumerate(day.visits) if visit.is_to_start]
    visits = tuple(day.visits[place] for place in places)
    pool = at_work(day, laws.pool) if [lane.id for lane in day.lanes] == [SHARED] else None
    # Of the whole list, which stays the same all day: its numbers are at hand.
    thrown = dice.of(visit.id for visit in day.visits)[places]
    comes = all_arrivals(visits, laws, now, dice, thrown)
    booked = _booked(visits, comes, now)
    keys = np.maximum(booked, comes - KEEPS_PLACE)
    # Who stays away keeps their place in the book, where they are in nobody's way.
    np.copyto(keys, booked, where=comes == NEVER)
    ready = _ready(visits, day, laws, comes, booked, dice, thrown)
    called = [row for row, visit in enumerate(visits) if visit.called_at is not None]
    keys[called], ready[called] = FIRST, comes[called]
    if pool is not None:
        ready = np.maximum(comes, booked - laws.early_start)
        ready += np.maximum(thrown.values(pool.ready, PAUSES), 0.0)
    return Ahead(
        visits=visits,
        keys=keys,
        ready=np.maximum(ready, 0.0),
        lengths=_work(visits, laws, pool, thrown),
        free=_free(day, laws, pool, now, dice),
        may=_who_may(visits, day.lanes, pool),
    )


def _ready(
    visits: Sequence[Booked],
    day: Day,
    laws: Laws,
    comes: Floats,
    booked: Floats,
    dice: Dice,
    thrown: Thrown,
) -> Floats:
    """Minutes until each could start if their therapist were free: nobody is as exact as a clock.

    Of somebody whose therapist is free and who has been due for a while, that while is known.
    """
    busy = {visit.lane for visit in day.visits if visit.is_in_session}
    due = np.maximum(comes, booked)
    delays = thrown.values(laws.begins, BEGINS)
    for row, visit in enumerate(visits):
        since = -float(due[row, 0]) if visit.is_here and visit.lane not in busy else 0.0
        if since > 0 and laws.begins.below(since) > 0:
            delays[row] = laws.begins.draw_above(dice.uniform(visit.id, BEGINS), since)
    return np.maximum(comes, due + delays, out=delays)


def at_work(day: Day, pool: Pool | None) -> Pool | None:
    """The shared resources that seem to be at work today: one less when turns take so much longer.

    Judged by the time from a start to the `resources`-th after it while somebody was waiting all
    along, as the pool itself was learned.
    """
    if pool is None or pool.resources < 2:
        return pool
    started = sorted(
        (visit.started_at.timestamp() / 60, visit.arrived_at.timestamp() / 60)
        for visit in day.visits
        if visit.started_at is not None and visit.arrived_at is not None
    )
    turns = [
        after[0] - before[0]
        for before, after in zip(started, started[pool.resources :], strict=False)
        if after[1] < before[0]
    ]
    usual = pool.turn.values[len(pool.turn.values) // 2]
    one_less = (1 + pool.resources / (pool.resources - 1)) / 2
    if len(turns) < TURNS or float(np.median(turns)) < one_less * usual:
        return pool
    return replace(pool, resources=pool.resources - 1)


def _booked(visits: Sequence[Booked], comes: Floats, now: datetime) -> Floats:
    """Booked times in minutes from now, one column; else the arrival where nothing was."""
    known = [minutes(visit.booked_at, now) if visit.booked_at else np.nan for visit in visits]
    booked = np.array(known).reshape(-1, 1)
    return np.where(np.isnan(booked), comes, booked) if np.isnan(booked).any() else booked


def slipping(day: Day, laws: Laws, *, now: datetime, dice: Dice) -> Floats:
    """Starts in minutes from now (visits, futures) where only the clinic's usual slip is known."""
    visits = [visit for visit in day.visits if visit.is_to_start]
    starts = np.empty((len(visits), dice.futures))
    for row, visit in enumerate(visits):
        comes = arrivals(visit, laws, now, dice)
        due = np.maximum(comes, minutes(visit.booked_at, now) if visit.booked_at else comes)
        if visit.is_here:
            since = float(due[0])
            starts[row] = since + laws.slip.draw_above(dice.uniform(visit.id, LASTS), -since)
        else:
            starts[row] = np.maximum(due + dice.value(laws.slip, visit.id, LASTS), comes)
    return starts


def _work(visits: Sequence[Booked], laws: Laws, pool: Pool | None, thrown: Thrown) -> Floats:
    """Minutes that each visit keeps its therapist (or resource) from the next."""
    if pool is not None:
        return np.maximum(thrown.values(pool.turn, LASTS), 1.0)
    planned = np.array([[max(visit.planned / timedelta(minutes=1), 1.0)] for visit in visits])
    lengths = _shares(visits, laws, thrown)
    lengths *= planned.reshape(-1, 1)
    np.maximum(lengths, 1.0, out=lengths)
    lengths += np.maximum(thrown.values(laws.turnover, PAUSES), 0.0)
    return lengths


def _shares(visits: Sequence[Booked], laws: Laws, thrown: Thrown) -> Floats:
    """Each visit's length as a share of what was planned, from the law of its kind and lane."""
    by_law: dict[Law, list[int]] = {}
    for row, visit in enumerate(visits):
        by_law.setdefault(laws.length(visit.kind, visit.lane), []).append(row)
    if len(by_law) == 1:
        return thrown.values(next(iter(by_law)), LASTS)
    shares = np.empty((len(visits), thrown.ranks.shape[2]))
    for law, rows in by_law.items():
        shares[rows] = thrown[rows].values(law, LASTS)
    return shares


def _free(day: Day, laws: Laws, pool: Pool | None, now: datetime, dice: Dice) -> Floats:
    if pool is not None:
        return shared_free(day, pool, now, dice)
    free = [free_from(lane, day, laws, now, dice) for lane in day.lanes]
    return np.stack(free) if free else np.zeros((0, dice.futures))


def shared_free(day: Day, pool: Pool, now: datetime, dice: Dice) -> Floats:
    """Minutes until each unnamed resource is free: the last to start hold them, ends unknown."""
    started = sorted(
        (minutes(visit.started_at, now), visit.id)
        for visit in day.visits
        if visit.started_at is not None and visit.is_in_session
    )
    free = np.zeros((pool.resources, dice.futures))
    for row, (since, visit) in enumerate(started[-pool.resources :]):
        free[row] = np.maximum(since + dice.value(pool.turn, visit, LASTS), 0.0)
    return free


def _who_may(visits: Sequence[Booked], lanes: Sequence[Lane], pool: Pool | None) -> list[list[int]]:
    if pool is not None:
        return [list(range(pool.resources))] * len(visits)
    return [_lanes_for(visit, lanes) for visit in visits]


def _lanes_for(visit: Booked, lanes: Sequence[Lane]) -> list[int]:
    named = [number for number, lane in enumerate(lanes) if lane.id == visit.lane]
    return named or [number for number, lane in enumerate(lanes) if lane.takes(visit.kind)]
