"""What is known about a clinic's day at one moment: who works, who is booked, who is here."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

SHARED = ""
"""The id of the one lane that stands for resources nobody named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One therapist's day, or with id "" all of a clinic's resources together."""

    id: str
    kinds: frozenset[str] | None = None
    opens_at: datetime | None = None
    away_until: datetime | None = None

    def takes(self, kind: str) -> bool:
        return self.kinds is None or kind in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """One visit of the day with what has happened to it so far (all moments aware)."""

    id: str
    lane: str | None = None
    kind: str = ""
    booked_at: datetime | None = None
    planned: timedelta = timedelta(minutes=45)
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    gone: bool = False
    late_until: datetime | None = None

    @property
    def is_here(self) -> bool:
        """Arrived, not yet started, not gone."""
        return self.arrived_at is not None and self.started_at is None and not self.gone

    @property
    def is_in_session(self) -> bool:
        return self.started_at is not None and self.ended_at is None and not self.gone

    @property
    def is_to_start(self) -> bool:
        """Here or still to come: what a forecast speaks about."""
        return self.started_at is None and not self.gone

    @property
    def due_at(self) -> datetime | None:
        """From when the wait counts: the later of the booked time and the arrival."""
        known = [moment for moment in (self.booked_at, self.arrived_at) if moment is not None]
        return max(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The whole day as it is known now; `zone` says what hour of the clinic's day it is.

    `promises`: of those who were told today by when they go in, how many did, and how many did not.
    """

    lanes: tuple[Lane, ...] = ()
    visits: tuple[Booked, ...] = ()
    zone: tzinfo = UTC
    promises: tuple[int, int] = (0, 0)

    def lane(self, named: str | None) -> Lane | None:
        return next((lane for lane in self.lanes if lane.id == named), None)

    def around(self, lanes: Collection[str]) -> "Day":
        """The part of the day that is these lanes' own: what they expect is the same in it.

        The whole day where a visit is tied to no lane, for then any lane may take it.
        """
        known = {lane.id for lane in self.lanes}
        if not known.issuperset(lanes) or any(
            visit.lane not in known for visit in self.visits if visit.is_to_start
        ):
            return self
        return replace(
            self,
            lanes=tuple(lane for lane in self.lanes if lane.id in lanes),
            visits=tuple(visit for visit in self.visits if visit.lane in lanes),
        )

    def apart(self) -> tuple["Day", ...]:
        """The parts of the day that have nothing to do with each other: lane by lane.

        One part, the whole, where a visit that is to start is tied to no lane.
        """
        mine: dict[str, list[Booked]] = {lane.id: [] for lane in self.lanes}
        for visit in self.visits:
            if visit.lane in mine:
                mine[visit.lane].append(visit)
            elif visit.is_to_start:
                return (self,)
        if len(mine) < 2:
            return (self,)
        return tuple(
            replace(self, lanes=(lane,), visits=tuple(mine[lane.id])) for lane in self.lanes
        )

    def visit(self, named: str) -> Booked | None:
        return next((visit for visit in self.visits if visit.id == named), None)
