"""A finished visit as the log has it, and days of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from alongside.rules.waits.clock import minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One finished visit as the log has it; what the log lacks is None."""

    visit: str
    booked_at: datetime | None = None
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    lane: str | None = None
    kind: str = ""
    cancelled_at: datetime | None = None

    @property
    def waited(self) -> float | None:
        """Minutes from arrival to start."""
        if self.arrived_at is None or self.started_at is None:
            return None
        return minutes(self.started_at, self.arrived_at)

    @property
    def early(self) -> float:
        """Minutes before the booked time that they came."""
        if self.arrived_at is None or self.booked_at is None:
            return 0.0
        return minutes(self.booked_at, self.arrived_at)


def by_day(log: Iterable[Past], *, zone: tzinfo = UTC) -> list[list[Past]]:
    """The log cut into the clinic's days by arrival (or booking), in order of time."""
    days: dict[object, list[Past]] = defaultdict(list)
    for past in log:
        moment = past.arrived_at or past.booked_at
        if moment is not None:
            days[moment.astimezone(zone).date()].append(past)
    return [days[day] for day in sorted(days, key=str)]


def in_turn(visits: Iterable[Past]) -> list[Past]:
    """Those that started, in the order in which they did."""
    started = [(past.started_at.timestamp(), past) for past in visits if past.started_at]
    return [past for _, past in sorted(started, key=lambda pair: pair[0])]
