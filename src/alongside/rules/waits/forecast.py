"""What to expect for everybody who is here or still to come today."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.boost import LEVELS as LEVELS_ARRAY
from alongside.rules.waits.correct import corrected
from alongside.rules.waits.day import SHARED, Booked, Day
from alongside.rules.waits.futures import NEVER, starts_in_turn
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.state import Dice, ahead_of, minutes, slipping

Floats = NDArray[np.float64]
LEVELS: tuple[float, ...] = tuple(LEVELS_ARRAY.tolist())
PROMISED = timedelta(minutes=10)
"""The wait that the clinic wants nobody to exceed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How long from `now` until this visit starts, as nine quantiles that never cross.

    `over_ten`: the chance that it starts more than ten minutes after the later of arrival and
    booked time.
    """

    visit: str
    quantiles: tuple[timedelta, ...]
    over_ten: float

    @property
    def low(self) -> timedelta:
        return self.quantiles[0]

    @property
    def likely(self) -> timedelta:
        return self.quantiles[4]

    @property
    def by(self) -> timedelta:
        """8 in 10 have started before this."""
        return self.quantiles[7]

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
    return {
        visit.id: _of(visit, simulated, better, late, now)
        for visit in day.visits
        if visit.id in simulated
    }


def simulate(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int
) -> tuple[dict[str, Floats], dict[str, float]]:
    """By visit: nine quantiles in minutes from now, and the chance to wait over ten minutes."""
    visits, starts = starts_of(day, laws, now=now, seed=seed, futures=futures)
    in_order = np.sort(starts, axis=1)
    coming = (in_order < NEVER).sum(axis=1)
    simulated, late = {}, {}
    for visit, row, some in zip(visits, in_order, coming.tolist(), strict=True):
        if some:
            simulated[visit.id] = _nine(row, some)
            in_time = float(np.searchsorted(row[:some], _late_from(visit, now), side="right"))
            late[visit.id] = 1 - in_time / some
    return simulated, late


def _nine(in_order: Floats, some: int) -> Floats:
    """The nine quantiles of the first `some` of values in order."""
    at = LEVELS_ARRAY * (some - 1)
    under = at.astype(np.int64)
    over = np.minimum(under + 1, some - 1)
    low = in_order[under]
    return np.asarray(low + (at - under) * (in_order[over] - low))


def _late_from(visit: Booked, now: datetime) -> float:
    """From how many minutes on a start is more than ten minutes after it was due."""
    due = minutes(visit.due_at, now) if visit.due_at else 0.0
    return due + PROMISED / timedelta(minutes=1)


def starts_of(
    day: Day, laws: Laws, *, now: datetime, seed: int, futures: int
) -> tuple[tuple[Booked, ...], Floats]:
    """The visits to start and their starts in minutes from now: (visits, futures)."""
    dice = Dice(seed=seed, futures=futures)
    if laws.pool is None and [lane.id for lane in day.lanes] == [SHARED]:
        visits = tuple(visit for visit in day.visits if visit.is_to_start)
        return visits, slipping(day, laws, now=now, dice=dice)
    ahead = ahead_of(day, laws, now=now, dice=dice)
    starts = starts_in_turn(ahead.keys, ahead.ready, ahead.lengths, ahead.free, ahead.may)
    return ahead.visits, starts


def _of(
    visit: Booked,
    simulated: dict[str, Floats],
    better: dict[str, Floats],
    late: dict[str, float],
    now: datetime,
) -> Forecast:
    quantiles, over_ten = simulated[visit.id], late[visit.id]
    if visit.id in better:
        quantiles = better[visit.id]
        over_ten = _share_above(quantiles, _late_from(visit, now))
    lengths = tuple(timedelta(minutes=value) for value in quantiles.tolist())
    return Forecast(visit=visit.id, quantiles=lengths, over_ten=over_ten)


def _share_above(quantiles: Floats, limit: float) -> float:
    """The chance to exceed `limit` that nine quantiles speak of, their ends drawn on straight."""
    steps = np.maximum.accumulate(quantiles + np.arange(9) * 1e-9)
    low, high = 2 * steps[0] - steps[1], 2 * steps[8] - steps[7]
    values = np.concatenate([[low - 1e-6], steps, [high + 1e-6]])
    return 1 - float(np.interp(limit, values, np.concatenate([[0.0], LEVELS_ARRAY, [1.0]])))
