"""A shock: one of three shared resources is gone for a week. How soon does the 80 % interval cover
again what it should?

Simulated clinics (each 120 days of 36 visits) whose log says nothing of resources, ends or
reasons. The engine lives each log through, learning every night; what counts is the share of
waits inside the interval told at check-in, day by day, over ten clinics together. `--sets 3` takes
three times ten, and says what the worst of the three is.
"""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from alongside.rules.waits import Laws, Past
from alongside.rules.waits.living import Settings, Told, live_through
from alongside.rules.waits.log import Log

OPENS = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAYS, RESOURCES, EACH, EVERY = 120, 3, 12, 45
SHOCK = range(90, 97)
CLINICS = 10
MINUTE = timedelta(minutes=1)
WELL = 0.75
# The log counts in minutes: what differs by less is the same.
HALF = MINUTE / 2


def a_log(seed: int) -> list[Past]:
    bits = np.random.default_rng(seed)
    return [past for number in range(DAYS) for past in _day(bits, number)]


def _day(bits: np.random.Generator, number: int) -> list[Past]:
    opens = OPENS + timedelta(days=number)
    working = RESOURCES - (number in SHOCK)
    free = [0.0] * working
    slots = np.repeat(np.arange(EACH) * float(EVERY), RESOURCES)
    arrivals = np.round(slots - np.clip(bits.normal(12, 12, len(slots)), -20, 60))
    visits = []
    for turn, (slot, came) in enumerate(sorted(zip(slots, arrivals, strict=True))):
        at = int(np.argmin(free))
        begins = float(np.ceil(max(came, slot - 5, free[at])))
        free[at] = begins + float(np.clip(bits.normal(41, 9), 15, 90))
        visits.append(
            Past(
                visit=f"{number}-{turn}",
                booked_at=opens + slot * MINUTE,
                arrived_at=opens + came * MINUTE,
                started_at=opens + begins * MINUTE,
            )
        )
    return sorted(visits, key=lambda past: past.arrived_at or opens)


def told_in(seed: int) -> tuple[Told, ...]:
    visits = a_log(seed)
    settings = replace(Settings(), learn=80.5 / DAYS, futures=400, update=False, seed=seed)
    log = Log(visits=tuple(visits), rows=len(visits))
    return live_through(log, settings=settings, prior=Laws.prior()).told


def covers(seeds: range) -> dict[int, float]:
    """The share inside the interval in clinics of these seeds, by day."""
    inside: dict[int, list[bool]] = {}
    for seed in seeds:
        for visit in told_in(seed):
            number = (visit.tellings[0].told_at.date() - OPENS.date()).days
            waited = timedelta(minutes=visit.past.waited or 0.0)
            kept = visit.forecast.low - HALF <= waited <= visit.forecast.high + HALF
            inside.setdefault(number, []).append(kept)
    return {number: sum(kept) / len(kept) for number, kept in sorted(inside.items())}


def back_after(found: dict[int, float], first: int) -> int:
    """How many days from `first` on are below what is well, before the first that is not."""
    return next((n for n, day in enumerate(range(first, DAYS)) if found[day] >= WELL), DAYS)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sets", type=int, default=1, help="how many times ten clinics (1)")
    said, _others = ask.parse_known_args()
    sets = [covers(range(first, first + CLINICS)) for first in range(0, said.sets * 10, CLINICS)]
    before = [found[day] for found in sets for day in found if day < SHOCK.start]
    print(f"80 % cover before the shock: {np.mean(before):.1%}")
    for name, first in (("it begins", SHOCK.start), ("it ends", SHOCK.stop)):
        days = range(first, first + 7)
        shown = " ".join(f"{np.mean([found[day] for found in sets]):.0%}" for day in days)
        back = [back_after(found, first) for found in sets]
        print(f"day by day from when {name}: {shown}")
        print(
            f"back at {WELL:.0%} or more after {np.mean(back):.1f} days, {max(back)} in the worst "
            f"of {len(sets)} times ten clinics (5 asked for, aim 3)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
