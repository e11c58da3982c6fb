"""Services, groups and resources offered by what somebody finds hard, never by who they are.

A need weighs severity (0 to 4: a performance qualifier or a barrier) x importance (0 to 10) / 10.
A service says which codes it helps with. It covers a need wholly (1) where it names the need's code
or what that code belongs to ("d5" covers "d540"), and half (0.5) where it names a part of it
("d5400" for "d540"). Coverage of a choice S = sum(w x max over S of c) / sum(w). The choice is made
one by one, each time by what is added; ties go to the shorter wait. Diagnosis, age and payer cannot
be said here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WHOLLY, HALF = 1.0, 0.5
NOTHING = 1e-9
"""Weight below which nothing is added, and two services add the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that is hard, by its ICF code; `words` in the client's own words."""

    code: str
    severity: float
    importance: float
    words: str = ""

    @property
    def weight(self) -> float:
        return self.severity * self.importance / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Something that a clinic can offer: the codes or chapters it helps with, its wait in days."""

    id: str
    covers: tuple[str, ...]
    name: str = ""
    wait_days: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One service of the choice, in order: its own coverage, what it adds, and the needs it is for.

    `alone` and `adds` are shares 0 to 1 of all that is needed; `covered` the codes that it covers
    at all, those that it newly covers (or covers better) first in `new`.
    """

    service: Service
    alone: float
    adds: float
    covered: tuple[str, ...]
    new: tuple[str, ...]
    in_part: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The whole answer: what to offer, how much of what is needed that covers, and what is left.

    `alone`: each service's own share, in the order given. `uncovered`: codes of needs that nothing
    chosen touches; `in_part`: of those that are covered by half.
    """

    total: float
    offers: tuple[Offer, ...]
    coverage: float
    uncovered: tuple[str, ...]
    in_part: tuple[str, ...]
    alone: tuple[float, ...] = field(repr=False)


def covers(tag: str, code: str) -> float:
    """How far something tagged so covers a need of this code: 1, 0.5 or 0."""
    if code.startswith(tag):
        return WHOLLY
    return HALF if tag.startswith(code) else 0.0


def match(needs: Sequence[Need], services: Sequence[Service], *, most: int | None = None) -> Match:
    """What to offer somebody with these needs, at most so many; nothing where nothing fits."""
    weights = np.array([need.weight for need in needs], dtype=np.float64)
    total = float(weights.sum())
    table = _table(needs, services)
    # By need, so that what a choice changes is a few whole rows.
    by_need = np.ascontiguousarray(table.T)
    added = weights @ by_need if needs else np.zeros(len(services))
    alone = added / total if total else np.zeros(len(services))
    waits = np.array([service.wait_days for service in services])
    best = np.zeros(len(needs))
    offers: list[Offer] = []
    while total and len(offers) < min(len(services), most or len(services)):
        ties = np.flatnonzero(added >= added.max() - NOTHING)
        chosen = int(ties[np.argmin(waits[ties])])
        if added[chosen] <= NOTHING:
            break
        share = float(added[chosen]) / total
        offers.append(_offer(services[chosen], needs, table[chosen], best, share, alone[chosen]))
        for need in np.flatnonzero(table[chosen] > best):
            before, now = best[need], table[chosen, need]
            lost = np.maximum(by_need[need] - before, 0) - np.maximum(by_need[need] - now, 0)
            added -= weights[need] * lost
            best[need] = now
    real = [place for place, need in enumerate(needs) if need.weight > 0]
    return Match(
        total=total,
        offers=tuple(offers),
        coverage=float(best @ weights) / total if total else 0.0,
        uncovered=_by_weight(needs, [place for place in real if best[place] == 0]),
        in_part=_by_weight(needs, [place for place in real if 0 < best[place] < WHOLLY]),
        alone=tuple(alone.tolist()),
    )


def _table(needs: Sequence[Need], services: Sequence[Service]) -> Floats:
    """How far each service covers each need: (services, needs), each tag looked up once."""
    own: dict[str, list[int]] = {}
    above: dict[str, list[int]] = {}
    for place, need in enumerate(needs):
        own.setdefault(need.code, []).append(place)
        for length in range(1, len(need.code) + 1):
            above.setdefault(need.code[:length], []).append(place)
    # The first row covers nothing: what a service without codes has.
    rows: list[Floats] = [np.zeros(len(needs))]
    at: dict[str, int] = {}
    for tag in {tag for service in services for tag in service.covers}:
        values = np.zeros(len(needs))
        for length in range(1, len(tag)):
            values[own.get(tag[:length], [])] = HALF
        values[above.get(tag, [])] = WHOLLY
        at[tag] = len(rows)
        rows.append(values)
    if not services:
        return np.zeros((0, len(needs)))
    named = [[at[tag] for tag in service.covers] or [0] for service in services]
    begins = np.cumsum([0, *(len(tags) for tags in named[:-1])])
    flat = np.array([tag for tags in named for tag in tags])
    return np.asarray(np.maximum.reduceat(np.stack(rows)[flat], begins, axis=0))


def _offer(
    service: Service,
    needs: Sequence[Need],
    reach: Floats,
    best: Floats,
    adds: float,
    alone: float,
) -> Offer:
    touched = np.flatnonzero(reach > 0).tolist()
    return Offer(
        service=service,
        alone=float(alone),
        adds=adds,
        covered=_by_weight(needs, touched),
        new=_by_weight(needs, [place for place in touched if reach[place] > best[place]]),
        in_part=_by_weight(needs, [place for place in touched if reach[place] < WHOLLY]),
    )


def _by_weight(needs: Sequence[Need], places: Iterable[int]) -> tuple[str, ...]:
    return tuple(
        needs[place].code for place in sorted(places, key=lambda place: -needs[place].weight)
    )
