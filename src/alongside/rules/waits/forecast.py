"""What to expect for everybody who is here or still to come today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS as LEVELS_ARRAY
from alongside.rules.waits.clock import minutes
from alongside.rules.waits.correct import corrected
from alongside.rules.waits.day import SHARED, Booked, Day
from alongside.rules.waits.dice import Dice
from alongside.rules.waits.futures import starts_in_turn
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.promise import BY, promised, steered
from alongside.rules.waits.state import ahead_of, slipping
from alongside.rules.waits.tables import Minutes

Floats = NDArray[np.float64]
LEVELS: tuple[float, ...] = tuple(LEVELS_ARRAY.tolist())
PROMISED = timedelta(minutes=10)
"""The wait that the clinic wants nobody to exceed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How long from `now` until this visit starts, as nine quantiles that never cross.

    `over_ten`: the chance that it starts more than ten minutes after the later of arrival and
    booked time. `promise`: the "by", where it was steered; else it is the eighth quantile.
    """

    visit: str
    quantiles: tuple[timedelta, ...]
    over_ten: float
    promise: timedelta | None = None

    @property
    def low(self) -> timedelta:
        return self.quantiles[0]

    @property
    def likely(self) -> timedelta:
        return self.quantiles[4]

    @property
    def by(self) -> timedelta:
        """8 in 10 have started before this."""
        return self.quantiles[BY] if self.promise is None else self.promise

    @property
    def high(self) -> timedelta:
        return self.quantiles[8]

    def start_band(self, now: datetime) -> tuple[datetime, datetime]:
        """From when to when the start is likely (8 in 10): the board's soft band."""
        return now.astimezone(UTC) + self.low, now.astimezone(UTC) + self.high


def forecast(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int = 1000
) -> dict[str, Forecast]:
    """Forecasts by visit id for everybody here and everybody still to come.

    Silent about those of whom nothing is known: no lane can take them, or neither a booking nor
    an arrival is on record.
    """
    simulated, late = simulate(day, laws, now=now, seed=seed, futures=futures)
    better = corrected(day, laws, simulated, now=now)
    steer = laws.promise + steered(*day.promises)
    return {
        visit.id: _of(visit, simulated, better, late, steer, now)
        for visit in day.visits
        if visit.id in simulated
    }


def simulate(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int
) -> tuple[dict[str, Floats], dict[str, float]]:
    """By visit: nine quantiles in minutes from now, and the chance to wait over ten minutes."""
    simulated: dict[str, Floats] = {}
    late: dict[str, float] = {}
    for visits, starts in starts_of(day, laws, now=now, seed=seed, futures=futures):
        in_order = np.sort(starts, axis=1)
        # NEVER stands at the end of an order.
        coming = (in_order == in_order).sum(axis=1)
        # Of those who start in no future there is nothing to say.
        said = np.flatnonzero(coming)
        in_order, coming = in_order[said], coming[said]
        known = [visits[row] for row in said.tolist()]
        limits = np.array([_late_from(visit, now) for visit in known]).reshape(-1, 1)
        too_late = 1 - (in_order <= limits).sum(axis=1) / coming
        names = [visit.id for visit in known]
        simulated |= zip(names, _nine(in_order, coming), strict=True)
        late |= zip(names, too_late.tolist(), strict=True)
    return simulated, late


def _nine(in_order: Minutes, some: NDArray[np.int64]) -> Floats:
    """The nine quantiles of the first `some` values of each row in order: (rows, 9)."""
    last = some[:, None] - 1
    at = LEVELS_ARRAY * last
    under = at.astype(np.int64)
    low = np.take_along_axis(in_order, under, axis=1)
    over = np.take_along_axis(in_order, np.minimum(under + 1, last), axis=1)
    return np.asarray(low + (at - under) * (over - low))


def _late_from(visit: Booked, now: datetime) -> float:
    """From how many minutes on a start is more than ten minutes after it was due."""
    due = minutes(visit.due_at, now) if visit.due_at else 0.0
    return due + PROMISED / timedelta(minutes=1)


def starts_of(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int
) -> Iterator[tuple[tuple[Booked, ...], Minutes]]:
    """For each part of the day that stands by itself, the visits to start, and their starts in
    minutes from now: (visits, futures).
    """
    dice = Dice(seed=seed, futures=futures)
    if laws.pool is None and [lane.id for lane in day.lanes] == [SHARED]:
        to_start = tuple(visit for visit in day.visits if visit.is_to_start)
        yield to_start, slipping(day, laws, now=now, dice=dice)
        return
    for part in day.apart():
        ahead = ahead_of(part, laws, now=now, dice=dice)
        yield (
            ahead.visits,
            starts_in_turn(ahead.keys, ahead.ready, ahead.lengths, ahead.free, ahead.may),
        )


def _of(
    visit: Booked,
    simulated: dict[str, Floats],
    better: dict[str, Floats],
    late: dict[str, float],
    steer: float,
    now: datetime,
) -> Forecast:
    quantiles, over_ten = simulated[visit.id], late[visit.id]
    if visit.id in better:
        quantiles = better[visit.id]
        over_ten = _share_above(quantiles, _late_from(visit, now))
    lengths = tuple(timedelta(0, seconds) for seconds in (quantiles * 60).tolist())
    by = float(promised(quantiles[None, :], steer)[0])
    promise = timedelta(0, by * 60)
    return Forecast(visit=visit.id, quantiles=lengths, over_ten=over_ten, promise=promise)


def _share_above(quantiles: Floats, limit: float) -> float:
    """The chance to exceed `limit` that nine quantiles speak of, their ends drawn on straight."""
    steps = np.maximum.accumulate(quantiles + np.arange(9) * 1e-9)
    low, high = 2 * steps[0] - steps[1], 2 * steps[8] - steps[7]
    values = np.concatenate([[low - 1e-6], steps, [high + 1e-6]])
    return 1 - float(np.interp(limit, values, np.concatenate([[0.0], LEVELS_ARRAY, [1.0]])))
