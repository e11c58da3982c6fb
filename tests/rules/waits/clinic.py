"""Clinics that do not exist, with laws that we know: logs and days for the tests."""

from datetime import UTC, datetime, timedelta

import numpy as np

from alongside.rules.waits import Booked, Day, Lane, Past

OPENS = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
HEADER = "visit,booked_at,arrived_at,started_at"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=float(count))


def shared_log(
    *, days: int, seed: int = 1, resources: int = 2, per_day: int = 16, every: float = 45
) -> list[Past]:
    """Starts alone, of a clinic where `resources` nobody named take whoever is booked first."""
    bits = np.random.default_rng(seed)
    log: list[Past] = []
    for number in range(days):
        opens = OPENS + timedelta(days=number)
        free = [0.0] * resources
        slots = np.arange(per_day) // resources * float(every)
        arrivals = np.round(slots - np.clip(bits.normal(15, 15, per_day), -20, 60))
        for slot, came in sorted(zip(slots, arrivals, strict=True)):
            lane = int(np.argmin(free))
            begins = float(np.ceil(max(came, slot - 5, free[lane])))
            free[lane] = begins + float(np.clip(bits.normal(44, 8), 20, 90))
            log.append(
                Past(
                    visit=f"{number}-{len(log)}",
                    booked_at=opens + minutes(slot),
                    arrived_at=opens + minutes(came),
                    started_at=opens + minutes(begins),
                )
            )
    return sorted(log, key=lambda past: past.arrived_at or opens)


def listed_log(*, days: int, seed: int = 1, ends: bool = True, every: float = 55) -> list[Past]:
    """Four therapists with their own lists; those of the last are slower by a fifth."""
    bits = np.random.default_rng(seed)
    log: list[Past] = []
    for number in range(days):
        opens = OPENS + timedelta(days=number)
        for lane in range(4):
            free = 0.0
            for slot in np.arange(8) * float(every):
                came = float(np.round(slot - bits.normal(8, 8)))
                begins = float(np.ceil(max(slot, came, free)))
                length = bits.gamma(30, 45 * (1.2 if lane == 3 else 1) / 30)
                free = begins + float(np.round(length)) + 2
                log.append(
                    Past(
                        visit=f"{number}-{lane}-{slot:.0f}",
                        lane=f"therapist {lane}",
                        kind="follow-up",
                        booked_at=opens + minutes(slot),
                        arrived_at=opens + minutes(came),
                        started_at=opens + minutes(begins),
                        ended_at=opens + minutes(free - 2) if ends else None,
                    )
                )
    return sorted(log, key=lambda past: past.arrived_at or opens)


def lines_of(log: list[Past]) -> list[str]:
    """A log as the lines of its file, with offsets."""

    def cell(moment: datetime | None) -> str:
        return moment.isoformat() if moment else ""

    return [HEADER] + [
        ",".join([past.visit, cell(past.booked_at), cell(past.arrived_at), cell(past.started_at)])
        for past in log
    ]


def morning(*, lanes: int = 2, each: int = 4, now: datetime | None = None) -> Day:
    """10:12 at a clinic: the first of each list in session since 9:58, the second here, the rest
    still to come."""
    now = now or OPENS + minutes(132)
    visits = []
    for lane in range(lanes):
        for place in range(each):
            visits.append(
                Booked(
                    id=f"{lane}-{place}",
                    lane=f"therapist {lane}",
                    kind="follow-up",
                    booked_at=now - minutes(17) + minutes(30 * place),
                    planned=minutes(30),
                    arrived_at=now - minutes(20) if place < 2 else None,
                    started_at=now - minutes(14) if place == 0 else None,
                )
            )
    return Day(
        lanes=tuple(Lane(id=f"therapist {lane}", opens_at=OPENS) for lane in range(lanes)),
        visits=tuple(visits),
    )
