"""The day as arrays of minutes from now: what the futures start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from alongside.rules.waits import capacity
from alongside.rules.waits.coming import all_late, booked_in
from alongside.rules.waits.day import SHARED, Booked, Day, Lane
from alongside.rules.waits.dice import BEGINS, LASTS, PAUSES, Dice, Thrown
from alongside.rules.waits.laws import Laws, Pool
from alongside.rules.waits.tables import Minutes, from_nought, table_of
from alongside.rules.waits.working import all_work, free_of_lanes, free_of_pool

FIRST = -1e6
KEEPS_PLACE = 10.0
"""Minutes that somebody may come late and still go before those booked after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Every visit to start, as arrays: ready, lengths (visits, futures), free (lanes, futures),
    keys (visits, futures) or, where their order is the same in all futures, (visits, 1).
    """

    visits: tuple[Booked, ...]
    keys: Minutes
    ready: Minutes
    lengths: Minutes
    free: Minutes
    may: list[list[int]]


def ahead_of(day: Day, laws: Laws, *, now: datetime, dice: Dice) -> Ahead:
    """The day's remaining work in each future, from what is known now."""
    places = [place for place, visit in enumerate(day.visits) if visit.is_to_start]
    visits = tuple(day.visits[place] for place in places)
    pool = at_work(day, laws.pool) if [lane.id for lane in day.lanes] == [SHARED] else None
    # Of the whole list, which stays the same all day: its numbers are at hand.
    thrown = dice.of(visit.id for visit in day.visits).some(places)
    booked = booked_in(visits, now)
    late, bounds = all_late(visits, booked, laws, now, dice, thrown)
    called = [row for row, visit in enumerate(visits) if visit.called_at is not None]
    keys = _keys(booked, late, bounds, called)
    if pool is not None:
        ready = np.maximum(late, -laws.early_start)
        ready += thrown.values(from_nought(pool.ready), PAUSES)
        free = free_of_pool(day, pool, now, dice)
    else:
        ready = _ready(visits, day, laws, booked, late, dice, thrown)
        free = free_of_lanes(day, laws, now, dice)
    ready[called] = late[called]
    ready += booked[:, None]
    return Ahead(
        visits=visits,
        keys=keys,
        ready=ready,
        lengths=all_work(visits, laws, pool, thrown),
        free=free,
        may=_who_may(visits, day.lanes, pool),
    )


def _keys(
    booked: Minutes, late: Minutes, bounds: tuple[Minutes, Minutes], called: list[int]
) -> Minutes:
    """By what people are taken in turn: the booked time, or ten minutes before they come if that
    is later; first who has been called. Who stays away keeps their place in the book, where they
    are in nobody's way.
    """
    least, most = (booked + np.maximum(bound - KEEPS_PLACE, 0) for bound in bounds)
    least[called] = most[called] = FIRST
    order = np.argsort(least, kind="stable")
    if (most[order[:-1]] <= least[order[1:]]).all():
        return np.asarray(least[:, None])
    keys = booked[:, None] + np.fmax(late - np.float32(KEEPS_PLACE), 0)
    keys[called] = FIRST
    return np.asarray(keys)


def _ready(
    visits: Sequence[Booked],
    day: Day,
    laws: Laws,
    booked: Minutes,
    late: Minutes,
    dice: Dice,
    thrown: Thrown,
) -> Minutes:
    """Minutes from the booked time until each could start if their therapist were free: nobody is
    as exact as a clock.

    Of somebody whose therapist is free and who has been due for a while, that while is known.
    """
    busy = {visit.lane for visit in day.visits if visit.is_in_session}
    delays = thrown.values(table_of(laws.begins), BEGINS)
    for row, visit in enumerate(visits):
        if not visit.is_here or visit.lane in busy:
            continue
        since = -float(booked[row] + max(late[row, 0], 0.0))
        if since > 0 and laws.begins.below(since) > 0:
            delays[row] = laws.begins.draw_above(dice.uniform(visit.id, BEGINS), since)
    ready = np.maximum(late, np.zeros(late.shape[1], dtype=np.float32))
    ready += delays
    return np.maximum(ready, late, out=ready)


def at_work(day: Day, pool: Pool | None) -> Pool | None:
    """The shared resources that seem to be at work today."""
    if pool is None:
        return None
    starts = (
        (visit.started_at.timestamp() / 60, visit.arrived_at.timestamp() / 60)
        for visit in day.visits
        if visit.started_at is not None and visit.arrived_at is not None
    )
    return capacity.at_work(starts, pool)


def slipping(day: Day, laws: Laws, *, now: datetime, dice: Dice) -> Minutes:
    """Starts in minutes from now (visits, futures) where only the clinic's usual slip is known."""
    visits = [visit for visit in day.visits if visit.is_to_start]
    booked = booked_in(visits, now)
    thrown = dice.of(visit.id for visit in visits)
    late, _ = all_late(visits, booked, laws, now, dice, thrown)
    slips = thrown.values(table_of(laws.slip), LASTS)
    starts = np.maximum(late, 0) + slips
    for row, visit in enumerate(visits):
        if visit.is_here:
            since = float(booked[row] + max(late[row, 0], 0.0))
            slip = laws.slip.draw_above(dice.uniform(visit.id, LASTS), -since)
            starts[row] = since + slip - booked[row]
    return np.asarray(np.maximum(np.maximum(starts, late) + booked[:, None], 0.0))


def _who_may(visits: Sequence[Booked], lanes: Sequence[Lane], pool: Pool | None) -> list[list[int]]:
    if pool is not None:
        return [list(range(pool.resources))] * len(visits)
    return [_lanes_for(visit, lanes) for visit in visits]


def _lanes_for(visit: Booked, lanes: Sequence[Lane]) -> list[int]:
    named = [number for number, lane in enumerate(lanes) if lane.id == visit.lane]
    return named or [number for number, lane in enumerate(lanes) if lane.takes(visit.kind)]
