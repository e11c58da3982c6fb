"""A simulated clinic whose laws are known: how near the engine comes to one who knows them.

4 therapists with their own lists of 45-minute visits (SD 8), first visits of 60, one in ten stays
away, people come some minutes early with a long late tail. The clinic is simulated by itself, event
by event; the engine sees its log alone. Everything is said at check-in, from what is known then.
`--days 40` for a quick look.
"""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from alongside.rules.waits import Laws, Past, forecast, learn
from alongside.rules.waits.clock import minutes
from alongside.rules.waits.laws import Law
from alongside.rules.waits.night import lesson, new_lesson, night
from alongside.rules.waits.past import by_day
from alongside.rules.waits.record import picture
from alongside.rules.waits.scores import Scores, scores

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
THERAPISTS, EACH, EVERY = 4, 9, 50
PLANNED = {"first": 60.0, "visit": 45.0}
AWAY, CALLED_OFF = 0.10, 0.05
# The therapists differ: some run over, as real ones do.
PACE = (0.95, 1.0, 1.05, 1.15)
MINUTE = timedelta(minutes=1)
MANY = 20_000


class World:
    """What really happens: the laws that only the oracle knows."""

    def __init__(self, seed: int) -> None:
        self.bits = np.random.Generator(np.random.PCG64(seed))

    def length(self, kind: str, therapist: int, size: int | None = None) -> np.ndarray:
        planned = PLANNED[kind]
        spread = self.bits.normal(1.0, 8 / 45, size)
        return np.maximum(planned * PACE[therapist] * spread, 10.0)

    def late(self, size: int | None = None) -> np.ndarray:
        """Minutes after the booked time that somebody comes: early mostly, some far too late."""
        tail = np.where(self.bits.random(size) < 0.12, self.bits.exponential(9.0, size), 0.0)
        return self.bits.normal(-7.0, 6.0, size) + tail

    def pause(self, size: int | None = None) -> np.ndarray:
        return self.bits.exponential(2.5, size)

    def first_delay(self, size: int | None = None) -> np.ndarray:
        return self.bits.exponential(4.0, size)

    def begins(self, size: int | None = None) -> np.ndarray:
        """Minutes after being due that a free therapist starts somebody; sometimes before."""
        return self.bits.normal(0.5, 2.0, size) + self.bits.exponential(1.0, size)

    def laws(self) -> Laws:
        """The truth as the engine would write it: from twenty thousand draws of each."""
        lengths = {
            f"{kind}|{therapist}": Law.of(self.length(kind, therapist, MANY) / PLANNED[kind])
            for kind in PLANNED
            for therapist in range(THERAPISTS)
        }
        return replace(
            Laws.prior(),
            lengths={"|": Law.of(np.ones(40)), **lengths},
            planned=PLANNED,
            punctuality=Law.of(self.late(MANY)),
            first_delay=Law.of(self.first_delay(MANY)),
            turnover=Law.of(self.pause(MANY)),
            absence=AWAY,
            begins=Law.of(self.begins(MANY)),
        )


def a_day(world: World, number: int) -> list[Past]:
    opens = FIRST + timedelta(days=number, hours=8)
    visits = []
    for therapist in range(THERAPISTS):
        visits += _one_list(world, number, therapist, opens)
    return sorted(visits, key=lambda past: past.arrived_at or past.booked_at)


def _one_list(world: World, number: int, therapist: int, opens: datetime) -> list[Past]:
    rows, book = [], 0.0
    for place in range(EACH):
        kind = "first" if world.bits.random() < 0.15 else "visit"
        rows.append((place, kind, book))
        book += PLANNED[kind] + (EVERY - 45)
    known, come = {}, []
    for place, kind, booked in rows:
        off, away = world.bits.random() < CALLED_OFF, world.bits.random() < AWAY
        known[place] = Past(
            visit=f"{number}-{therapist}-{place}",
            booked_at=opens + booked * MINUTE,
            lane=str(therapist),
            kind=kind,
            cancelled_at=opens - timedelta(hours=12) if off else None,
        )
        if not off and not away:
            come.append((booked + float(world.late()), booked, place, kind))
    for place, arrived, started, ended in _serve(world, therapist, come):
        known[place] = replace(
            known[place],
            arrived_at=_whole(opens, arrived),
            started_at=_whole(opens, max(started, arrived)),
            ended_at=_whole(opens, ended),
        )
    return list(known.values())


def _whole(opens: datetime, at: float) -> datetime:
    """A moment as a log has it: to the second."""
    return (opens + at * MINUTE).replace(microsecond=0)


def _serve(world: World, therapist: int, come: list[tuple[float, float, int, str]]):
    """Event by event: whoever is free takes the earliest booked of those who can be taken."""
    free = max(float(world.first_delay()), 0.0)
    left = [
        (max(arrived, max(arrived, booked) + float(world.begins())), arrived, booked, place, kind)
        for arrived, booked, place, kind in sorted(come)
    ]
    while left:
        at = max(free, min(ready for ready, *_ in left))
        here = [one for one in left if one[0] <= at]
        chosen = min(here, key=lambda one: max(one[2], one[1] - 10.0))
        left.remove(chosen)
        _ready, arrived, _booked, place, kind = chosen
        ended = at + float(world.length(kind, therapist))
        yield place, arrived, at, ended
        free = ended + float(world.pause())


def told(days: list[list[Past]], laws: Laws, first: int, *, nightly: bool) -> Scores:
    """Say to everybody at check-in what these laws expect, day after day."""
    likely, quantiles, real = [], [], []
    for number in range(first, len(days)):
        day = days[number]
        for past in day:
            if past.started_at is None or past.arrived_at is None:
                continue
            known = picture(day, laws, now=past.arrived_at, book=True)
            seen = forecast(
                known.around([past.lane]), laws, now=past.arrived_at, seed=number, futures=1000
            )
            if past.visit in seen:
                quantiles.append([q / MINUTE for q in seen[past.visit].quantiles])
                likely.append(quantiles[-1][4])
                real.append(minutes(past.started_at, past.arrived_at))
        if nightly:
            laws = night(laws, day, before=days[:number], zone=UTC, seed=1)
    found = scores(np.array(real), np.array(likely), np.array(quantiles))
    assert found is not None
    return found


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--days", type=int, default=160, help="simulated days (160)")
    ask.add_argument("--seed", type=int, default=1)
    said, _others = ask.parse_known_args()
    world = World(said.seed)
    days = [a_day(world, number) for number in range(said.days)]
    cut = int(len(days) * 0.6)
    past = [one for day in days[:cut] for one in day]
    assert len(by_day(past)) == cut
    ten = [one for day in days[:10] for one in day]
    engines = {
        "the laws themselves (oracle)": (world.laws(), False),
        "day one, from the prior": (Laws.prior(), False),
        "after 10 days": (learn(ten, prior=Laws.prior()), False),
        f"after {cut} days, laws alone": (learn(past, prior=Laws.prior()), False),
        f"after {cut} days, with correction": (
            lesson(days[:cut], prior=Laws.prior(), zone=UTC, seed=1),
            True,
        ),
        f"after {cut} days, what did better": (
            new_lesson(days[:cut], old=Laws.prior(), prior=Laws.prior(), zone=UTC, seed=1),
            True,
        ),
    }
    found = {name: told(days, laws, cut, nightly=each) for name, (laws, each) in engines.items()}
    best = found["the laws themselves (oracle)"]
    print(
        f"{'told at check-in':36}{'MAE':>7}{'pinball':>9}{'cover':>8}{'width':>7}{'x oracle':>10}"
    )
    for name, one in found.items():
        print(
            f"{name:36}{one.mae:9.2f}{one.pinball:9.3f}{100 * one.cover:8.1f}%{one.width:9.1f}"
            f"{one.mae / best.mae:9.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
