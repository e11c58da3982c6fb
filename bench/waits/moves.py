"""What would help, beside what carrying it out does: in a simulated clinic, event by event.

Mornings at which a therapist is held up are made up; the engine, knowing the clinic's laws, says
what would help and what it would spare whom. Then each such morning is played on some hundred times
by itself, as it is and with the move made, and the middle of what people really waited is compared.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from oracle import AWAY, PLANNED, World

from alongside.rules.waits import Booked, Day, Lane, Move, MoveKind, what_would_help
from alongside.rules.waits.clock import minutes
from alongside.rules.waits.swap import swapped

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MORNINGS, PLAYED = 40, 300
MINUTE = timedelta(minutes=1)
NOISE = 3.0
"""Minutes that a middle of so many plays may be off by itself."""


def morning(bits: np.random.Generator) -> Day:
    """10:00: the first of three therapists is held up; the others' lists may have gaps."""
    visits = []
    for lane in range(3):
        first = float(bits.uniform(-50, -35) if lane == 0 else bits.uniform(-40, -5))
        free = lane > 0 and bits.random() < 0.6
        for place in range(4):
            if free and place < 2:
                continue
            booked = first + 50 * place
            # The first of them began late by half an hour, so the next has to wait.
            late = bits.uniform(20, 35) if lane == 0 else bits.uniform(0, 5)
            began = min(booked + float(late), -1.0) if place == 0 else None
            came = booked - float(bits.uniform(0, 15))
            visits.append(
                Booked(
                    id=f"{lane}-{place}",
                    lane=str(lane),
                    kind="visit",
                    booked_at=NOW + booked * MINUTE,
                    planned=PLANNED["visit"] * MINUTE,
                    arrived_at=NOW + came * MINUTE if came <= 0 else None,
                    started_at=NOW + began * MINUTE if began is not None else None,
                )
            )
    return Day(lanes=tuple(Lane(id=str(lane)) for lane in range(3)), visits=tuple(visits))


def late_morning(bits: np.random.Generator) -> Day:
    """10:00: of each therapist's next two, the first comes late and said so; the second is here."""
    visits = []
    for lane in range(3):
        booked = float(bits.uniform(-15, 5))
        said = max(booked, 0.0) + float(bits.uniform(20, 70))
        second = booked + PLANNED["visit"]
        came = -float(bits.uniform(1, 10))
        known = {"lane": str(lane), "kind": "visit", "planned": PLANNED["visit"] * MINUTE}
        times = {
            "first": {"booked_at": booked, "late_until": said},
            "second": {"booked_at": second, "arrived_at": came},
            "third": {"booked_at": second + PLANNED["visit"] + float(bits.uniform(0, 30))},
        }
        for name, given in times.items():
            at = {key: NOW + value * MINUTE for key, value in given.items()}
            visits.append(Booked(id=f"{lane}-{name}", **known, **at))
    return Day(lanes=tuple(Lane(id=str(lane)) for lane in range(3)), visits=tuple(visits))


def carried_out(day: Day, move: Move) -> Day:
    """The day as the desk leaves it when the move is made."""
    visit, other = day.visit(move.visit), day.visit(move.other or "")
    if visit is not None and other is not None:
        return swapped(day, visit, other)
    return replace(day, visits=tuple(_moved(day, move, visit) for visit in day.visits))


def _moved(day: Day, move: Move, visit: Booked) -> Booked:
    if visit.id != move.visit:
        return visit
    if move.to_lane is not None:
        return replace(visit, lane=move.to_lane)
    if move.new_time is not None:
        return replace(visit, booked_at=move.new_time)
    # Called before those who are not here.
    absent = [
        other.booked_at for other in day.visits
        if other.lane == visit.lane and other.is_to_start and not other.is_here and other.booked_at
    ]  # fmt: skip
    return replace(visit, booked_at=min(absent) - MINUTE)


def waits(day: Day, world: World, was: Day | None = None) -> dict[str, float]:
    """Play one day on: the middle of what each who comes waits after being due, in minutes.

    Of who is here in a swap the wait counts from when they were due before it (`was`).
    """
    found: dict[str, list[float]] = {}
    for _ in range(PLAYED):
        for lane in day.lanes:
            for visit, wait in _play(day, lane.id, world):
                found.setdefault(visit, []).append(max(wait - _sooner(day, was, visit), 0.0))
    return {visit: float(np.median(cases)) for visit, cases in found.items()}


def _sooner(day: Day, was: Day | None, name: str) -> float:
    before, visit = was.visit(name) if was else None, day.visit(name)
    if before is None or visit is None or not visit.is_here:
        return 0.0
    return minutes(before.due_at or NOW, NOW) - minutes(visit.due_at or NOW, NOW)


def _play(day: Day, lane: str, world: World) -> Iterator[tuple[str, float]]:
    own = [visit for visit in day.visits if visit.lane == lane]
    free = max((_left(visit, world) for visit in own if visit.is_in_session), default=0.0)
    left = []
    for visit in own:
        if visit.is_to_start and visit.booked_at:
            booked = minutes(visit.booked_at, NOW)
            came = minutes(visit.arrived_at, NOW) if visit.arrived_at else _comes(visit, world)
            if came is not None:
                due = max(came, booked)
                left.append((max(came, due + float(world.begins()), 0.0), due, booked, came, visit))
    while left:
        at = max(free, min(ready for ready, *_ in left))
        here = [one for one in left if one[0] <= at]
        chosen = min(here, key=lambda one: max(one[2], one[3] - 10.0))
        left.remove(chosen)
        yield chosen[4].id, at - chosen[1]
        free = at + float(world.length("visit", int(lane))) + float(world.pause())


def _left(visit: Booked, world: World) -> float:
    sofar = -minutes(visit.started_at, NOW) if visit.started_at else 0.0
    lengths = world.length("visit", int(visit.lane or 0), 400)
    longer = lengths[lengths > sofar]
    return (float(longer[0]) if len(longer) else sofar + 1) - sofar + float(world.pause())


def _comes(visit: Booked, world: World) -> float | None:
    if visit.late_until is not None:
        return minutes(visit.late_until, NOW)
    booked = minutes(visit.booked_at or NOW, NOW)
    if world.bits.random() < AWAY:
        return None
    late = world.late(200)
    later = late[late + booked > 0]
    return float(later[0]) + booked if len(later) else None


def measured(title: str, mornings: list[Day], world: World, *, swaps: bool) -> None:
    """Try what would help in each morning, carry it out, and print both beside each other."""
    laws = world.laws()
    said, did, others = [], [], []
    for number, day in enumerate(mornings):
        moves = what_would_help(day, laws, now=NOW, seed=number)
        moves = [move for move in moves if (move.kind is MoveKind.SWAP) == swaps]
        as_it_is = waits(day, world) if moves else {}
        for move in moves[:2]:
            with_it = waits(carried_out(day, move), world, day if swaps else None)
            said.append(move.saves / MINUTE)
            did.append(as_it_is[move.helps] - with_it[move.helps])
            lanes = {day.visit(move.visit).lane, move.to_lane}
            others += [
                with_it[visit] for visit in with_it if day.visit(visit).lane in lanes
                and visit != move.helps and with_it[visit] > max(as_it_is[visit], 10) + NOISE
            ]  # fmt: skip
    apart = np.abs(np.array(said) - np.array(did))
    print(f"{title}, tried in a simulated clinic: {len(said)}")
    print(f"said to spare {np.mean(said):.1f} minutes, carried out spared {np.mean(did):.1f}")
    print(
        f"apart by {apart.mean():.1f} minutes on average, {np.quantile(apart, 0.9):.1f} in 9 of 10"
    )
    print(f"others who came to wait over 10 minutes by it: {len(others)}")


def main() -> int:
    world, bits = World(7), np.random.default_rng(7)
    held_up = [morning(bits) for _ in range(MORNINGS)]
    measured("moves that would help", held_up, world, swaps=False)
    late = [late_morning(bits) for _ in range(MORNINGS)]
    measured("swaps with who comes late", late, world, swaps=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
