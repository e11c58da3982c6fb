"""What a clinic's log teaches: its laws, each leaning on a wider one while cases are few."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.capacity import after_a_day
from alongside.rules.waits.clock import minutes
from alongside.rules.waits.laws import Law, Laws, Pool, Usual
from alongside.rules.waits.lists import begins, sessions
from alongside.rules.waits.past import Past, by_day, in_turn

Floats = NDArray[np.float64]
LEAN = 20.0
"""As how many cases the wider law counts."""
SOME = 5
"""Turns that say how many resources there are where they are so much more regular than before."""
SHARPLY = 0.5
ENOUGH = 30
"""Visits below which a law of the whole clinic stays what it was believed to be."""
MOST_RESOURCES = 8


def learn(log: Sequence[Past], *, prior: Laws, zone: tzinfo = UTC) -> Laws:
    """The laws of this clinic, as far as this log of finished visits shows them."""
    days = by_day(log, zone=zone)
    laws = replace(
        prior,
        punctuality=_learned([-past.early for past in log if _told_when(past)], prior.punctuality),
        slip=_learned(
            [past.waited - max(past.early, 0) for past in log if past.waited is not None],
            prior.slip,
        ),
        absence=_absence(log, prior.absence),
        usual=usual_of(log, days) or prior.usual,
        n=len(log),
    )
    if any(past.lane for past in log):
        return _of_lanes(laws, log, days, prior)
    return _of_pool(laws, days)


def _told_when(past: Past) -> bool:
    return past.arrived_at is not None and past.booked_at is not None


def _learned(cases: Sequence[float], prior: Law) -> Law:
    if not cases:
        return prior
    return Law.of(np.asarray(cases)).shrunk_to(prior, weight=LEAN)


def _absence(log: Sequence[Past], prior: float) -> float:
    """The share that stays away unannounced; a log that never says so teaches nothing."""
    booked = [past for past in log if past.booked_at and not past.cancelled_at]
    away = sum(past.arrived_at is None for past in booked)
    if not away:
        return prior
    return (away + prior * LEAN) / (len(booked) + LEAN)


def usual_of(
    log: Sequence[Past], days: Sequence[Sequence[Past]], *, parts: int = 20
) -> Usual | None:
    """The median wait by how early people came, in equal parts; None below `ENOUGH` visits."""
    told = [(past.early, past.waited) for past in log if past.waited is not None]
    if len(told) < ENOUGH:
        return None
    table = np.array(told, dtype=np.float64)
    parts = min(parts, len(told) // 15)
    edges = np.unique(np.quantile(table[:, 0], np.arange(1, parts) / parts))
    found = np.searchsorted(edges, table[:, 0], side="right")
    everybody = float(np.median(table[:, 1]))
    waits = []
    for part in range(len(edges) + 1):
        own = table[found == part, 1]
        waits.append(float(np.median(own)) if len(own) else everybody)
    usual = Usual(edges=tuple(edges.tolist()), waits=tuple(waits))
    return replace(usual, drift=drift_of(days[-10:], usual))


def remembering(laws: Laws, days: Sequence[Sequence[Past]]) -> Laws:
    """The laws with what these last days showed: how long waits were, who was missing at work."""
    if laws.usual is not None:
        usual = replace(laws.usual, drift=drift_of(days[-10:], laws.usual))
        laws = replace(laws, usual=usual)
    if laws.pool is not None and days:
        starts = (
            (past.started_at.timestamp() / 60, past.arrived_at.timestamp() / 60)
            for past in days[-1]
            if past.started_at is not None and past.arrived_at is not None
        )
        laws = replace(laws, pool=after_a_day(starts, laws.pool))
    return laws


def drift_of(days: Sequence[Sequence[Past]], usual: Usual) -> tuple[float, float]:
    """The mean excess over the usual wait in the last 3 and the last 10 of these days."""
    means = []
    for last in (3, 10):
        cases = [
            (past.early, past.waited)
            for day in days[-last:]
            for past in day
            if past.waited is not None
        ]
        table = np.array(cases, dtype=np.float64).reshape(-1, 2)
        excess = table[:, 1] - usual.wait(table[:, 0])
        means.append(float(excess.sum() / (len(excess) + 10)))
    return means[0], means[1]


def _of_pool(laws: Laws, days: Sequence[Sequence[Past]]) -> Laws:
    """From starts alone: how many resources there seem to be, and how long each turn takes."""
    turns = {count: _turns(days, count) for count in range(1, MOST_RESOURCES + 1)}
    known = {count: cases for count, cases in turns.items() if len(cases) >= SOME}
    resources = _resources(known)
    if resources is None:
        return laws
    turn = Law.of(known[resources])
    early = _early_start(days)
    ready = _ready(days, resources, np.quantile(known[resources], 0.75), early)
    return replace(laws, early_start=early, pool=Pool(resources=resources, turn=turn, ready=ready))


def _resources(turns: dict[int, Floats]) -> int | None:
    """The number at which turns are most regular for their number; None if too few say so.

    Were the gaps between starts independent, the spread of k of them would shrink by the root
    of k; the first k that beats the next one shows resources that each keep their own rhythm. A k
    at which it halves at once shows it with few cases, for all are seldom busy at once.
    """
    spread = {
        count: float(cases.std() / max(cases.mean(), 1e-9) * count**0.5)
        for count, cases in turns.items()
    }
    counts = sorted(spread)
    for count, more in pairwise(counts):
        if spread[more] <= SHARPLY * spread[count]:
            return more
    counts = [count for count in counts if len(turns[count]) >= ENOUGH]
    for count, more in pairwise(counts):
        if spread[more] > 0.97 * spread[count]:
            return count
    return counts[-1] if counts else None


def _turns(days: Sequence[Sequence[Past]], count: int) -> Floats:
    """Minutes from each start to the `count`-th after it, where that person was waiting by then."""
    found = []
    for day in days:
        started = in_turn(day)
        for before, after in zip(started, started[count:], strict=False):
            if not (before.started_at and after.started_at and after.arrived_at):
                continue
            if after.arrived_at < before.started_at:
                found.append(minutes(after.started_at, before.started_at))
    return np.asarray(found)


def _early_start(days: Sequence[Sequence[Past]]) -> float:
    """How long before the booked time a start still happens: one in ten is earlier."""
    cases = [
        minutes(past.booked_at, past.started_at)
        for day in days
        for past in day
        if past.booked_at and past.started_at
    ]
    return float(np.clip(np.quantile(cases, 0.9), 0, 60)) if len(cases) >= ENOUGH else 5.0


def _ready(days: Sequence[Sequence[Past]], resources: int, turn: float, early: float) -> Law:
    """Minutes from being due to starting when the resources had surely come free."""
    found = []
    for day in days:
        started = in_turn(day)
        for number, past in enumerate(started):
            if past.started_at is None or past.arrived_at is None:
                continue
            due = max(0.0, past.early - early)
            wait = minutes(past.started_at, past.arrived_at) - due
            before = started[number - resources].started_at if number >= resources else None
            free = before is None or minutes(past.arrived_at, before) + due > turn
            if free:
                found.append(max(wait, 0.0))
    return Law.of(np.asarray(found or [5.0]))


def _of_lanes(laws: Laws, log: Sequence[Past], days: Sequence[Sequence[Past]], prior: Laws) -> Laws:
    """From therapists' own lists: lengths by kind and therapist, pauses, the first start."""
    lengths, pauses, firsts = sessions(days)
    planned = {
        kind: float(np.median([m for (k, _), cases in lengths.items() if k == kind for m in cases]))
        for kind in {kind for kind, _ in lengths}
    }
    return replace(
        laws,
        lengths=_lengths(lengths, planned, prior.lengths["|"]) if lengths else prior.lengths,
        planned=dict(prior.planned) | planned,
        turnover=_learned(pauses, prior.turnover),
        first_delay=_learned(firsts, prior.first_delay),
        begins=_learned(begins(days), prior.begins),
        early_start=_early_start(days),
        pool=None,
    )


def _lengths(
    lengths: dict[tuple[str, str], list[float]], planned: dict[str, float], prior: Law
) -> dict[str, Law]:
    """Laws as shares of the planned minutes: clinic, then kind, then kind and therapist."""
    whole: list[float] = []
    kinds: dict[str, list[float]] = defaultdict(list)
    for (kind, _), cases in lengths.items():
        shares = [case / planned[kind] for case in cases]
        whole += shares
        kinds[kind] += shares
    laws = {"|": _learned(whole, prior)}
    for kind, shares in kinds.items():
        laws[f"{kind}|"] = _learned(shares, laws["|"])
    for (kind, lane), cases in lengths.items():
        shares = [case / planned[kind] for case in cases]
        laws[f"{kind}|{lane}"] = _learned(shares, laws[f"{kind}|"])
    return laws
