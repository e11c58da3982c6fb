"""Visits around the nights on which clocks change, and what was true of them by the world's clock.

The oracle counts whole seconds since 1970 and knows no zones.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/Paris",
    "Europe/Helsinki",
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
    # Half an hour, and on the other half of the world.
    "Australia/Lord_Howe",
)
YEAR = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One visit, in seconds since 1970."""

    zone: ZoneInfo
    booked: int
    planned: int
    arrived: int
    told: int
    by: int
    started: int

    def at(self, second: int, zone: ZoneInfo | None = None) -> datetime:
        """A moment as an aware datetime: in UTC, as the database gives it, or on the wall."""
        return datetime.fromtimestamp(second, zone or UTC)

    @property
    def since_check_in(self) -> int:
        return self.started - self.arrived

    @property
    def past_time(self) -> int:
        return max(self.started - max(self.arrived, self.booked), 0)


def changes(zone: ZoneInfo) -> list[int]:
    """The seconds at which this zone's clocks change in the year."""
    first = int(datetime(YEAR, 1, 1, tzinfo=UTC).timestamp())
    steps = range(first, first + 365 * 86400, 1800)
    offset = {at: datetime.fromtimestamp(at, zone).utcoffset() for at in steps}
    return [at for at in steps if at - 1800 in offset and offset[at] != offset[at - 1800]]


def nights(name: str, many: int) -> Iterator[Night]:
    """So many visits around both changes of a zone, the same ones each time."""
    zone, dice = ZoneInfo(name), random.Random(f"nights of {name}")
    both = changes(zone)
    for number in range(many):
        arrived = both[number % len(both)] + dice.randrange(-3 * 3600, 3 * 3600)
        started = arrived + dice.randrange(0, 2 * 3600)
        yield Night(
            zone=zone,
            booked=arrived + dice.randrange(-3600, 5400),
            planned=60 * dice.randrange(20, 120),
            arrived=arrived,
            told=arrived,
            by=arrived + 60 * dice.randrange(0, 150),
            started=started,
        )


def off_by(found: timedelta | None, true: int) -> float:
    """How many seconds a length is away from the truth; None counts as infinitely many."""
    return float("inf") if found is None else abs(found.total_seconds() - true)
