"""Logs of other shapes than the one we were given: does the same engine stay true on them?

Simulated, each 120 days, read from the text of a CSV as a clinic's program would write it: lists of
therapists with kinds and ends, starts alone, no booked times, three people in ten who stay away, a
clinic that never closes, the wall clock of New York through the change to summer time. 84 days are
learned from, the others told. What counts is that nothing fails, that "by" and the interval are
kept as they say, and that no answer without an engine is better.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from alongside.rules.waits.living import Settings
from alongside.rules.waits.log import read_log
from alongside.rules.waits.replay import replay

FIRST = datetime.fromisoformat("2026-01-12")
DAYS = 120
MINUTE = timedelta(minutes=1)
KINDS = {"first": 60.0, "visit": 45.0, "splint": 25.0}
NAMES = ("Joon", "Dee", "Luc", "Amara")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a clinic is like, and what its log says of it."""

    named: bool = False
    ends: bool = False
    booked: bool = True
    away: float = 0.05
    hours: int = 9
    zone: str = "UTC"
    columns: tuple[str, ...] = ("visit", "booked_at", "arrived_at", "started_at")


ALL = ("ended_at", "kind", "started_at", "therapist", "booked_at", "arrived_at", "visit")
SHAPES = {
    "lists, kinds and ends, columns mixed": Shape(named=True, ends=True, columns=ALL),
    "lists without ends": Shape(named=True, columns=ALL),
    "starts alone": Shape(),
    "no booked times": Shape(booked=False, columns=("visit", "arrived_at", "started_at")),
    "three in ten stay away": Shape(named=True, ends=True, away=0.3, columns=ALL),
    "day and night": Shape(hours=24),
    "New York, through a clock change": Shape(zone="America/New_York"),
}


def lines_of(shape: Shape, seed: int) -> Iterator[str]:
    """The log as its file has it, in the order in which people were booked."""
    bits = np.random.default_rng(seed)
    yield ",".join(shape.columns)
    free = [0.0] * len(NAMES)
    for number in range(DAYS):
        closes = shape.hours < 24
        free = [0.0] * len(NAMES) if closes else [at - 1440 for at in free]
        for row in _a_day(bits, shape, number, free):
            yield ",".join(row.get(name, "") for name in shape.columns)


def _a_day(
    bits: np.random.Generator, shape: Shape, number: int, free: list[float]
) -> list[dict[str, str]]:
    opens = FIRST + timedelta(days=number, hours=8 if shape.hours < 24 else 0)
    come: list[tuple[float, float, int, str]] = []
    rows: list[dict[str, str]] = []
    for lane in range(len(NAMES)):
        slot = 0.0
        while slot < shape.hours * 60:
            kind = str(bits.choice(list(KINDS), p=(0.15, 0.65, 0.2)))
            came = round(slot - float(np.clip(bits.normal(8, 9), -25, 50)))
            if bits.random() < shape.away:
                rows.append(_row(shape, f"{number}-{lane}-{slot}", opens, slot, lane, kind))
            else:
                come.append((slot, came, lane, kind))
            slot += KINDS[kind] + 2
    for slot, came, lane, kind in sorted(come, key=lambda one: max(one[0], one[1] - 10)):
        at = lane if shape.named else int(np.argmin(free))
        begins = np.ceil(max(came, slot - 4 + bits.exponential(3), free[at]))
        ends = begins + max(round(KINDS[kind] * float(bits.normal(1, 0.2))), 5)
        free[at] = ends + float(bits.exponential(2))
        row = _row(shape, f"{number}-{lane}-{slot}", opens, slot, lane, kind)
        row |= {"arrived_at": _at(opens, came), "started_at": _at(opens, begins)}
        row |= {"ended_at": _at(opens, ends)} if shape.ends else {}
        rows.append(row)
    return rows


def _row(
    shape: Shape, visit: str, opens: datetime, slot: float, lane: int, kind: str
) -> dict[str, str]:
    known = {"visit": visit, "kind": kind, "therapist": NAMES[lane] if shape.named else ""}
    return known | {"booked_at": _at(opens, slot)}


def _at(opens: datetime, at: float) -> str:
    return (opens + float(at) * MINUTE).isoformat(timespec="minutes")


def main() -> int:
    settings = replace(Settings(), futures=300, every=60)
    print(
        f"{'a log of another shape':40}{'told':>6}{'MAE':>7}{'best other':>12}{'cover':>8}{'by':>8}"
    )
    for name, shape in SHAPES.items():
        log = read_log(lines_of(shape, seed=5), zone=ZoneInfo(shape.zone))
        found = replay(log, settings=settings)
        if found.engine is None or found.kept is None:
            print(f"{name:40} nothing could be told")
            return 1
        other = min(scores.mae for scores in found.baselines.values())
        print(
            f"{name:40}{found.told:6}{found.engine.mae:7.2f}{other:12.2f}"
            f"{found.engine.cover:8.1%}{found.kept.first_by:8.1%}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
