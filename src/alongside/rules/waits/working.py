"""How long a therapist, or a shared resource, is kept: by those to come, by those in session."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import Booked, Day, Lane
from alongside.rules.waits.dice import COMES, LASTS, PAUSES, Dice, Thrown
from alongside.rules.waits.laws import Laws, Pool
from alongside.rules.waits.tables import Minutes, from_nought, length

MINUTE = timedelta(minutes=1)


def all_work(visits: Sequence[Booked], laws: Laws, pool: Pool | None, thrown: Thrown) -> Minutes:
    """Minutes that each visit keeps its therapist (or resource) from the next."""
    if pool is not None:
        return thrown.values(from_nought(pool.turn, 1.0), LASTS)
    work = _lengths(visits, laws, thrown)
    work += thrown.values(from_nought(laws.turnover), PAUSES)
    return work


def _lengths(visits: Sequence[Booked], laws: Laws, thrown: Thrown) -> Minutes:
    alike: dict[tuple[str, str | None, timedelta], list[int]] = {}
    for row, visit in enumerate(visits):
        alike.setdefault((visit.kind, visit.lane, visit.planned), []).append(row)
    if len(alike) == 1:
        return thrown.values(_table(visits[0], laws), LASTS)
    lengths = np.empty((len(visits), thrown.ranks.shape[2]), dtype=np.float32)
    for rows in alike.values():
        lengths[rows] = thrown.among(rows).values(_table(visits[rows[0]], laws), LASTS)
    return lengths


def _table(visit: Booked, laws: Laws) -> Minutes:
    return length(laws.length(visit.kind, visit.lane), _planned(visit))


def _planned(visit: Booked) -> float:
    return max(visit.planned / MINUTE, 1.0)


def free_of_lanes(day: Day, laws: Laws, now: datetime, dice: Dice) -> Minutes:
    """Minutes from now until each therapist can start somebody: (lanes, futures), none below 0."""
    free = np.zeros((len(day.lanes), dice.futures), dtype=np.float32)
    for row, lane in zip(free, day.lanes, strict=True):
        _free_from(row, lane, day, laws, now, dice)
    return free


def _free_from(free: Minutes, lane: Lane, day: Day, laws: Laws, now: datetime, dice: Dice) -> None:
    own = [visit for visit in day.visits if visit.started_at and visit.lane == lane.id]
    if not own and lane.opens_at is not None:
        late = dice.value(laws.first_delay, f"lane {lane.id}", COMES)
        np.maximum(free, minutes(lane.opens_at, now) + np.maximum(late, 0.0), out=free)
    for visit in own:
        if visit.is_in_session and visit.started_at is not None:
            left = _left_of(visit, laws, dice, minutes(now, visit.started_at))
            pause = np.maximum(dice.value(laws.turnover, visit.id, PAUSES), 0.0)
            np.maximum(free, left + pause, out=free)
    if lane.away_until is not None:
        np.maximum(free, minutes(lane.away_until, now), out=free)


def _left_of(visit: Booked, laws: Laws, dice: Dice, sofar: float) -> Minutes:
    """Minutes that a session still takes in each future, given how long it has gone on."""
    planned = _planned(visit)
    law = laws.length(visit.kind, visit.lane)
    if law.below(sofar / planned) <= 0:
        lasts = dice.of([visit.id]).values(length(law, planned), LASTS)[0]
    else:
        lasts = law.draw_above(dice.uniform(visit.id, LASTS), sofar / planned) * planned
    return np.asarray(np.maximum(lasts - sofar, 0.0), dtype=np.float32)


def free_of_pool(day: Day, pool: Pool, now: datetime, dice: Dice) -> Minutes:
    """Minutes until each unnamed resource is free: the last to start hold them, ends unknown."""
    started = sorted(
        (minutes(visit.started_at, now), visit.id)
        for visit in day.visits
        if visit.started_at is not None and visit.is_in_session
    )
    free = np.zeros((pool.resources, dice.futures), dtype=np.float32)
    for row, (since, visit) in enumerate(started[-pool.resources :]):
        free[row] = np.maximum(since + dice.value(pool.turn, visit, LASTS), 0.0)
    return free
