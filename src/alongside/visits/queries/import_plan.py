"""What an import would do, line by line."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from alongside.clinics.models import Room, VisitKind
from alongside.people.models import Client, Staff
from alongside.rules.scheduling.csv_rows import BadCell, Fault, Row


class LeftOut(StrEnum):
    """Why a line is not imported, though nothing is wrong with it."""

    TWICE = "twice"
    BOOKED = "booked"
    PAST = "past"


class Doubt(StrEnum):
    """What somebody should look at; it is imported all the same."""

    CLOSED = "closed"
    SHORT = "short"


@dataclass(slots=True, kw_only=True)
class Wished:
    """One line that would become a visit."""

    row: Row
    client: Client
    therapist: Staff
    kind: VisitKind
    room: Room | None

    @property
    def planned(self) -> timedelta:
        """The line's own length, or the kind's."""
        return self.row.planned or self.kind.planned

    @property
    def start(self) -> datetime:
        """When it begins, in UTC."""
        return self.row.at.astimezone(UTC)

    @property
    def end(self) -> datetime:
        """When it ends, in UTC."""
        return self.start + self.planned


@dataclass(slots=True, kw_only=True)
class Plan:
    """What an import would do. It can be carried out when there are no faults."""

    wished: list[Wished] = field(default_factory=list)
    new_clients: list[Client] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[tuple[int, LeftOut, int]] = field(default_factory=list)
    doubts: list[tuple[int, Doubt, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    lines: int = 0


def fault_in(row: Row, column: str, what: BadCell, meant: tuple[str, ...] = ()) -> Fault:
    """Say what is wrong with a line, in which column."""
    value = getattr(row, column) or ""
    return Fault(line=row.line, column=column, what=what, value=str(value), meant=meant)
