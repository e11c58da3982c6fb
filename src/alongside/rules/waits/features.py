"""What of the day's state goes with longer waits: the row that the learned correction reads.

All in minutes from now, all known now. "Slip" is how much later than booked somebody started,
"excess" how much longer than usual for how early they came somebody waited.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import Booked, Day
from alongside.rules.waits.laws import Usual

Floats = NDArray[np.float64]
LONG_AGO = 300.0
FAR = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Those of one lane (or of the whole clinic) that have arrived, as minutes from now."""

    booked: Floats
    arrived: Floats
    started: Floats

    @classmethod
    def of(cls, visits: list[Booked], now: datetime) -> "Seen":
        found = [
            (
                minutes(visit.booked_at or visit.arrived_at, now),
                minutes(visit.arrived_at, now),
                minutes(visit.started_at, now) if visit.started_at else np.inf,
            )
            for visit in visits
            if visit.arrived_at is not None and not visit.gone
        ]
        table = np.array(sorted(found, key=lambda row: row[2])).reshape(-1, 3)
        return cls(booked=table[:, 0], arrived=table[:, 1], started=table[:, 2])


def rows_of(
    day: Day,
    usual: Usual,
    simulated: dict[str, Floats],
    *,
    now: datetime,
    only: str | None = None,
) -> dict[str, Floats]:
    """A row for each visit that is here and waits (or for one only): {visit: (features,)}.

    simulated: the nine quantiles in minutes that the futures gave each of them.
    """
    here = [
        visit
        for visit in day.visits
        if visit.is_here and visit.id in simulated and only in (None, visit.id)
    ]
    lanes = {visit.lane for visit in here}
    everybody = list(day.visits)
    by_lane = {
        lane: Seen.of([visit for visit in everybody if visit.lane == lane], now) for lane in lanes
    }
    local = now.astimezone(day.zone)
    clock = (local.hour * 60.0 + local.minute, float(local.weekday()))
    return {
        visit.id: _row(visit, by_lane[visit.lane], usual, simulated[visit.id], clock, now)
        for visit in here
    }


def _row(
    visit: Booked,
    seen: Seen,
    usual: Usual,
    simulated: Floats,
    clock: tuple[float, float],
    now: datetime,
) -> Floats:
    arrived = minutes(visit.arrived_at, now) if visit.arrived_at else 0.0
    booked = minutes(visit.booked_at, now) if visit.booked_at else arrived
    done = seen.started <= 0
    own = [booked, -arrived, booked - arrived, clock[0] + booked, *clock, *usual.drift]
    own += [float(simulated[0]), float(simulated[4]), float(simulated[8])]
    return np.array(
        own
        + _of_started(seen.booked[done], seen.arrived[done], seen.started[done], usual, booked)
        + _of_waiting(seen.booked[~done], seen.arrived[~done], usual, booked, arrived)
        + _of_list(seen.booked, booked)
        + [_excess_today(seen, done, usual), _usual_left(usual, booked, arrived)]
    )


def _of_started(
    booked: Floats, arrived: Floats, started: Floats, usual: Usual, mine: float
) -> list[float]:
    """How the day has gone: the last starts, their slips and excesses (13 numbers)."""
    n = len(started)
    if not n:
        return [LONG_AGO] * 4 + [0.0] * 10
    ago = [-float(started[-back]) if n >= back else LONG_AGO for back in (1, 2, 3, 4)]
    slip, waited = started - booked, started - arrived
    excess = waited - usual.wait(booked - arrived)
    fading = 0.6 ** np.arange(n)[::-1]
    return [
        *ago,
        float(n),
        float(slip[-1]),
        float(slip[-3:].mean()),
        float(slip[-3:].min()),
        float(slip[-3:].max()),
        float(excess[-1]),
        float((fading @ excess) / (fading.sum() + 0.5)),
        float(excess.sum() / (n + 2)),
        float((started > -60).sum()),
        mine - float(booked.max()),
    ]


def _of_waiting(
    booked: Floats, arrived: Floats, usual: Usual, mine: float, came: float
) -> list[float]:
    """Who waits with me: how many go before me, how long they have waited (11 numbers)."""
    others = ~((booked == mine) & (arrived == came))
    booked, arrived = booked[others], arrived[others]
    n = len(booked)
    if not n:
        return [0.0, 0.0, 0.0, 0.0, -FAR, 0.0, -60.0, 0.0, 0.0, 0.0, 0.0]
    ahead = booked <= mine
    over = -np.maximum(arrived, booked)
    excess = -arrived - usual.wait(booked - arrived)
    due = np.clip(-booked[ahead], -60.0, FAR)
    return [
        float(n),
        float(ahead.sum()),
        float((ahead & (booked >= mine - 60)).sum()),
        float(-arrived.min()),
        float(over.max()),
        float(np.maximum(over, 0).sum()),
        float(excess.max()),
        float(np.maximum(excess, 0).sum()),
        float(due.sum()) if ahead.any() else 0.0,
        mine - float(booked.min()),
        float((np.abs(booked - mine) <= 60).sum()),
    ]


def _of_list(booked: Floats, mine: float) -> list[float]:
    """Where I stand among those booked today who have come (5 numbers)."""
    before, after = booked[booked < mine], booked[booked > mine]
    return [
        float(len(booked)),
        float((booked == mine).sum()),
        mine - float(before.max()) if len(before) else LONG_AGO,
        float(after.min()) - mine if len(after) else LONG_AGO,
        float(((booked <= mine) & (booked > mine - FAR)).sum()),
    ]


def _excess_today(seen: Seen, done: NDArray[np.bool_], usual: Usual) -> float:
    """The day's mean excess, with those who still wait counted for what they waited so far."""
    expected = usual.wait(seen.booked - seen.arrived)
    excess = np.where(done, seen.started, 0.0) - seen.arrived - expected
    counted = np.where(done, excess, np.maximum(excess, 0.0))
    return float(counted.sum() / (len(counted) + 2))


def _usual_left(usual: Usual, booked: float, arrived: float) -> float:
    return max(float(usual.wait(np.array(booked - arrived))) + arrived, 0.0)
