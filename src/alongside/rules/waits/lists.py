"""What therapists' own lists show: how long sessions and pauses take, how late each begins."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from alongside.rules.waits.clock import minutes
from alongside.rules.waits.past import Past, in_turn

SURELY_FREE = 5.0
"""Minutes since the last session ended after which nothing of it holds the therapist up."""


def begins(days: Sequence[Sequence[Past]]) -> list[float]:
    """Minutes from being due to starting where the therapist had surely been free before."""
    found = []
    for day in days:
        for lane in sorted({past.lane for past in day if past.lane}):
            own = in_turn(past for past in day if past.lane == lane)
            for before, past in pairwise(own):
                moments = [moment for moment in (past.booked_at, past.arrived_at) if moment]
                if not moments or past.started_at is None or before.ended_at is None:
                    continue
                due = max(moments)
                if minutes(due, before.ended_at) >= SURELY_FREE:
                    found.append(minutes(past.started_at, due))
    return found


def sessions(
    days: Sequence[Sequence[Past]],
) -> tuple[dict[tuple[str, str], list[float]], list[float], list[float]]:
    """Minutes of sessions by (kind, therapist), of pauses between two, of first delays.

    Where no end is on record, a session lasts until the next starts who was waiting by then.
    """
    lengths: dict[tuple[str, str], list[float]] = defaultdict(list)
    pauses: list[float] = []
    firsts: list[float] = []
    for day in days:
        for lane in sorted({past.lane for past in day if past.lane}):
            own = in_turn(past for past in day if past.lane == lane)
            if own:
                firsts += _first_delay(own[0])
            for past, after in zip_longest(own, own[1:]):
                _read(past, after, lengths[past.kind, lane], pauses)
    return {key: cases for key, cases in lengths.items() if cases}, pauses, firsts


def _first_delay(past: Past) -> list[float]:
    moments = [moment for moment in (past.booked_at, past.arrived_at) if moment]
    if past.started_at is None or not moments:
        return []
    return [minutes(past.started_at, max(moments))]


def _read(past: Past, after: Past | None, lengths: list[float], pauses: list[float]) -> None:
    if past.started_at is None:
        return
    if past.ended_at is not None:
        lengths.append(minutes(past.ended_at, past.started_at))
    if after is None or after.started_at is None or after.arrived_at is None:
        return
    until = past.ended_at or past.started_at
    if max(after.arrived_at, after.booked_at or after.arrived_at) <= until:
        pauses += [minutes(after.started_at, past.ended_at)] if past.ended_at else []
        lengths += [] if past.ended_at else [minutes(after.started_at, past.started_at)]
