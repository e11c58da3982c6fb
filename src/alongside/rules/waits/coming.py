"""When people come: known of those who are here, drawn for those who are still to come."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.day import Booked
from alongside.rules.waits.dice import COMES, Dice, Thrown
from alongside.rules.waits.laws import Laws
from alongside.rules.waits.tables import NEVER, Minutes, lateness


def booked_in(visits: Sequence[Booked], now: datetime) -> Minutes:
    """Minutes from now to each booked time; without one, to the arrival (at the latest now)."""
    since = now.timestamp()
    return np.array(
        [
            (visit.booked_at.timestamp() - since) / 60
            if visit.booked_at is not None
            else arrived(visit, now) or 0.0
            for visit in visits
        ],
        dtype=np.float32,
    )


def arrived(visit: Booked, now: datetime) -> float | None:
    """Minutes from now to an arrival that is known or announced, else None."""
    if visit.arrived_at is not None or visit.called_at is not None:
        return min(minutes(visit.arrived_at or now, now), 0.0)
    if visit.late_until is not None:
        return max(minutes(visit.late_until, now), 0.0)
    return None


def all_late(
    visits: Sequence[Booked],
    booked: Minutes,
    laws: Laws,
    now: datetime,
    dice: Dice,
    thrown: Thrown,
) -> tuple[Minutes, tuple[Minutes, Minutes]]:
    """Minutes after the booked time that each comes, NEVER in futures where they stay away:
    (visits, futures); and between what bounds that lies in all futures: two times (visits,).

    Most of a list are not due to come yet; the others are each looked at.
    """
    table = lateness(laws.punctuality, laws.absence)
    late = thrown.values(table, COMES)
    least = np.zeros(len(visits), dtype=np.float32)
    most = np.full_like(least, table[-1])
    earliest = -laws.punctuality.values[0]
    for row, visit in enumerate(visits):
        known = arrived(visit, now)
        if known is not None:
            late[row] = least[row] = most[row] = known - booked[row]
        elif visit.booked_at is None:
            late[row], most[row] = NEVER, 0.0
        elif booked[row] < earliest:
            late[row] = overdue(visit.id, float(booked[row]), laws, dice)
            most[row] = np.fmax.reduce(late[row], initial=0.0)
    return late, (least, most)


def overdue(visit: str, booked: float, laws: Laws, dice: Dice) -> Minutes:
    """Minutes after the booked time that somebody comes who has not come by now, NEVER where they
    stay away: the likelier, the more of those who do come would have come by now.
    """
    gone_by = laws.punctuality.below(-booked)
    away = laws.absence / (laws.absence + (1 - laws.absence) * max(1 - gone_by, 1e-4))
    share = (dice.uniform(visit, COMES) - away) / (1 - away)
    late = laws.punctuality.draw_above(np.maximum(share, 0.0), -booked)
    return np.where(share < 0, NEVER, np.maximum(late, -booked)).astype(np.float32)
